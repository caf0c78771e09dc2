"""Networks and their joint letters, in every state, with names that came under them in every way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.names import Names
from demo.filling.organizations import Registrations, Sender
from demo.filling.people import People, Staff
from demo.filling.words import SUBJECTS, Words
from foundation.confidentiality import Level
from letters.enums import Arrangement, LetterState
from letters.models import FrozenText, Letter
from letters.text import fingerprint
from organizations.models import Network, NetworkCoordinator, NetworkMembership, Organization

STATES = {LetterState.DELIVERED: 52, LetterState.OPEN: 14, LetterState.CLOSED: 16,
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
        registrations: Registrations,
    ) -> None:  # fmt: skip
        self._draw, self._copier, self._log = draw, copier, log
        self._people, self._staff = people, staff
        present = registrations.present
        self._organizations = [one for one in present if isinstance(one.entry, Organization)]
        self._names = Names(draw, copier, log, present)

    def make(self, count: int) -> None:
        """Make `count` letters, every state among them where there is room."""
        circles = [self._circle() for _ in range(max(2, count // LETTERS_A_NETWORK))]
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
        begun = draw.days_ago(8, 25) if state == LetterState.OPEN else draw.days_ago(3, 900)
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
            **self._text(circle.words, begun),
        )
        self._log.record(begun, "letters.begun", letter, by)
        self._log.record(begun, "letters.edited", letter, by, version=1)
        if state == LetterState.SET_ASIDE:
            self._log.record(opened, "letters.set_aside", letter, by)
        elif state != LetterState.DRAFT and imported and state != LetterState.OPEN:
            self._file_as_sent(letter, by, opened)
        elif state != LetterState.DRAFT:
            self._collect(letter, circle, opened, closed)
        if state in (LetterState.CLOSED, LetterState.DELIVERED):
            letter.closed_at = letter.closed_at or closed
            if not letter.imported:
                self._log.record(closed, "letters.closed", letter, by)
        if state == LetterState.DELIVERED:
            letter.delivered_at = letter.changed_at = delivered
            self._log.record(delivered, "letters.delivered", letter, by)
        self._copier.add(letter)

    def _text(self, words: Words, begun: datetime) -> dict[str, Any]:
        """Return the words of a letter: what its members see, two to four asks, an offer."""
        draw, place = self._draw, self._draw.place(words)
        asks = draw.some(words.asks[: len(SUBJECTS)], 4)
        points = [f"{number}. {ask[1]}" for number, ask in enumerate(asks, start=1)]
        parts = [words.opening, words.gap.join(draw.some(words.details, 3)), "\n".join(points)]
        return {
            "language": words.language,
            "addressee": words.addressee,
            "place": place,
            "date_as_printed": begun.date().isoformat(),
            "subject": draw.said(words.subject, place),
            "salutation": words.salutation,
            "body": draw.said("\n\n".join([*parts, words.offer]), place),
            "closing": words.closing,
        }

    def _freeze(self, letter: Letter, by: Any, at: datetime) -> FrozenText:
        canonical = letter.drafted_text().canonical()
        frozen = FrozenText(
            id=self._names.next_text(),
            letter=letter,
            canonical=canonical,
            sha256=fingerprint(canonical),
            frozen_at=at,
            frozen_by=by,
        )
        self._copier.numbered(frozen)
        return frozen

    def _file_as_sent(self, letter: Letter, by: Any, at: datetime) -> None:
        letter.imported, letter.arrangement = True, Arrangement.AS_PRINTED
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
