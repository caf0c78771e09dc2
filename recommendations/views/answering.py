"""Writing the answer, and giving it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy
from foundation.web.shortcuts import posted
from recommendations import actions
from recommendations.forms import AnswerForm
from recommendations.models import Answer
from recommendations.rules import APPROVER, OFFICE
from recommendations.views.parts import desk_item, must_be_possible


@policy(OFFICE)
@get_or_post
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the answer; with "Save and send for clearance" it goes to the second person."""
    found = desk_item(request, pk)
    in_work = Answer.objects.visible_to(request.user).about(found).in_work().first()
    form = AnswerForm(posted(request), item=found, answer=in_work)

    def do() -> str:
        actions.draft_answer(
            recommendation=found,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if request.POST.get("then") == "propose":
            actions.propose_answer(recommendation=found, by=request.user)
            messages.success(request, _("The answer waits for clearance."))
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "edited": in_work}
    return form_page(request, form, do, "recommendations/answer.html", context)


@policy(APPROVER)
@get_or_post
def give_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the answer back with a note."""
    found = desk_item(request, pk)
    must_be_possible(request, found, "give_back")
    hint = _("Read inside the Office only.")
    form = TextForm(posted(request), label=_("What should change"), hint=hint)

    def do() -> str:
        actions.give_back(recommendation=found, text=form.cleaned_data["text"], by=request.user)
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "title": _("Give the answer back"), "button": _("Give back")}
    return form_page(request, form, do, "recommendations/form.html", context)
