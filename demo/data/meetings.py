"""Meetings of the demo: every state, through the room's own actions."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from demo.data.people import account
from demo.data.talks import TALKS, Guest, Talk
from foundation.confidentiality import Level
from meetings import actions
from meetings.enums import Classification, Side
from meetings.models import Meeting, Slot
from meetings.moments import Window, at_place
from meetings.rules import hats_of
from recommendations.models import Recommendation

WHY = "the demo finds its own pieces again"
OVER = ("held", "filed")
CHOSEN = ("confirmed", "cancelled", *OVER)


def load_meetings() -> None:
    """Make what is not there yet; a meeting is found again by its purpose."""
    known = set(Meeting.objects.unguarded(WHY).values_list("purpose", flat=True))
    for talk in TALKS:
        if talk.purpose not in known:
            make(talk)


@transaction.atomic
def make(talk: Talk) -> None:
    """Ask for a meeting and lead it to its state."""
    by, officer = account(talk.box), account("officer")
    meeting = _asked(talk, by)
    if talk.state == "draft":
        return
    actions.request(meeting=meeting, by=by)
    if talk.state == "withdrawn":
        actions.withdraw(meeting=meeting, by=by)
    if talk.state in ("requested", "withdrawn"):
        return
    if talk.state == "declined":
        actions.decline(meeting=meeting, reason=talk.reason, by=officer)
        return
    day = timezone.now().date() + timedelta(days=10)
    named = account("approver") if talk.level == Level.NAMED_OFFICERS else officer
    actions.assign(meeting=meeting, owner=officer, answer_by=day, by=named)
    if talk.state != "assigned":
        _meet(talk, meeting, by, officer)


def _asked(talk: Talk, by: Any) -> Meeting:
    hats = hats_of(by)
    hat = next((one for one in hats if one.network), hats[0])
    meeting = actions.begin(
        level=talk.level,
        may_be_counted=talk.counted,
        organization=hat.organization,
        expert=hat.expert,
        network=hat.network,
        by=by,
    )
    about = Recommendation.objects.owned_by(by).filter(title__in=talk.about)
    values = {
        "language": talk.language,
        "purpose": talk.purpose,
        "text": talk.text,
        "format": talk.format,
        "place_wished": talk.place_wished,
        "languages": list(talk.languages),
        "access_needs": talk.access_needs,
        "recommendations": list(about),
    }
    meeting = actions.edit(meeting=meeting, values=values, version=0, by=by)
    windows = [_window(talk, day, 9, 17) for day in (0, 2)]
    actions.set_windows(meeting=meeting, windows=windows, by=by)
    for guest in talk.guests:
        _seat(guest, meeting, by)
    return meeting


def _seat(guest: Guest, meeting: Meeting, by: Any, side: str = Side.REQUESTER) -> None:
    user = account(guest.box) if guest.box else None
    participant = actions.add_participant(
        meeting=meeting,
        name=guest.name or user.display_name(),  # type: ignore[union-attr]
        function=guest.function,
        side=side,
        user=user,
        may_be_named=guest.named,
        by=by,
    )
    if guest.style:
        actions.choose_style(participant=participant, style=guest.style, by=user)


def _meet(talk: Talk, meeting: Meeting, by: Any, officer: Any) -> None:
    """Propose three times, and go on as far as the meeting has come."""
    office = Guest(function="Engagement officer", box="officer", named=True, style="no_mail")
    _seat(office, meeting, officer, Side.OFFICE)
    slots = [_window(talk, day, hour, hour + 1) for day, hour in ((0, 10), (0, 15), (2, 11))]
    actions.propose(meeting=meeting, slots=slots, place=talk.place, by=officer)
    if talk.brief:
        lines = {"classification": Classification.CONFIDENTIAL, **dict(talk.brief)}
        actions.write_brief(meeting=meeting, values=lines, version=0, by=officer)
    if talk.word:
        actions.write_word(meeting=meeting, text=talk.word, by=officer)
    if talk.state not in CHOSEN:
        return
    meeting.refresh_from_db(from_queryset=Meeting.objects.unguarded(WHY))
    slot = Slot.objects.visible_to(by).offered(meeting)[0]
    actions.choose(meeting=meeting, slot=slot, by=by)
    if talk.state == "cancelled":
        actions.cancel(meeting=meeting, reason=talk.reason, by=by)
    if talk.state in OVER:
        _hold(talk, meeting, officer)


def _hold(talk: Talk, meeting: Meeting, officer: Any) -> None:
    """Put a meeting that was agreed on into the past, then write down what came of it."""
    _let_time_pass(meeting, timedelta(days=2 * talk.days))
    people = list(meeting.participants.unguarded(WHY).present())
    actions.hold(meeting=meeting, attended=people, by=officer)
    values = {"points": talk.points, "replies": talk.replies, "distribution": "The country unit."}
    actions.draft_note(meeting=meeting, values=values, version=0, by=officer)
    for text, days, done in talk.commitments:
        due = timezone.now().date() + timedelta(days=days)
        made = actions.add_commitment(
            meeting=meeting, text=text, owner=officer, due=due, by=officer
        )
        if done:
            actions.finish_commitment(commitment=made, note=done, by=officer)
    if talk.state == "filed":
        actions.file_note(meeting=meeting, by=officer)


def _let_time_pass(meeting: Meeting, back: timedelta) -> None:
    """Move everything that happened so far into the past: time itself cannot be made to pass."""
    moments = ("created_at", "requested_at", "assigned_at", "answer_by", "confirmed_at")
    times = ("starts_at", "ends_at")
    found = Meeting.objects.unguarded(WHY).filter(pk=meeting.pk)
    found.update(**{name: F(name) - back for name in (*moments, *times)})
    slots = Slot.objects.unguarded(WHY).about(meeting)
    slots.update(**{name: F(name) - back for name in times})


def _window(talk: Talk, days: int, begins: int, ends: int) -> Window:
    """Return a span on the day of the talk by the clock of its place, never on a weekend."""
    today = datetime.now(UTC).astimezone(zoneinfo.ZoneInfo(talk.zone)).date()
    day = _working_day(_working_day(today + timedelta(days=talk.days)) + timedelta(days=days))
    starts, ends_at = (
        at_place(datetime.combine(day, time(hour)), talk.zone) for hour in (begins, ends)
    )
    return Window(starts, ends_at, talk.zone)


def _working_day(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
