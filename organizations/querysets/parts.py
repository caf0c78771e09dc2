"""Conditions that several QuerySets of this room share, each an EXISTS or a plain comparison."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import StaffRole
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S

NOBODY = Q(pk__in=[])


def folded(text: str) -> str:
    """Return `text` as it is searched: small letters without accents and vowel signs, any script."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def rows(model: str) -> QuerySet:
    """Return all rows of a model of this room, for the inside of an EXISTS only."""
    return apps.get_model("organizations", model)._base_manager.all()


def today() -> Any:
    """Return today's date in the portal's own zone (UTC): vetting ends everywhere at once."""
    return timezone.now().date()


def vetted_now(prefix: str = "") -> Q:
    """Rows whose vetting holds today, whether or not the nightly task has run."""
    return Q(**{f"{prefix}state": S.VETTED, f"{prefix}valid_until__gte": today()})


def member_of(user: Any, outer: str, *, role: str = "") -> Exists:
    """`user` is a present member of the organization in column `outer`."""
    members = rows("Membership").filter(
        organization=OuterRef(outer), user_id=user.pk, ended_at__isnull=True
    )
    return Exists(members.filter(role=role) if role else members)


def representative_of(user: Any, outer: str) -> Exists:
    """`user` is a present representative of the organization in column `outer`."""
    return member_of(user, outer, role=MemberRole.REPRESENTATIVE)


def named_for(user: Any, column: str, outer: str = "pk") -> Exists:
    """`user` is an officer named for the entry; `column` is "organization" or "expert"."""
    return Exists(rows("NamedReader").filter(**{column: OuterRef(outer)}, user_id=user.pk))


def coordinates(user: Any, outer: str = "pk") -> Exists:
    """`user` is a present coordinator of the network in column `outer`."""
    return Exists(
        rows("NetworkCoordinator").filter(
            network=OuterRef(outer), user_id=user.pk, ended_at__isnull=True
        )
    )


def is_approver(user: Any) -> bool:
    """Tell whether the person heads the section: names officers, decides appeals."""
    return bool(user.has_role(StaffRole.APPROVER))
