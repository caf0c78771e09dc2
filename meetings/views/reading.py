"""Lists, and the page of one meeting for those who asked for it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.web.pagination import paginate
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page
from meetings.enums import MeetingState as S
from meetings.enums import Side
from meetings.models import CalendarStep, Commitment, Meeting
from meetings.rules import hats_of, is_member, missing
from meetings.views.desk import desk
from meetings.views.parts import seen_by_both, visible_meeting
from meetings.views.showing import (
    commitment_rows,
    own_rows,
)


@policy(signed_in)
@require_safe
def list_meetings(request: HttpRequest) -> HttpResponse:
    """The desk for the Office's staff; one's own for everybody else."""
    if request.user.is_office:
        return desk(request)
    mine = Meeting.objects.owned_by(request.user)
    joined = mine.select_related("organization", "expert", "network")
    shown = paginate(request, joined.newest_first())
    context = {"page": shown, "rows": own_rows(shown), "may_begin": bool(hats_of(request.user))}
    return page(request, "meetings/mine.html", context)


@policy(signed_in)
@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One meeting for those who asked for it; the Office is sent to its desk."""
    meeting = visible_meeting(request, pk)
    if not is_member(request.user, meeting):
        return HttpResponseRedirect(reverse("meetings:item", args=[pk]))
    return page(request, "meetings/own.html", _context(request.user, meeting))


@policy(signed_in)
@require_safe
def invitation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead from a mail with a calendar file to its meeting: a notice knows only the file's step."""
    steps = CalendarStep.objects.visible_to(request.user).select_related("participant")
    step = get_visible_or_404(steps, pk=pk)
    return HttpResponseRedirect(reverse("meetings:detail", args=[step.participant.meeting_id]))


def _context(user: Any, meeting: Meeting) -> dict[str, Any]:
    done = Commitment.objects.visible_to(user).about(meeting).most_urgent_first()
    return {
        **seen_by_both(user, meeting, Side.REQUESTER),
        "commitments": commitment_rows(done),
        "missing": missing(meeting) if meeting.state == S.DRAFT else [],
    }
