"""What several pages do: find the meeting, accept a form once, give back what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from foundation.web.forms import EditConflict, TokenForm, VersionedForm, once
from foundation.web.shortcuts import get_visible_or_404, page
from foundation.workflow import Refused
from meetings.models import Meeting
from meetings.rules import is_member, roles_of, works_on
from meetings.transitions import MEETING

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
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


def form_page(
    request: HttpRequest,
    form: TokenForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; when it is posted and right, run `do` once and go to the path it gives.

    A refusal or another person's edit is said above the form, and every word stays in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except EditConflict:
            context = {**context, **_conflict(form, context)}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, {**context, "form": form}, status=status)


def _conflict(form: TokenForm, context: dict[str, Any]) -> dict[str, Any]:
    """Say that somebody was faster; let the form be saved again over what stands now."""
    row = context.get("edited")
    if isinstance(form, VersionedForm):
        form.add_conflict(row)
    if row is None:
        return {}
    row.refresh_from_db()
    return {"stands": row}
