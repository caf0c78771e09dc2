"""Who may change whose staff role. Named predicates without side effects."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import SystemActor


def may_change_roles(by: Any) -> bool:
    """Administrators may, and the operator at the machine's own console."""
    if isinstance(by, SystemActor):
        return True
    return bool(by.is_active and by.has_role(StaffRole.ADMINISTRATOR))


def is_somebody_else(by: Any, user: User) -> bool:
    """Nobody gives or takes a role of one's own: two people know of every change."""
    return isinstance(by, SystemActor) or by.pk != user.pk


def may_hold_roles(user: User) -> bool:
    """Only an account in use, whose address was confirmed, can become staff."""
    return user.is_active and user.emailaddress_set.filter(verified=True).exists()  # type: ignore[attr-defined]
