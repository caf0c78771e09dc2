"""Reads of this package that have a name."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from foundation.notifications.models import Notice


def notices_of(user: Any) -> QuerySet[Notice]:
    """The notices of `user`, the newest first."""
    return Notice.objects.filter(recipient_id=user.pk).order_by("-created_at", "id")


def unread_of(user: Any) -> QuerySet[Notice]:
    """The notices that `user` has not read, the newest first."""
    return notices_of(user).filter(read_at=None)
