"""What several pages do: find the meeting, ask what its reader may do."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest

from foundation.web.shortcuts import get_visible_or_404
from meetings.enums import Side
from meetings.models import Meeting, Message, Participant, Slot
from meetings.rules import is_member, roles_of, works_on
from meetings.transitions import MEETING
from meetings.views.showing import (
    answers,
    asks_how,
    flags,
    latest,
    linked,
    participant_rows,
    possible,
    timeline,
    way,
)

JOINED = ("organization", "expert", "network", "owner")


def visible_meeting(request: HttpRequest, pk: uuid.UUID) -> Meeting:
    """Return the meeting if the reader may see it; Http404 otherwise."""
    meetings = Meeting.objects.visible_to(request.user).select_related(*JOINED)
    return get_visible_or_404(meetings, pk=pk)


def own_meeting(request: HttpRequest, pk: uuid.UUID) -> Meeting:
    """Return the meeting if the reader belongs to those who ask for it; else Http404."""
    meetings = Meeting.objects.owned_by(request.user).select_related(*JOINED)
    return get_visible_or_404(meetings, pk=pk)


def desk_meeting(request: HttpRequest, pk: uuid.UUID) -> Meeting:
    """Return the meeting if the reader works on it for the Office; else Http404."""
    meeting = visible_meeting(request, pk)
    if is_member(request.user, meeting) or not works_on(request.user, meeting):
        raise Http404
    return meeting


def must_have(request: HttpRequest, meeting: Meeting, *words: str) -> set[str]:
    """Return the reader's words of the table towards the meeting; Http404 if none is of these."""
    found = roles_of(request.user, meeting)
    if not found & set(words):
        raise Http404
    return found


def must_be_possible(request: HttpRequest, meeting: Meeting, step: str) -> None:
    """Raise Http404 for a page whose step this person can never take; a wrong state is told."""
    must_have(request, meeting, *MEETING.transition(step).who)


def seen_by_both(user: Any, meeting: Meeting, side: Side) -> dict[str, Any]:
    """Return what the page of those who asked and the Office's page both show of a meeting; `side`
    says which of them it is."""
    able = flags(meeting, user)
    speaks_for = side if side == Side.OFFICE or able["acts"] else None
    people = list(Participant.objects.visible_to(user).about(meeting).present().in_order())
    slots = Slot.objects.visible_to(user).about(meeting)
    messages = Message.objects.visible_to(user).about(meeting).in_order()
    told = list(messages.select_related("written_by"))
    return {
        "meeting": meeting,
        "sender": meeting.sender_name(),
        "level": meeting.get_level_display(),
        "way": way(meeting),
        "answers": answers(meeting),
        "windows": latest(slots.asked()),
        "offered": list(slots.offered(meeting)),
        "people": participant_rows(people, user=user, speaks_for=speaks_for),
        "linked": linked(meeting, user),
        "told": told,
        "events": timeline(meeting, told),
        "asks_how": asks_how(meeting, people, user),
        "takes_part": any(one.user_id == user.pk for one in people),
        "available": possible(meeting, user),
        **able,
    }
