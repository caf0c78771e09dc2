"""The desk of the Office: the list, one meeting in full, owner, times, refusal, named officers."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from foundation.audit.recording import record_read
from foundation.confidentiality import Level
from foundation.web.forms import ReadersForm
from foundation.web.pages import form_page, get_or_post, views_of
from foundation.web.pagination import paginate
from foundation.web.policies import policy
from foundation.web.shortcuts import page, posted
from meetings import actions
from meetings.documents import BRIEFED
from meetings.enums import OPEN, Side
from meetings.enums import MeetingState as S
from meetings.forms import AssignForm, DeskFilter, ProposeForm, reason_form
from meetings.models import Commitment, Meeting, NamedReader, Note, Slot
from meetings.rules import APPROVER, OFFICE
from meetings.views.parts import JOINED, desk_meeting, must_be_possible, seen_by_both
from meetings.views.showing import (
    commitment_rows,
    desk_rows,
    latest,
)
from organizations.querysets.parts import is_approver

VIEWS = {
    "unowned": gettext_lazy("Without an owner"),
    "mine": gettext_lazy("Mine"),
    "week": gettext_lazy("This week"),
    "open": gettext_lazy("All open"),
    "all": gettext_lazy("All"),
}


def desk(request: HttpRequest) -> HttpResponse:
    """The list: a view, filters, rows, the most urgent first. Called by `list_meetings`."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "open"
    seen = Meeting.objects.visible_to(request.user).for_the_desk(request.user)
    counts = seen.counted(request.user)
    found = DeskFilter(request.GET or None, queryset=_of_view(seen, view, request.user))
    meetings = found.qs if found.is_valid() else found.queryset
    rows = paginate(request, meetings.select_related(*JOINED).most_urgent_first())
    context = {
        "views": views_of(reverse("meetings:list"), VIEWS, counts, view),
        "view": view,
        "filter": found,
        "page": rows,
        "rows": desk_rows(rows),
        "columns": [
            _("Meeting"), _("State"), _("When"), _("Format"), _("Owner"), _("Times"),
        ],
        "count": rows.paginator.count,
    }  # fmt: skip
    return page(request, "meetings/desk.html", context)


def _of_view(seen: QuerySet, view: str, user: Any) -> QuerySet:
    if view == "unowned":
        return seen.in_state(S.REQUESTED)
    if view == "mine":
        return seen.in_state(*OPEN, S.HELD).filter(owner=user)
    if view == "week":
        return seen.in_a_week()
    return seen if view == "all" else seen.open()


@policy(OFFICE)
@require_safe
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One meeting in full, with the steps that are possible now. Opening it is recorded."""
    meeting = desk_meeting(request, pk)
    record_read("meetings.read", meeting, by=request.user)
    context = _context(request.user, meeting)
    if context["note"] is not None:
        record_read("meetings.note_read", meeting, by=request.user)
    return page(request, "meetings/item.html", context)


def _context(user: Any, meeting: Meeting) -> dict[str, Any]:
    done = Commitment.objects.visible_to(user).about(meeting).most_urgent_first()
    return {
        **seen_by_both(user, meeting, Side.OFFICE),
        "note": Note.objects.visible_to(user).about(meeting).first(),
        "commitments": commitment_rows(done.select_related("owner"), staff=True),
        "may_brief": meeting.state in BRIEFED,
        "may_name_officers": is_approver(user) and meeting.level == Level.NAMED_OFFICERS,
    }


@policy(OFFICE)
@get_or_post
def assign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the meeting an owner and a day for the times."""
    meeting = desk_meeting(request, pk)
    people = User.objects.of_the_office()
    form = AssignForm(posted(request), meeting=meeting, people=people, by=request.user)

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in ("owner", "answer_by")}
        actions.assign(meeting=meeting, **values, by=request.user)
        return reverse("meetings:item", args=[pk])

    context = {"meeting": meeting, "title": _("Owner and day of the times"), "button": _("Assign")}
    return form_page(request, form, do, "meetings/form.html", context)


@policy(OFFICE)
@get_or_post
def propose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose one to five times, beside the windows that were asked for."""
    meeting = desk_meeting(request, pk)
    must_be_possible(request, meeting, "propose")
    asked = latest(Slot.objects.visible_to(request.user).about(meeting).asked())
    zone = asked[0].zone if asked else ""
    form = ProposeForm(posted(request), zone=zone, initial={"place": meeting.place})

    def do() -> str:
        actions.propose(
            meeting=meeting,
            slots=form.cleaned_data["spans"],
            place=form.cleaned_data["place"],
            by=request.user,
        )
        return reverse("meetings:item", args=[pk])

    context = {
        "meeting": meeting,
        "windows": asked,
        "title": _("Propose times"),
        "lead": _("One to five. Those who asked choose one of them, or ask for others."),
        "button": _("Propose"),
    }
    return form_page(request, form, do, "meetings/form.html", context)


@policy(OFFICE)
@get_or_post
def decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say no, with a reason."""
    meeting = desk_meeting(request, pk)
    must_be_possible(request, meeting, "decline")
    form = reason_form(posted(request))

    def do() -> str:
        actions.decline(meeting=meeting, reason=form.cleaned_data["text"], by=request.user)
        return reverse("meetings:item", args=[pk])

    context = {
        "meeting": meeting,
        "title": _("Decline the meeting"),
        "question": _("Decline this meeting?"),
        "what": _("Those who asked are told, and read your reason."),
        "button": _("Decline"),
        "back": reverse("meetings:item", args=[pk]),
    }
    return form_page(request, form, do, "meetings/sure.html", context)


@policy(APPROVER)
@get_or_post
def officers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name the officers who may see a meeting of the highest level."""
    meeting = desk_meeting(request, pk)
    named = NamedReader.objects.visible_to(request.user).about(meeting)
    form = ReadersForm(
        posted(request),
        officers=User.objects.of_the_office(),
        initial={"officers": list(named.values_list("user_id", flat=True))},
    )

    def do() -> str:
        chosen = form.cleaned_data["officers"]
        actions.name_readers(meeting=meeting, officers=chosen, by=request.user)
        return reverse("meetings:item", args=[pk])

    context = {"meeting": meeting, "title": _("Officers who may see it"), "button": _("Save")}
    return form_page(request, form, do, "meetings/form.html", context)
