"""Networks and their joint letters, in every state, with names that came under them in every way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo.filling.asks import LetterAsks, Point
from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.names import Names
from demo.filling.organizations import Registrations, Sender
from demo.filling.people import People, Staff
from demo.filling.stories import World
from demo.filling.words import SUBJECTS, Words
from foundation.confidentiality import Level
from letters.actions.answering import ITSELF
from letters.enums import AT_THE_OFFICE, FINAL, Arrangement, LetterState
from letters.models import FrozenText, Letter, LetterLead
from letters.text import fingerprint
from organizations.models import Network, NetworkCoordinator, NetworkMembership, Organization

STATES = {LetterState.ANSWERED: 24, LetterState.UNDER_REVIEW: 18, LetterState.ACKNOWLEDGED: 6,
          LetterState.DELIVERED: 8, LetterState.OPEN: 12, LetterState.CLOSED: 14,
          LetterState.DRAFT: 12, LetterState.SET_ASIDE: 6}  # fmt: skip
LETTERS_A_NETWORK = 12
MOST_MEMBERS = 40


@dataclass
class Circle:
    """A network, who coordinates it, and its members."""

    network: Network
    coordinator: Any
    words: Words
    members: list[Sender] = field(default_factory=list)


class Letters:
    """Makes networks, then letters in their names."""

    def __init__(
        self, draw: Draw, copier: Copier, log: Log, people: People, staff: Staff,
        registrations: Registrations, world: World,
    ) -> None:  # fmt: skip
        self._draw, self._copier, self._log = draw, copier, log
        self._people, self._staff = people, staff
        present = registrations.present
        self._organizations = [one for one in present if isinstance(one.entry, Organization)]
        self._names, self._asks = Names(draw, copier, log, present), LetterAsks(world)
        self.circles: list[Circle] = []

    def make(self, count: int) -> None:
        """Make `count` letters, every state among them where there is room."""
        circles = [self._circle() for _ in range(max(2, count // LETTERS_A_NETWORK))]
        self.circles = circles
        for number, state in enumerate(self._draw.shared(STATES, count)):
            self._letter(circles[number % len(circles)], state, imported=number % 9 == 4)

    def _circle(self) -> Circle:
        draw, words = self._draw, self._draw.words()
        made, officer = draw.days_ago(1700, 1800), draw.one(self._staff.officers)
        network = Network(
            id=draw.id(),
            name=draw.said(draw.one(words.networks), draw.place(words)),
            level=Level.PUBLIC if draw.happens(70) else Level.OFFICE,
            about=draw.said(draw.one(words.about), draw.place(words)),
            created_at=made,
        )
        user = self._people.account(words, box="coordinator")
        named = NetworkCoordinator(
            id=draw.id(), network=network, user=user, named_by=officer, named_at=made
        )
        self._copier.add(network, named)
        self._log.record(made, "organizations.network_made", network, officer, level=network.level)
        self._log.record(
            made, "organizations.coordinator_named", named, officer, network=network.pk
        )
        circle = Circle(network, user, words)
        if self._organizations:
            circle.members = draw.some(self._organizations, MOST_MEMBERS)
        for member in circle.members:
            self._join(circle, member)
        return circle

    def _join(self, circle: Circle, member: Sender) -> None:
        asked, accepted = self._draw.moments(member.since, 2)
        row = NetworkMembership(
            id=self._draw.id(),
            network=circle.network,
            organization=member.entry,
            created_at=asked,
            confirmed_at=asked,
            accepted_at=accepted,
        )
        self._copier.add(row)
        facts = {"network": circle.network.pk}
        self._log.record(asked, "organizations.network_asked", row, member.user, **facts)
        self._log.record(
            accepted, "organizations.network_accepted", row, circle.coordinator, **facts
        )

    def _letter(self, circle: Circle, state: LetterState, *, imported: bool) -> None:
        draw, by = self._draw, circle.coordinator
        begun = draw.days_ago(8, 25) if state == LetterState.OPEN else draw.days_ago(120, 900)
        opened, closed, delivered = draw.moments(begun, 3, longest=90)
        letter = Letter(
            id=draw.id(),
            reference=draw.reference("LTR", begun.date()),
            network=circle.network,
            created_by=by,
            state=state,
            level=Level.PUBLIC if draw.happens(60) else Level.OFFICE,
            created_at=begun,
            changed_at=begun,
            version=1,
        )
        lead = LetterLead(id=draw.id(), letter=letter, user=by, appointed_by=by, appointed_at=begun)
        self._copier.add(lead)
        points, offer = self._write(letter, circle.words, begun)
        self._log.record(begun, "letters.begun", letter, by)
        self._log.record(begun, "letters.edited", letter, by, version=1)
        if state == LetterState.SET_ASIDE:
            self._log.record(opened, "letters.set_aside", letter, by)
        elif state != LetterState.DRAFT and imported and state != LetterState.OPEN:
            self._file_as_sent(letter, by, opened)
        elif state != LetterState.DRAFT:
            self._collect(letter, circle, opened, closed)
        if state in FINAL:
            letter.closed_at = letter.closed_at or closed
            if not letter.imported:
                self._log.record(closed, "letters.closed", letter, by)
        if state in AT_THE_OFFICE:
            letter.delivered_at = letter.changed_at = delivered
            self._log.record(delivered, "letters.delivered", letter, by)
            self._at_the_office(letter, circle.words, points, offer)
        self._copier.add(letter)

    def _at_the_office(self, letter: Letter, words: Words, points: list[Point], offer: str) -> None:
        """Acknowledge it, mark its asks, answer them: as far as the letter's state says."""
        if letter.state == LetterState.DELIVERED or letter.delivered_at is None:
            return
        at = self._draw.moments(letter.delivered_at, 1, longest=7)[0]
        letter.owner, letter.acknowledged_at = self._draw.one(self._staff.officers), at
        self._log.record(at, "letters.acknowledged", letter, letter.owner)
        self._log.record(at, "letters.assigned", letter, letter.owner, owner=letter.owner.pk)
        if letter.state == LetterState.ACKNOWLEDGED:
            return
        answered = letter.state == LetterState.ANSWERED
        last = self._asks.mark(letter, words, points, offer, answered=answered)
        letter.changed_at = last
        if answered:
            letter.answered_at = last
            self._log.record(last, "letters.answered", letter, ITSELF)

    def _write(self, letter: Letter, words: Words, begun: datetime) -> tuple[list[Point], str]:
        """Write what members see, one to four asks and an offer; return the asks and the offer."""
        draw, place = self._draw, self._draw.place(words)
        chosen = draw.some(range(len(SUBJECTS)), 4)
        points = [Point(number, draw.said(words.asks[number][1], place)) for number in chosen]
        listed = "\n".join(f"{at}. {point.text}" for at, point in enumerate(points, start=1))
        details = draw.said(words.gap.join(draw.some(words.details, 3)), place)
        opening, offer = draw.said(words.opening, place), draw.said(words.offer, place)
        letter.language, letter.addressee, letter.place = words.language, words.addressee, place
        letter.date_as_printed = begun.date().isoformat()
        letter.subject = draw.said(words.subject, place)
        letter.salutation, letter.closing = words.salutation, words.closing
        letter.body = "\n\n".join([opening, details, listed, offer])
        return points, offer

    def _freeze(self, letter: Letter, by: Any, at: datetime) -> FrozenText:
        canonical = letter.drafted_text().canonical()
        frozen = FrozenText(
            id=self._names.next_text(),
            letter=letter,
            language=letter.language,
            canonical=canonical,
            sha256=fingerprint(canonical),
            frozen_at=at,
            frozen_by=by,
        )
        self._copier.numbered(frozen)
        letter.frozen = frozen
        return frozen

    def _file_as_sent(self, letter: Letter, by: Any, at: datetime) -> None:
        letter.imported, letter.arrangement = True, Arrangement.AS_PRINTED
        letter.grouped = False
        self._names.paste(letter, by, at - (at - letter.created_at) / 2, imported=True)
        frozen = self._freeze(letter, by, at)
        letter.closed_at = at
        self._log.record(at, "letters.filed_as_sent", letter, by, sha256=frozen.sha256)

    def _collect(self, letter: Letter, circle: Circle, opened: datetime, closed: datetime) -> None:
        by = circle.coordinator
        if self._draw.happens(60):
            self._names.paste(letter, by, opened - (opened - letter.created_at) / 2, imported=False)
        frozen = self._freeze(letter, by, opened)
        letter.opened_at = opened
        self._log.record(opened, "letters.opened", letter, by, sha256=frozen.sha256)
        until = self._draw.end if letter.state == LetterState.OPEN else closed
        self._names.sign(letter, frozen, circle.members, opened, until)
        if letter.state == LetterState.OPEN:
            days = 2 + int(self._draw.chance.random() * 40)
            letter.deadline = self._draw.end + timedelta(days=days, hours=12)
            letter.told_at = self._draw.end
