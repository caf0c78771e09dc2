"""Accounts of the bulk data: staff who own and clear, and the people of the organizations."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.enums import StaffRole
from accounts.models import RoleDecision, RoleGrant, User
from demo.cast import DEMO, DOMAIN, PASSWORD
from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.words import Words

OFFICERS, APPROVERS = 10, 4
ZONES = {"en": "Africa/Nairobi", "fr": "Africa/Dakar", "es": "America/La_Paz", "ar": "Asia/Amman",
         "ru": "Asia/Almaty", "zh": "Asia/Singapore"}  # fmt: skip


@dataclass
class Staff:
    """Who owns items, and who clears answers."""

    officers: list[User] = field(default_factory=list)
    approvers: list[User] = field(default_factory=list)


class People:
    """Makes accounts; all have the demo's password, hashed once, for hashing is slow on purpose."""

    def __init__(self, draw: Draw, copier: Copier, log: Log) -> None:
        self._draw, self._copier, self._log = draw, copier, log
        self._hash = make_password(PASSWORD)
        self._number = 0

    def account(self, words: Words, box: str = "person") -> User:
        """Return a new account with a confirmed address."""
        self._number += 1
        user = User(
            id=self._draw.id(),
            email=f"{box}-{self._draw.seed}-{self._number}@{DOMAIN}",
            password=self._hash,
            name=self._draw.person(words),
            language=words.language,
            time_zone=ZONES[words.code],
            joined_at=self._draw.days_ago(1850, 1900),
        )
        address = EmailAddress(user=user, email=user.email, primary=True, verified=True)
        self._copier.add(user, address)
        return user

    def staff(self) -> Staff:
        """Return the staff who were there already, with as many again who are new."""
        found = Staff(_holders(StaffRole.ENGAGEMENT_OFFICER), _holders(StaffRole.APPROVER))
        for _ in range(OFFICERS):
            found.officers.append(self._officer(StaffRole.ENGAGEMENT_OFFICER))
        for _ in range(APPROVERS):
            found.approvers.append(self._officer(StaffRole.APPROVER))
        return found

    def _officer(self, role: StaffRole) -> User:
        user = self.account(self._draw.words(), box="staff")
        at = user.joined_at
        grant = RoleGrant(user=user, role=role, granted_at=at)
        decision = RoleDecision(user=user, role=role, given=True, reason="Part of the demo.", at=at)
        self._copier.add(grant, decision)
        self._log.record(at, "accounts.role_given", user, DEMO, role=role)
        return user


def _holders(role: StaffRole) -> list[User]:
    """Return who has just this role, so that nobody clears an answer that could be their own."""
    holders = User.objects.filter(is_active=True, grants__role=role).order_by("email")
    return [one for one in holders if one.staff_roles == {role}]
