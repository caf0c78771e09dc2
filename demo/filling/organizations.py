"""Organizations and experts by the thousand, in every state of the registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.people import DEMO, People, Staff
from demo.filling.words import Words
from foundation.confidentiality import Level
from organizations.countries import COUNTRIES
from organizations.enums import Criterion, EcosocStatus, MemberRole, Scope
from organizations.enums import RegistrationState as S
from organizations.models import (
    Expert,
    Membership,
    NamedReader,
    Organization,
    OrganizationKind,
    Pillar,
    VettingDecision,
)

STATES = {S.VETTED: 72, S.EXPIRED: 6, S.SUBMITTED: 8, S.DRAFT: 4, S.MORE_INFORMATION: 3,
          S.REFUSED: 3, S.ARCHIVED: 3, S.APPEALED: 1}  # fmt: skip
LEVELS = {Level.PUBLIC: 50, Level.OFFICE: 44, Level.NAMED_OFFICERS: 6}
MONTH, TWO_YEARS, FIVE_YEARS = timedelta(days=30), timedelta(days=730), timedelta(days=1826)
CODES = tuple(sorted(code for code, country in COUNTRIES.items() if not country.observer))


@dataclass(frozen=True)
class Sender:
    """Somebody who was vetted from `since` to `until` and whose `user` sends in its name."""

    entry: Any
    user: Any
    words: Words
    since: datetime
    until: datetime


class Registrations:
    """Makes entries; `senders` are those that could send something, `present` those that can now."""

    def __init__(self, draw: Draw, copier: Copier, log: Log, people: People, staff: Staff) -> None:
        self._draw, self._copier, self._log = draw, copier, log
        self._people, self._staff = people, staff
        self._kinds, self._pillars = (
            list(OrganizationKind.objects.all()),
            list(Pillar.objects.all()),
        )
        self.senders: list[Sender] = []

    @property
    def present(self) -> list[Sender]:
        """Return the senders whose vetting holds today."""
        return [one for one in self.senders if one.until >= self._draw.end]

    def make(self, organizations: int, experts: int) -> None:
        """Make so many of each, every state among them where there is room."""
        for state in self._draw.shared(STATES, organizations):
            self._organization(state)
        for state in self._draw.shared(STATES, experts):
            self._expert(state)

    def _organization(self, state: S) -> None:
        draw, words = self._draw, self._draw.words()
        user, place = self._people.account(words), draw.place(words)
        entry = Organization(
            **self._common(words, state, place, draw.said(draw.one(words.bodies), place), "ORG"),
            country_of_registration=draw.one(CODES),
            countries_of_work=draw.some(CODES, 3),
            scope=draw.one(Scope.values),
            ecosoc_status=draw.one(EcosocStatus.values) if draw.happens(30) else EcosocStatus.NONE,
            vouch_code="-".join(draw.code(4) for _ in range(4)),
        )
        if words.code in ("en", "fr", "es") and draw.happens(30):
            entry.acronym = "".join(word[0] for word in entry.name.split()).upper()
        self._copier.link(Organization.pillars.through, entry, draw.some(self._pillars, 2))
        self._copier.link(Organization.kinds.through, entry, draw.some(self._kinds, 2))
        self._member(entry, user, words, MemberRole.REPRESENTATIVE)
        if draw.happens(20):
            self._member(entry, self._people.account(words), words, MemberRole.CONTRIBUTOR)
        self._walk(entry, user, words, place)

    def _expert(self, state: S) -> None:
        draw, words = self._draw, self._draw.words()
        user = self._people.account(words, box="expert")
        place = draw.place(words)
        entry = Expert(
            **self._common(words, state, place, user.name, "EXP"),
            user=user,
            title=words.title,
            country_of_residence=draw.one(CODES),
        )
        self._copier.link(Expert.pillars.through, entry, draw.some(self._pillars, 2))
        self._walk(entry, user, words, place)

    def _common(self, words: Words, state: S, place: str, name: str, prefix: str) -> dict[str, Any]:
        draw = self._draw
        created = self._begun(state)
        return {
            "id": draw.id(),
            "reference": draw.reference(prefix, created.date()),
            "level": draw.weighed(LEVELS),
            "state": state,
            "name": name,
            "name_language": words.code,
            "languages": sorted({words.code, "en"}),
            "about": draw.said(draw.one(words.about), place),
            "created_at": created,
            "version": 1,
        }

    def _begun(self, state: S) -> datetime:
        """Return when an entry was begun, so that its clocks fit its state today."""
        if state in (S.VETTED, S.ARCHIVED):
            return self._draw.days_ago(35, 1700)
        if state == S.EXPIRED:
            return self._draw.days_ago(800, 1800)
        if state == S.REFUSED:
            return self._draw.days_ago(30, 1000)
        return self._draw.days_ago(1, 28)

    def _member(self, entry: Organization, user: Any, words: Words, role: MemberRole) -> None:
        mandated = role == MemberRole.REPRESENTATIVE
        member = Membership(
            id=self._draw.id(),
            user=user,
            organization=entry,
            role=role,
            mandate_by=words.mandate if mandated else "",
            mandate_on=entry.created_at.date() if mandated else None,
            joined_at=entry.created_at,
        )
        self._copier.add(member)
        if not mandated:
            self._log.record(
                entry.created_at, "organizations.member_joined", member, user, role=role
            )

    def _walk(self, entry: Any, user: Any, words: Words, place: str) -> None:
        """Lead the entry from the draft to its state, with decisions and events."""
        sent, decided, then = self._draw.moments(entry.created_at, 3, longest=28)
        self._log.record(entry.created_at, "organizations.begun", entry, user, level=entry.level)
        self._log.record(entry.created_at, "organizations.described", entry, user, version=1)
        if entry.state != S.DRAFT:
            entry.submitted_at, entry.decide_by = sent, (sent + MONTH).date()
            self._log.record(
                sent, "organizations.submitted", entry, user, decide_by=entry.decide_by
            )
            self._decide(entry, words, place, decided)
            self._after(entry, user, words, place, then)
        if entry.level == Level.NAMED_OFFICERS and entry.state not in (S.DRAFT, S.SUBMITTED):
            self._name_officer(entry, decided)
        if entry.state in (S.VETTED, S.EXPIRED):
            until = self._draw.end
            if entry.state == S.EXPIRED:
                until = datetime.combine(entry.valid_until, decided.timetz())
            self.senders.append(Sender(entry, user, words, decided, until))
        entry.fold_words()
        self._copier.add(entry)

    def _decide(self, entry: Any, words: Words, place: str, at: datetime) -> None:
        said = self._draw.said
        if entry.state in (S.VETTED, S.EXPIRED, S.ARCHIVED):
            lasts = TWO_YEARS if entry.state == S.EXPIRED else FIVE_YEARS
            entry.valid_until = (at + lasts).date()
            self._decision(entry, "accept", said(words.accepted, place), at)
        elif entry.state in (S.REFUSED, S.APPEALED):
            self._decision(entry, "refuse", words.refused, at, unmet=[Criterion.CIVIL.value])
        elif entry.state == S.MORE_INFORMATION:
            entry.paused_at = at
            self._decision(entry, "ask_more", words.more, at)
            return
        if entry.state != S.SUBMITTED:
            entry.decided_at, entry.decide_by = at, None

    def _decision(
        self, entry: Any, step: str, reason: str, at: datetime, unmet: list[str] | None = None
    ) -> None:
        named = entry.level == Level.NAMED_OFFICERS
        reviewer = self._draw.one(self._staff.approvers if named else self._staff.officers)
        decision = VettingDecision(
            **{entry.column: entry},
            id=self._draw.id(),
            step=step,
            reason=reason,
            unmet=unmet or [],
            valid_until=entry.valid_until,
            reviewer=reviewer,
            decided_at=at,
        )
        self._copier.add(decision)
        facts = {"valid_until": entry.valid_until} if entry.valid_until else {}
        action = {"accept": "accepted", "refuse": "refused", "ask_more": "more_asked"}[step]
        self._log.record(
            at, f"organizations.{action}", entry, reviewer, decision=decision.pk, **facts
        )

    def _after(self, entry: Any, user: Any, words: Words, place: str, at: datetime) -> None:
        if entry.state == S.APPEALED:
            entry.appeal_text = self._draw.said(words.appeal, place)
            entry.decide_by = (at + MONTH).date()
            self._log.record(at, "organizations.appealed", entry, user, decide_by=entry.decide_by)
        elif entry.state == S.ARCHIVED:
            self._log.record(at, "organizations.archived", entry, user)
        elif entry.state == S.EXPIRED:
            over = self._draw.end.combine(entry.valid_until + timedelta(days=1), at.timetz())
            self._log.record(over, "organizations.expired", entry, DEMO)

    def _name_officer(self, entry: Any, at: datetime) -> None:
        officer, approver = (
            self._draw.one(self._staff.officers),
            self._draw.one(self._staff.approvers),
        )
        named = NamedReader(
            **{entry.column: entry},
            id=self._draw.id(),
            user=officer,
            named_by=approver,
            named_at=at,
        )
        self._copier.add(named)
        self._log.record(at, "organizations.officers_named", entry, approver, count=1)
