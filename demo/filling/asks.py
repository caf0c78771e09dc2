"""The asks of letters that the Office has taken under review, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from demo.filling.stories import Story, World
from demo.filling.words import SUBJECTS, Words
from letters.actions.asks import sender_of
from letters.asks.places import passages
from letters.models import Ask, Letter
from organizations.models import Pillar
from recommendations.actions.carrying import in_one_line
from recommendations.enums import OFFER, Source
from recommendations.models import ActionAsked, Recommendation, Topic

ANSWERED = ["assign", "draft", "propose", "clear", "publish"]
UNDER_WAY: dict[tuple[str, ...], float] = {
    ("assign",): 40, ("assign", "draft"): 20, ("assign", "draft", "propose"): 20,
    tuple(ANSWERED): 20,
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One ask as it stands in the letter's text: which of SUBJECTS, and its words."""

    subject: int
    text: str


class LetterAsks:
    """Marks the points of a letter, and its offer, as recommendations."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._addressees = {one.key: one for one in world.addressees}
        self._actions = {one.key: one for one in ActionAsked.objects.all()}
        self._pillars = {one.key: one for one in Pillar.objects.all()}
        self._topics = {one.key: one for one in Topic.objects.all()}

    def mark(
        self, letter: Letter, words: Words, points: list[Point], offer: str, *, answered: bool
    ) -> datetime:
        """Mark everything; with `answered`, all is settled. Return the moment of the last step."""
        draw, by = self._world.draw, letter.owner
        assert letter.acknowledged_at is not None  # noqa: S101 - under review it was acknowledged
        found = passages(letter.body)
        texts = [*((point.text, point.subject) for point in points), (offer, -1)]
        last = letter.acknowledged_at
        for position, (text, subject) in enumerate(texts, start=1):
            at = draw.moments(letter.acknowledged_at, 1, longest=10)[0]
            story = self._story(letter, words, text, subject, at)
            way: list[str] = []
            if subject >= 0:
                way = ANSWERED if answered else list(draw.weighed(UNDER_WAY))
            moments = draw.moments(at, len(way))
            story.take(way, moments)
            story.end()
            last = max([last, at, *moments])
            ask = Ask(
                id=draw.id(),
                letter=letter,
                recommendation=story.item,
                number=str(position) if subject >= 0 else "O.1",
                position=position,
                place=next((one.place for one in found if one.text == text), ""),
                marked_by=by,
                marked_at=at,
            )
            facts = {"number": ask.number, "recommendation": story.item.pk}
            self._world.log.record(at, "letters.ask_marked", letter, by, **facts)
            if subject < 0 and answered:
                ask.acknowledged_by, ask.acknowledged_at = by, last
                self._world.log.record(
                    last, "letters.offer_acknowledged", letter, by, number=ask.number
                )
            self._world.copier.add(ask)
        return last

    def _story(self, letter: Letter, words: Words, text: str, subject: int, at: datetime) -> Story:
        """Return the item as `enter_from_letter` makes it, with the Office already."""
        draw, by = self._world.draw, letter.owner
        item = Recommendation(
            id=draw.id(),
            reference=draw.reference("REC", at.date()),
            level=letter.level,
            source=Source.LETTER,
            sender_as_stated=sender_of(letter),
            received_on=letter.delivered_at.date() if letter.delivered_at else None,
            created_by=by,
            created_at=at,
            language=words.code,
            title=in_one_line(text),
            text=text,
        )
        self._about(item, subject)
        story = Story(self._world, item, by, words, draw.place(words))
        story.enter(at)
        return story

    def _about(self, item: Recommendation, subject: int) -> None:
        if subject < 0:
            item.action_asked = self._actions[OFFER]
            item.addressee = self._addressees["office"]
            return
        about, copier = SUBJECTS[subject], self._world.copier
        item.addressee = self._addressees[about.addressee]
        item.action_asked = self._actions[about.action]
        copier.link(Recommendation.pillars.through, item, [self._pillars[k] for k in about.pillars])
        copier.link(Recommendation.topics.through, item, [self._topics[k] for k in about.topics])
