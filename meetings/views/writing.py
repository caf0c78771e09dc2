"""Writing a request: who may know first, then the request itself, kept while it is typed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.web.forms import EditConflict
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import posted
from foundation.workflow import Refused
from meetings import actions
from meetings.enums import SlotKind
from meetings.forms import BeginForm, DraftForm, LevelForm, WindowsForm
from meetings.models import Meeting, Slot
from meetings.rules import hats_of, may_edit, takes_part
from meetings.views.parts import must_have, own_meeting, visible_meeting
from recommendations.models import Recommendation


@policy(takes_part)
@get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Ask first who may know, and in whose name; then make the draft."""
    form = BeginForm(posted(request), hats=hats_of(request.user))

    def do() -> str:
        hat = form.chosen()
        meeting = actions.begin(
            level=form.cleaned_data["level"],
            may_be_counted=form.cleaned_data["may_be_counted"],
            organization=hat.organization,
            expert=hat.expert,
            network=hat.network,
            by=request.user,
        )
        return reverse("meetings:write", args=[meeting.pk])

    return form_page(request, form, do, "meetings/begin.html", {})


@policy(signed_in)
@get_or_post
def write(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the request; when somebody else saved meanwhile, give both texts back."""
    meeting = own_meeting(request, pk)
    if not may_edit(meeting):
        return HttpResponseRedirect(meeting.get_absolute_url())
    form = _draft_form(request, meeting, posted(request))

    def do() -> str:
        actions.edit(
            meeting=meeting,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        messages.success(request, _("The draft is saved."))
        return meeting.get_absolute_url()

    context = {"meeting": meeting, "edited": meeting}
    return form_page(request, form, do, "meetings/write.html", context)


@policy(signed_in)
@require_POST
def keep(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the draft while it is typed (JavaScript): what is right in it is saved, nothing is lost.

    Gives a fragment: a word on what was kept, and the version for the next time.
    """
    meeting = own_meeting(request, pk)
    form = _draft_form(request, meeting, request.POST)
    form.is_valid()
    if not may_edit(meeting) or "version" not in form.cleaned_data:
        raise Http404
    context: dict[str, Any] = {"kept": True}
    try:
        meeting = actions.edit(
            meeting=meeting,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            typing=True,
        )
        context |= {"version": meeting.version, "wrong": bool(form.errors)}
    except (EditConflict, Refused):
        context["kept"] = False
    return render(request, "meetings/_kept.html", context)


def _draft_form(request: HttpRequest, meeting: Meeting, data: Any) -> DraftForm:
    """Return the form with the recommendations that the writer may link: only ones seen inside."""
    offered = Recommendation.objects.owned_by(request.user).newest_first()
    linked = meeting.recommendations.visible_to(request.user)
    return DraftForm(data, meeting=meeting, offered=offered, linked=linked)


@policy(signed_in)
@get_or_post
def windows(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say when those who ask could meet, by the clock of the place."""
    meeting = own_meeting(request, pk)
    if not may_edit(meeting):
        return HttpResponseRedirect(meeting.get_absolute_url())
    spans = Slot.objects.visible_to(request.user).about(meeting).filter(kind=SlotKind.ASKED)
    form = WindowsForm(posted(request), spans=spans.order_by("starts_at"))

    def do() -> str:
        actions.set_windows(meeting=meeting, windows=form.cleaned_data["spans"], by=request.user)
        return meeting.get_absolute_url()

    context = {
        "meeting": meeting,
        "title": _("When could you meet?"),
        "lead": _("Give a few windows, as wide as you can. The Office proposes times within them."),
        "button": _("Save"),
    }
    return form_page(request, form, do, "meetings/form.html", context)


@policy(signed_in)
@get_or_post
def visibility(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask again who may know of it."""
    meeting = visible_meeting(request, pk)
    must_have(request, meeting, "requester")
    names = ("level", "may_be_counted", "version")
    form = LevelForm(posted(request), initial={name: getattr(meeting, name) for name in names})

    def do() -> str:
        agreed = form.cleaned_data["may_be_counted"]
        actions.choose_level(
            meeting=meeting,
            level=form.cleaned_data["level"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        actions.agree_to_be_counted(meeting=meeting, agreed=agreed, by=request.user)
        return meeting.get_absolute_url()

    context = {"meeting": meeting, "edited": meeting}
    return form_page(request, form, do, "meetings/begin.html", context)
