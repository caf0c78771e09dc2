"""Proposing times, choosing one, moving and cancelling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import Refused, WrongState
from meetings import signals
from meetings.actions.inviting import announce, call_off, is_ahead
from meetings.actions.parts import Incomplete, keep, lock, must_say, usual_day, write
from meetings.enums import MessageKind, SlotKind
from meetings.models import Meeting, Slot
from meetings.moments import Window, check_time, check_window
from meetings.notifications import tell
from meetings.rules import may_meet_today, requesters_of, side_of
from meetings.transitions import MEETING

MOST_SLOTS = 5
MOST_WINDOWS = 10
WHY = "the times of a meeting that the caller may choose from"


@transaction.atomic
def propose(*, meeting: Meeting, slots: Iterable[Window], by: Any, place: str = "") -> Meeting:
    """Offer one to five times, and where. The times of earlier rounds stay, to be read only.

    Raises NotYours, WrongState, Incomplete for none or more than five, and NoSuchMoment for times
    that are over, longer than 12 hours or that lie over each other.
    """
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "propose", by=by)
    slots = list(slots)
    if not 1 <= len(slots) <= MOST_SLOTS:
        raise Incomplete(_("Offer one to five times."))
    for one in slots:
        check_time(one, now=timezone.now())
    meeting.round += 1
    meeting.place = place.strip() or meeting.place
    meeting.save()
    keep(meeting, SlotKind.PROPOSED, slots, round=meeting.round)
    record("meetings.proposed", meeting, by=by, round=meeting.round, count=len(slots))
    tell("meetings.times_proposed", requesters_of(meeting), meeting)
    return meeting


@transaction.atomic
def choose(*, meeting: Meeting, slot: Slot, by: Any) -> Meeting:
    """Take one of the times offered: the meeting stands, everyone who takes part is told.

    Raises NotYours, WrongState where the offer was taken back or another one made meanwhile, Refused
    for a time that has begun and where whoever asks is not vetted today.
    """
    meeting = lock(meeting.pk)
    offered = Slot.objects.unguarded(WHY).offered(meeting).filter(pk=slot.pk).first()
    MEETING.move(meeting, "choose", by=by)
    if offered is None:
        raise WrongState(_("This time is no longer offered. See which ones are."))
    if offered.starts_at <= timezone.now():
        raise Refused(_("This time is over. Choose another one, or ask for other times."))
    if not may_meet_today(by, meeting):
        raise Refused(_("A vetted organization or expert does this. See your registration."))
    meeting.starts_at, meeting.ends_at = offered.starts_at, offered.ends_at
    meeting.zone = offered.zone
    meeting.confirmed_at = timezone.now()
    meeting.save()
    record("meetings.confirmed", meeting, by=by, slot=offered.pk, starts_at=_fact(meeting))
    announce(meeting, "meetings.confirmed", by=by)
    signals.meeting_confirmed.send(Meeting, meeting=meeting, by=by)
    return meeting


@transaction.atomic
def ask_other_times(
    *, meeting: Meeting, text: str, by: Any, windows: Iterable[Window] = ()
) -> Meeting:
    """Say that none of the times fits, and what would; the Office's clock starts again."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "ask_other_times", by=by)
    windows = list(windows)
    if len(windows) > MOST_WINDOWS:
        raise Incomplete(_("Ten times are enough."))
    for one in windows:
        check_window(one, now=timezone.now())
    write(meeting, MessageKind.WORD, text, by)
    keep(meeting, SlotKind.ASKED, windows, round=meeting.round)
    meeting.answer_by = usual_day()
    meeting.save()
    record("meetings.other_times_asked", meeting, by=by, answer_by=meeting.answer_by)
    tell("meetings.other_times", [meeting.owner], meeting, but=by)
    return meeting


@transaction.atomic
def take_back(*, meeting: Meeting, by: Any) -> Meeting:
    """Take the times back before one was chosen; whoever asked is told."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "take_back", by=by)
    today = timezone.now().date()
    meeting.answer_by = max(meeting.answer_by or today, today)
    meeting.save()
    record("meetings.taken_back", meeting, by=by, round=meeting.round)
    tell("meetings.times_taken_back", requesters_of(meeting), meeting)
    return meeting


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    place: str,
    version: int,
    by: Any,
) -> Meeting:
    """Set another time or place; calendars of those who wanted a file follow.

    Raises NotYours, WrongState, NoSuchMoment, EditConflict when somebody was faster, and Refused
    where nothing would change.
    """
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "move", by=by)
    claim_version(meeting, version)
    place = place.strip()
    before = (meeting.starts_at, meeting.ends_at, meeting.zone, meeting.place)
    if before == (starts_at, ends_at, zone, place):
        raise Refused(_("Time and place are these already."))
    if before[:3] != (starts_at, ends_at, zone):
        check_time(Window(starts_at, ends_at, zone), now=timezone.now())
    meeting.starts_at, meeting.ends_at, meeting.zone = starts_at, ends_at, zone
    meeting.place = place
    meeting.save()
    record("meetings.moved", meeting, by=by, starts_at=_fact(meeting))
    if is_ahead(meeting):
        announce(meeting, "meetings.moved", by=by)
    signals.meeting_moved.send(Meeting, meeting=meeting, by=by)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: Any) -> Meeting:
    """Call a meeting off that stands, with the reason; which side did it is kept."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "cancel", by=by)
    side = side_of(by, meeting)
    meeting.closed_reason = must_say(reason)
    meeting.cancelled_at, meeting.cancelled_by_side = timezone.now(), str(side)
    meeting.save()
    record("meetings.cancelled", meeting, by=by, side=side)
    if is_ahead(meeting):
        call_off(meeting, by=by)
    else:
        tell("meetings.cancelled", [*requesters_of(meeting), meeting.owner], meeting, but=by)
    signals.meeting_cancelled.send(Meeting, meeting=meeting, by=by)
    return meeting


def _fact(meeting: Meeting) -> str:
    """Return the start as the log keeps it: UTC, to the minute."""
    return f"{meeting.starts_at:%Y-%m-%dT%H:%M}Z"
