"""What several actions of this room do: lock, count days, refuse, keep words and windows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.workflow import NotYours, Refused
from meetings.models import Meeting, Message, Slot
from meetings.moments import Window, check_apart
from meetings.rules import roles_of

WHY = "an action locks what its caller has seen"


class Incomplete(Refused):
    """Something is still missing; the text says what."""


def lock(meeting_id: uuid.UUID) -> Meeting:
    """Return the meeting, locked against every other change until the transaction ends. What hangs
    on it is changed only under this lock."""
    return (
        Meeting.objects.unguarded(WHY)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=meeting_id)
    )


def usual_day() -> date:
    """Return the day by which the Office answers what comes today (MEETING_DAYS, 30)."""
    return timezone.now().date() + timedelta(days=getattr(settings, "MEETING_DAYS", 30))


def must_be(role: str, by: Any, meeting: Meeting) -> None:
    """Raise NotYours unless `by` has this word of the table towards the meeting."""
    if role not in roles_of(by, meeting):
        raise NotYours(_("You may not do this."))


def must_say(text: str) -> str:
    """Return `text` without the space around it; Incomplete where nothing is left."""
    if not text.strip():
        raise Incomplete(_("Please write it: the other side cannot read your mind."))
    return text.strip()


def write(meeting: Meeting, kind: str, text: str, by: Any) -> Message:
    """Keep a message; Incomplete without a text."""
    text = must_say(text)
    return Message.objects.create(meeting=meeting, kind=kind, text=text, written_by=by)


def keep(meeting: Meeting, kind: str, windows: Iterable[Window], round: int) -> None:
    """Keep the windows of one round; NoSuchMoment where two lie over each other."""
    windows = list(windows)
    check_apart(windows)
    for one in windows:
        Slot.objects.create(
            meeting=meeting,
            kind=kind,
            round=round,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            zone=one.zone,
            note=one.note,
        )
