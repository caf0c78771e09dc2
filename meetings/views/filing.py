"""After the meeting: who was there, the note to the file, what the Office undertook."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy
from foundation.web.shortcuts import get_visible_or_404, posted
from meetings import actions
from meetings.forms import CommitmentForm, HoldForm, NoteForm
from meetings.models import Commitment, Note, Participant
from meetings.rules import OFFICE
from meetings.views.parts import desk_meeting, must_be_possible


@policy(OFFICE)
@get_or_post
def hold(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that it took place, and who was there."""
    meeting = desk_meeting(request, pk)
    must_be_possible(request, meeting, "hold")
    people = Participant.objects.visible_to(request.user).about(meeting).present().in_order()
    form = HoldForm(posted(request), participants=people)

    def do() -> str:
        actions.hold(meeting=meeting, attended=form.there(), by=request.user)
        return reverse("meetings:note", args=[pk])

    context = {
        "meeting": meeting,
        "title": _("Who was there?"),
        "lead": _("Only once the meeting has begun. Names without consent stay inside the Office."),
        "button": _("Save"),
    }
    return form_page(request, form, do, "meetings/form.html", context)


@policy(OFFICE)
@get_or_post
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the note to the file; two people may, and neither loses a word."""
    meeting = desk_meeting(request, pk)
    must_be_possible(request, meeting, "file_note")
    found = Note.objects.visible_to(request.user).about(meeting).first()
    form = NoteForm(posted(request), note=found)

    def do() -> str:
        actions.draft_note(
            meeting=meeting,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        messages.success(request, _("The note is saved."))
        return reverse("meetings:item", args=[pk])

    return form_page(request, form, do, "meetings/note.html", {"meeting": meeting, "edited": found})


@policy(OFFICE)
@get_or_post
def commit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the Office undertook."""
    meeting = desk_meeting(request, pk)
    form = CommitmentForm(posted(request), people=User.objects.of_the_office(), by=request.user)

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in ("text", "owner", "due")}
        actions.add_commitment(meeting=meeting, **values, by=request.user)
        return reverse("meetings:item", args=[pk])

    context = {"meeting": meeting, "title": _("Add a commitment"), "button": _("Add")}
    return form_page(request, form, do, "meetings/form.html", context)


@policy(OFFICE)
@get_or_post
def finish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that a commitment is done, and what was done."""
    commitment = get_visible_or_404(Commitment.objects.visible_to(request.user), pk=pk)
    meeting = desk_meeting(request, commitment.meeting_id)
    hint = _("Those who asked for the meeting read this.")
    form = TextForm(posted(request), label=_("What was done"), hint=hint)

    def do() -> str:
        actions.finish_commitment(
            commitment=commitment, note=form.cleaned_data["text"], by=request.user
        )
        return reverse("meetings:item", args=[meeting.pk])

    context = {
        "meeting": meeting,
        "title": _("A commitment is done"),
        "lead": commitment.text,
        "button": _("Done"),
    }
    return form_page(request, form, do, "meetings/form.html", context)
