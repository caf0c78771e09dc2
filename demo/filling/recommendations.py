"""Recommendations by the hundred thousand: who asks what, and how far it has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.links import Links
from demo.filling.organizations import CODES, Sender
from demo.filling.people import Staff
from demo.filling.stories import Story, World
from demo.filling.words import LANGUAGES, SUBJECTS, Words
from foundation.confidentiality import Level
from organizations.models import Expert, Pillar
from recommendations.enums import JOINABLE, OPEN, Source
from recommendations.enums import RecommendationState as S
from recommendations.models import ActionAsked, Addressee, Recommendation, RefusalReason, Topic

STATES = {S.ANSWERED: 60, S.ASSIGNED: 12, S.SUBMITTED: 8, S.WITHDRAWN: 6, S.CLARIFICATION: 5,
          S.TO_CLEAR: 4, S.CLEARED: 2, S.DRAFT: 3, S.JOINED: 2}  # fmt: skip
LEVELS = {Level.PUBLIC: 42, Level.OFFICE: 36, Level.UNNAMED: 15, Level.NAMED_OFFICERS: 7}
SOURCES = {Source.PORTAL: 88, Source.MAIL: 8, Source.PAPER: 4}
RARE = "quillwort"
"""A word that stands in one of a thousand texts, for searches."""
RARE_SENTENCE = f"The {RARE} meadow near {{place}} is the only place where people dare to meet."
COMMON = "organizations"
"""A word of nearly every English text."""
OUT = ["draft", "propose", "clear", "publish"]
AT_WORK = {  # ways through "assigned" that end there, and their shares
    (): 50,
    ("ask", "clarify"): 16,
    ("draft",): 14,
    ("draft", "propose", "give_back"): 6,
    (*OUT,): 8,  # "noted": the answer is out, the item stays open
    (*OUT, "reopen"): 6,
}
AFTER: dict[tuple[str, ...], float] = {(): 40, ("report",): 28, ("report", "look"): 16,
                                       ("report", "report"): 10, ("look",): 6}  # fmt: skip
GIVEN_UP: dict[tuple[str, ...], float] = {(): 20, ("submit",): 45, ("submit", "assign"): 25,
                                          ("submit", "assign", *OUT): 10}  # fmt: skip
RECENT = timedelta(days=45)
MOST_MAINS = 500


class Asks:
    """Makes recommendations in the names of `senders` (Registrations.senders)."""

    def __init__(
        self, draw: Draw, copier: Copier, log: Log, staff: Staff, senders: list[Sender]
    ) -> None:
        self._draw, self._copier = draw, copier
        self._addressees = {one.key: one for one in Addressee.objects.all()}
        self.world = World(
            draw, copier, log, staff, list(RefusalReason.objects.all()),
            list(self._addressees.values()),
        )  # fmt: skip
        self._actions = {one.key: one for one in ActionAsked.objects.all()}
        self._pillars = {one.key: one for one in Pillar.objects.all()}
        self._topics = {one.key: one for one in Topic.objects.all()}
        self._senders = senders
        self._present = [one for one in senders if one.until >= draw.end]
        self._mains: list[Recommendation] = []
        self.by_sender: dict[Any, list[Recommendation]] = {}
        self._links = Links(self.world, self._present)

    def make(self, count: int, say: Any) -> None:
        """Make `count`, every state among them where there is room."""
        states = sorted(self._draw.shared(STATES, count), key=lambda state: state == S.JOINED)
        for number, state in enumerate(states):
            self._make(number, state)
            if number and number % 20_000 == 0:
                say(f"  {number:,} recommendations")

    def _make(self, number: int, state: S) -> None:
        draw, rare = self._draw, number % 1000 == 500
        source = draw.weighed(SOURCES)
        main = draw.one(self._mains) if state == S.JOINED and self._mains else None
        state = S.SUBMITTED if state == S.JOINED and main is None else state
        sender = self._sender(state) if source == Source.PORTAL else None
        words = LANGUAGES["en"][0] if rare else sender.words if sender else draw.words()
        place = draw.place(words)
        begun = self._begun(state, sender, main)
        level = self._level(sender, main)
        item = Recommendation(
            id=draw.id(),
            reference=draw.reference("REC", begun.date()),
            level=level,
            may_be_counted=level == Level.OFFICE and draw.happens(60),
            created_by=sender.user if sender else draw.one(self.world.staff.officers),
            created_at=begun,
            source=source,
            version=1,
            **self._who(sender, source, words, begun),
            **self._what(words, place, rare),
        )
        self._about(item)
        story = Story(self.world, item, item.created_by, words, place)
        story.main = main
        steps = self._steps(story, state)
        story.begin(begun)
        story.take(steps, draw.moments(begun, len(steps)))
        self._remember(item, sender)
        if item.is_entered and item.submitted_at and state != S.WITHDRAWN:
            self._links.perhaps(item)
        story.end()

    def _remember(self, item: Recommendation, sender: Sender | None) -> None:
        """Keep what later rows refer to: asks that others repeat, asks of a sender for a meeting."""
        fitting = item.state in JOINABLE and item.level < Level.NAMED_OFFICERS
        if fitting and item.published_at is None and len(self._mains) < MOST_MAINS:
            self._mains.append(item)
        if sender is not None and item.submitted_at is not None:
            mine = self.by_sender.setdefault(sender.entry.pk, [])
            if len(mine) < 3:
                mine.append(item)

    def _sender(self, state: S) -> Sender:
        return self._draw.one(self._present if state in (*OPEN, S.JOINED) else self._senders)

    def _begun(self, state: S, sender: Sender | None, main: Recommendation | None) -> datetime:
        """Return when the draft was begun: while its sender was vetted; lately where it is open."""
        draw = self._draw
        since = sender.since if sender else draw.end - timedelta(days=1600)
        until = min(sender.until, draw.end) if sender else draw.end
        if state in (S.DRAFT, S.JOINED, *OPEN):
            since = max(since, draw.end - RECENT)
        if main is not None and main.submitted_at is not None:
            since = max(since, main.submitted_at)
        return since + (until - since) * draw.chance.random()

    def _level(self, sender: Sender | None, main: Recommendation | None) -> Level:
        level = self._draw.weighed(LEVELS)
        if main is not None:  # what is written for the readers of the main one, its own may read
            narrow = main.level > Level.UNNAMED or level == Level.NAMED_OFFICERS
            level = Level.OFFICE if narrow else level
        hidden = sender is not None and sender.entry.level != Level.PUBLIC
        return Level.UNNAMED if hidden and level == Level.PUBLIC else level

    def _who(
        self, sender: Sender | None, source: Source, words: Words, begun: datetime
    ) -> dict[str, Any]:
        draw = self._draw
        if sender is None:
            name = draw.said(draw.one(words.bodies), draw.place(words))
            return {"sender_as_stated": name, "received_on": begun.date() - timedelta(days=2)}
        return {"expert" if isinstance(sender.entry, Expert) else "organization": sender.entry}

    def _what(self, words: Words, place: str, rare: bool) -> dict[str, Any]:
        draw = self._draw
        self._subject = int(draw.chance.random() * len(SUBJECTS))
        title, first = words.asks[self._subject]
        sentences = [first, *draw.some(words.details, 4)]
        if rare:
            sentences.append(RARE_SENTENCE)
        countries = draw.some(CODES, 3) if draw.happens(60) else []
        return {
            "language": words.code,
            "title": draw.said(title, place)[:200],
            "text": words.gap.join(draw.said(one, place) for one in sentences),
            "background": draw.said(draw.one(words.background), place),
            "countries": countries,
            "place_as_stated": place if not countries and draw.happens(20) else "",
        }

    def _about(self, item: Recommendation) -> None:
        subject = SUBJECTS[self._subject]
        item.addressee = self._addressees[subject.addressee]
        item.action_asked = self._actions[subject.action]
        topics = {key: self._topics[key] for key in subject.topics}
        if self._draw.happens(20):
            key = self._draw.one(list(self._topics))
            topics[key] = self._topics[key]
        pillars = [self._pillars[key] for key in subject.pillars]
        self._copier.link(Recommendation.pillars.through, item, pillars)
        self._copier.link(Recommendation.topics.through, item, topics.values())

    def _steps(self, story: Story, state: S) -> list[str]:
        """Return the steps that lead to `state`, by way of what often happens on the way."""
        draw = self._draw
        if state == S.DRAFT:
            return []
        if state == S.WITHDRAWN:
            return [*draw.weighed(GIVEN_UP), "withdraw"]
        if state == S.SUBMITTED:
            return ["submit"]
        if state == S.JOINED:
            return ["submit", "join"]
        steps = ["submit", "assign"]
        if state == S.CLARIFICATION:
            return [*steps, "ask"]
        if state == S.ASSIGNED:
            way = draw.weighed(AT_WORK)
            story.noted = way == (*OUT,)
            return [*steps, *way]
        if draw.happens(20):
            steps += ["ask", "clarify"]
        steps += OUT[: {S.TO_CLEAR: 2, S.CLEARED: 3}.get(state, 4)]
        if state == S.ANSWERED:
            after = draw.weighed(AFTER)
            steps += after if not story.item.is_entered else ["report" for _ in after]
        return steps
