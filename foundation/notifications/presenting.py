"""Rows as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.leases.lanes import Lane
from foundation.notifications.models import Notice
from foundation.notifications.registry import UnknownNotification, notification


@dataclass(frozen=True)
class ShownNotice:
    """A notice as a sentence with a way on."""

    id: Any
    sentence: str
    path: str
    created_at: datetime
    unread: bool

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """Read `notice` in the active language; one of a kind that is gone leads to the list."""
        try:
            message = notification(notice.kind)
            words, path = message.notice(), message.path(notice.about_id)
        except UnknownNotification:
            words, path = _("There was something new for you."), reverse("notifications:list")
        return cls(notice.pk, words, path, notice.created_at, notice.read_at is None)


@dataclass(frozen=True)
class ShownWork:
    """A parked row: ids and codes only, for its subject may be none of the staff's business."""

    lane: Lane
    row: Any

    @property
    def what(self) -> str:
        """What kind of work it is: the kind of the message, else the name of the table."""
        return str(getattr(self.row, "kind", "") or self.row._meta.verbose_name)
