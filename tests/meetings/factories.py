"""Plain functions that make meetings and what hangs on them; invented names only."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from meetings.enums import FIXED, InvitationStyle, Side, SlotKind
from meetings.enums import MeetingState as S
from meetings.models import CalendarStep, Commitment, Meeting, Note, Participant, Slot
from meetings.moments import Window
from organizations.models import Organization
from tests.factories import make_officer, make_user
from tests.recommendations.factories import make_contributor, make_submitter

__all__ = [
    "at",
    "make_commitment",
    "make_contributor",
    "make_meeting",
    "make_note",
    "make_participant",
    "make_slot",
    "make_step",
    "make_submitter",
    "take_part",
    "window",
]

ZONE = "Africa/Nairobi"
_numbers = itertools.count(1)
OWNED = (S.ASSIGNED, S.PROPOSED, *FIXED, S.CANCELLED)
TIMED = (*FIXED, S.CANCELLED)
OVER = (S.HELD, S.FILED)


def at(days: int = 10, hour: int = 9) -> datetime:
    """Return that hour (UTC) so many days from today."""
    day = timezone.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days)


def window(days: int = 10, hour: int = 9, *, hours: int = 1, zone: str = ZONE) -> Window:
    """Return a time that can be asked for or proposed."""
    start = at(days, hour)
    return Window(start, start + timedelta(hours=hours), zone)


def make_meeting(
    *,
    state: str = S.REQUESTED,
    level: int = Level.OFFICE,
    organization: Organization | None = None,
    by: User | None = None,
    owner: User | None = None,
    days: int | None = None,
    **fields: Any,
) -> Meeting:
    """Return a meeting in `state`, with what the state asks for: somebody who takes part (without an
    account), a window, an owner, times, a note. `days`: from today to the meeting."""
    if organization is None and not fields.get("expert") and not fields.get("network"):
        by, organization = make_submitter()
    now = timezone.now()
    number = next(_numbers)
    start = at(days if days is not None else (-2 if state in OVER else 10))
    asked = state != S.DRAFT
    values: dict[str, Any] = {
        "state": state,
        "level": level,
        "organization": organization,
        "created_by": by or make_user(),
        "purpose": f"Speak about the valleys {number}",
        "text": "We want to tell what we have seen.",
        "requested_at": now if asked else None,
        "answer_by": now.date() + timedelta(days=30) if asked else None,
        "round": 1 if state in (S.PROPOSED, *TIMED) else 0,
    }
    if state in OWNED:
        values |= {"owner": owner or make_officer(), "assigned_at": now}
    if state in TIMED:
        values |= {"starts_at": start, "ends_at": start + timedelta(hours=1), "zone": ZONE}
        values |= {"place": "Room 7, second floor", "confirmed_at": now}
    if state in OVER:
        values["held_at"] = now
    if state == S.CANCELLED:
        values |= {"cancelled_at": now, "cancelled_by_side": Side.OFFICE}
    if state in (S.CANCELLED, S.DECLINED):
        values["closed_reason"] = "The room is flooded."
    meeting = Meeting(**{**values, **fields})
    meeting.save()
    make_participant(meeting)
    make_slot(meeting, kind=SlotKind.ASKED, round=0)
    if meeting.round:
        make_slot(meeting)
    if state == S.FILED:
        make_note(meeting)
    return meeting


def make_participant(meeting: Meeting, **fields: Any) -> Participant:
    """Return somebody of the requester's side on the list, without an account unless one is given."""
    values = {"side": Side.REQUESTER, "name": "Amara Quist", "function": "Chair", **fields}
    return Participant.objects.create(meeting=meeting, **values)


def take_part(meeting: Meeting, style: str = InvitationStyle.NOT_ASKED, user: Any = None) -> Any:
    """Return the participant with the account of who asked (or `user`'s), with a style."""
    user = user or meeting.created_by
    return make_participant(meeting, user=user, style=style, name="The Asker")


def make_slot(
    meeting: Meeting,
    *,
    kind: str = SlotKind.PROPOSED,
    days: int = 10,
    hour: int = 9,
    hours: int = 1,
    **fields: Any,
) -> Slot:
    """Return a time of the meeting's present round, or a window that was asked for."""
    start = at(days, hour)
    values = {"round": meeting.round, "zone": ZONE, **fields}
    return Slot.objects.create(
        meeting=meeting,
        kind=kind,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        **values,
    )


def make_note(meeting: Meeting, **fields: Any) -> Note:
    """Return the note to the file."""
    values = {"points": "The valleys.", "written_by": meeting.owner, "version": 1, **fields}
    return Note.objects.create(meeting=meeting, **values)


def make_commitment(meeting: Meeting, **fields: Any) -> Commitment:
    """Return something that the Office undertook."""
    values = {"text": "Come to the valleys.", "due": timezone.now().date(), **fields}
    values.setdefault("owner", meeting.owner or make_officer())
    return Commitment.objects.create(meeting=meeting, **values)


def make_step(participant: Participant, **fields: Any) -> CalendarStep:
    """Return what the first calendar file of somebody says."""
    times = {"starts_at": at(), "ends_at": at(hour=10)}
    values = {"sequence": 0, "method": "REQUEST", "style": "neutral", **times, **fields}
    return CalendarStep.objects.create(participant=participant, **values)
