"""The brief: the officers' own lines, and the paper."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.audit.recording import record_read
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy
from foundation.web.shortcuts import posted
from foundation.workflow import Refused
from meetings import actions
from meetings.documents import BRIEFED, current_brief
from meetings.enums import OPEN
from meetings.forms.brief import BriefForm
from meetings.models import BriefText
from meetings.rules import OFFICE
from meetings.views.parts import desk_meeting


@policy(OFFICE)
@get_or_post
def brief(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the Office's lines; with "Save and make the PDF" the paper is made of them."""
    meeting = desk_meeting(request, pk)
    text = BriefText.objects.visible_to(request.user).about(meeting).first()
    form = BriefForm(posted(request), meeting=meeting, text=text)
    if request.method != "POST":
        with transaction.atomic():
            record_read("meetings.brief_read", meeting, by=request.user)

    def do() -> str:
        version = form.cleaned_data["version"]
        actions.write_brief(meeting=meeting, values=form.values(), version=version, by=request.user)
        if request.POST.get("then") == "paper":
            document = actions.request_brief(meeting=meeting, by=request.user)
            return reverse("documents:progress", args=[document.pk])
        messages.success(request, _("The lines of the brief are saved."))
        return reverse("meetings:brief", args=[pk])

    language = text.language if text else "en"
    context = {
        "meeting": meeting,
        "edited": text,
        "may_write": meeting.state in OPEN,
        "may_make": meeting.state in BRIEFED,
        "document": current_brief(request.user, meeting, language),
    }
    return form_page(request, form, do, "meetings/brief.html", context)


@policy(OFFICE)
@require_POST
def brief_paper(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the brief as everything stands now; leads to its progress page."""
    meeting = desk_meeting(request, pk)
    try:
        document = actions.request_brief(meeting=meeting, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("meetings:item", args=[pk]))
    return HttpResponseRedirect(reverse("documents:progress", args=[document.pk]))
