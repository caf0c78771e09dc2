"""Reads of this room with speaking names."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone


def staff() -> QuerySet[Any]:
    """Return everybody with a staff role, their grants with them."""
    from accounts.models import RoleGrant, User

    grants = RoleGrant.objects.order_by("granted_at").select_related("granted_by")
    people = User.objects.filter(pk__in=RoleGrant.objects.values("user_id"))
    return people.prefetch_related(Prefetch("grants", queryset=grants)).order_by("name", "email")


def role_decisions() -> QuerySet[Any]:
    """Return what was decided on roles, newest first."""
    from accounts.models import RoleDecision

    return RoleDecision.objects.select_related("user", "by")


def open_sessions(user: Any) -> QuerySet[Any]:
    """Return the sessions of `user` that are still good, newest first."""
    return user.sessions.filter(expire_date__gt=timezone.now()).order_by("-started_at")
