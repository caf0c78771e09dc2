"""Asking, assigning, declining, withdrawing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.workflow import Refused
from meetings import signals
from meetings.actions.parts import Incomplete, lock, must_say, usual_day
from meetings.actions.talking import add_reader
from meetings.models import Meeting
from meetings.notifications import tell
from meetings.rules import (
    has_stake,
    may_meet_today,
    missing,
    requesters_of,
    triage_for,
    works_on,
)
from meetings.transitions import MEETING

LONGEST = timedelta(days=366)


@transaction.atomic
def request(*, meeting: Meeting, by: Any) -> Meeting:
    """Send the ask to the Office: its clock starts, the receipt goes out at once.

    Raises Incomplete with what is missing, Refused where whoever asks is not vetted today, NotYours,
    WrongState.
    """
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "request", by=by)
    lacking = missing(meeting)
    if lacking:
        raise Incomplete(_("Still missing: %(list)s.") % {"list": ", ".join(map(str, lacking))})
    if not may_meet_today(by, meeting):
        raise Refused(_("A vetted organization or expert asks for this. Your draft is kept."))
    meeting.requested_at = timezone.now()
    meeting.answer_by = usual_day()
    meeting.save()
    record("meetings.requested", meeting, by=by, answer_by=meeting.answer_by)
    tell("meetings.received", requesters_of(meeting), meeting)
    tell("meetings.to_assign", triage_for(meeting), meeting, but=by)
    signals.meeting_requested.send(Meeting, meeting=meeting, by=by)
    return meeting


@transaction.atomic
def assign(*, meeting: Meeting, owner: Any, answer_by: date, by: Any) -> Meeting:
    """Give the meeting an owner of the Office and a day for the answer, seen by who asked.

    Raises NotYours, WrongState, Incomplete for a day that is over or more than a year away, and
    Refused for an owner who may not see it.
    """
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "assign", by=by)
    today = timezone.now().date()
    if not today <= answer_by <= today + LONGEST:
        raise Incomplete(_("The answer is due today at the earliest, and within a year."))
    _must_be_able(owner, meeting, by)
    before, meeting.owner, meeting.answer_by = meeting.owner_id, owner, answer_by
    first = meeting.assigned_at is None
    meeting.assigned_at = meeting.assigned_at or timezone.now()
    meeting.save()
    record("meetings.assigned", meeting, by=by, owner=owner.pk, answer_by=answer_by)
    if before != owner.pk:
        tell("meetings.assigned", [owner], meeting, but=by)
    if first:
        tell("meetings.taken_up", requesters_of(meeting), meeting)
    return meeting


def _must_be_able(owner: Any, meeting: Meeting, by: Any) -> None:
    """Refuse an owner with a stake or without the right to see it; approvers name new readers."""
    if not owner.is_active or not owner.is_office or has_stake(owner, meeting):
        raise Refused(_("Only staff of the Office without a stake in it can own it."))
    if works_on(owner, meeting):
        return
    if meeting.level == Level.NAMED_OFFICERS and add_reader(meeting, owner, by):
        return
    raise Refused(_("This person may not see it. An approver can name them first."))


@transaction.atomic
def decline(*, meeting: Meeting, reason: str, by: Any) -> Meeting:
    """Say no, with the reason that whoever asked reads; Incomplete without one."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "decline", by=by)
    meeting.closed_reason = must_say(reason)
    meeting.save()
    record("meetings.declined", meeting, by=by)
    tell("meetings.declined", requesters_of(meeting), meeting)
    return meeting


@transaction.atomic
def withdraw(*, meeting: Meeting, by: Any) -> Meeting:
    """Take the ask back before a time stands; nothing is deleted. Later it is cancelled."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "withdraw", by=by)
    meeting.save()
    record("meetings.withdrawn", meeting, by=by)
    tell("meetings.withdrawn", [meeting.owner], meeting, but=by)
    return meeting
