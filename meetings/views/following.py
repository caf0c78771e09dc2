"""Choosing a time, asking for others, a word to the other side, moving, cancelling, and the steps
that only ask "are you sure?"."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import page, posted
from meetings import actions
from meetings.enums import MessageKind
from meetings.forms import ChooseForm, MoveForm, OtherTimesForm, WordForm, reason_form
from meetings.models import Meeting, Participant, Slot
from meetings.rules import OFFICE, roles_of
from meetings.transitions import MEETING
from meetings.views.parts import desk_meeting, must_be_possible, must_have, visible_meeting
from meetings.views.showing import told_sentences

STEPS = {
    "request": actions.request,
    "take_back": actions.take_back,
    "file_note": actions.file_note,
    "withdraw": actions.withdraw,
}


@policy(signed_in)
@get_or_post
def choose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose one of the proposed times: then the meeting is confirmed."""
    meeting = visible_meeting(request, pk)
    must_be_possible(request, meeting, "choose")
    slots = Slot.objects.visible_to(request.user)
    proposed, offered = slots.about(meeting).proposed(), slots.offered(meeting)
    form = ChooseForm(posted(request), slots=proposed, offered=offered)

    def do() -> str:
        actions.choose(meeting=meeting, slot=form.chosen(), by=request.user)
        messages.success(request, _("The meeting is confirmed."))
        return meeting.get_absolute_url()

    return form_page(request, form, do, "meetings/choose.html", {"meeting": meeting})


@policy(signed_in)
@get_or_post
def other_times(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that none of the times fits, and what would."""
    meeting = visible_meeting(request, pk)
    must_be_possible(request, meeting, "ask_other_times")
    offered = Slot.objects.visible_to(request.user).offered(meeting).first()
    form = OtherTimesForm(posted(request), zone=offered.zone if offered else "")

    def do() -> str:
        actions.ask_other_times(
            meeting=meeting,
            text=form.cleaned_data["text"],
            windows=form.cleaned_data["spans"],
            by=request.user,
        )
        return meeting.get_absolute_url()

    context = {"meeting": meeting, "title": _("Ask for other times"), "button": _("Send")}
    return form_page(request, form, do, "meetings/form.html", context)


@policy(signed_in)
@get_or_post
def word(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write to the other side."""
    meeting = visible_meeting(request, pk)
    staff = "officer" in must_have(request, meeting, "requester", "officer")
    hint = _("The notice that goes out says only that there is news.")
    form = WordForm(posted(request), label=_("Your message"), hint=hint, staff=staff)

    def do() -> str:
        inside = form.cleaned_data.get("kind") == MessageKind.NOTE
        write = actions.write_note if inside else actions.write_word
        write(meeting=meeting, text=form.cleaned_data["text"], by=request.user)
        return meeting.get_absolute_url()

    context = {"meeting": meeting, "title": _("Write a message"), "button": _("Send")}
    return form_page(request, form, do, "meetings/form.html", context)


@policy(OFFICE)
@get_or_post
def move(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a confirmed meeting another time or place; says who is told, and asks before."""
    meeting = desk_meeting(request, pk)
    must_be_possible(request, meeting, "move")
    form = MoveForm(
        posted(request),
        spans=[meeting] if meeting.starts_at else [],
        initial={"place": meeting.place, "version": meeting.version},
    )

    def do() -> str:
        _move(meeting, form, request.user)
        messages.success(request, _("The meeting is moved. Those who take part are told."))
        return reverse("meetings:item", args=[pk])

    people = Participant.objects.visible_to(request.user).about(meeting).present()
    context = {
        "meeting": meeting,
        "edited": meeting,
        "title": _("Another time or place"),
        "told": told_sentences(people),
        "button": _("Move the meeting"),
    }
    if request.method == "POST" and request.POST.get("confirmed") != "yes" and form.is_valid():
        if "again" not in request.POST:  # what was typed is read back before anybody is told
            context["span"] = form.cleaned_data["spans"][0]
        return page(request, "meetings/move.html", {**context, "form": form})
    return form_page(request, form, do, "meetings/move.html", context)


def _move(meeting: Meeting, form: MoveForm, by: Any) -> None:
    data = form.cleaned_data
    span = data["spans"][0]
    actions.move(
        meeting=meeting,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        zone=span.zone,
        place=data["place"],
        version=data["version"],
        by=by,
    )


@policy(signed_in)
@get_or_post
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a confirmed meeting, with a reason; says who is told, and asks before."""
    meeting = visible_meeting(request, pk)
    must_be_possible(request, meeting, "cancel")
    form = reason_form(posted(request))

    def do() -> str:
        actions.cancel(meeting=meeting, reason=form.cleaned_data["text"], by=request.user)
        return meeting.get_absolute_url()

    people = Participant.objects.visible_to(request.user).about(meeting).present()
    context = {
        "meeting": meeting,
        "title": _("Cancel the meeting"),
        "question": _("Cancel this meeting?"),
        "what": _("It does not take place, and it can be asked for again only from the beginning."),
        "consequences": told_sentences(people),
        "button": _("Cancel the meeting"),
        "back": meeting.get_absolute_url(),
    }
    return form_page(request, form, do, "meetings/sure.html", context)


@policy(signed_in)
@get_or_post
def step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask before a step of the meeting's life, then take it."""
    meeting = visible_meeting(request, pk)
    if name not in STEPS or not MEETING.transition(name).who & roles_of(request.user, meeting):
        raise Http404

    def do() -> str:
        STEPS[name](meeting=meeting, by=request.user)
        if name == "request":
            words = _("It has arrived. Its reference is %(reference)s.")
            messages.success(request, words % {"reference": meeting.reference})
        return meeting.get_absolute_url()

    step = MEETING.transition(name)
    return step_page(request, step, do, "meetings/step.html", {"meeting": meeting})
