"""Replies, reports on progress, and the steps that only ask "are you sure?"."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from foundation.web.forms import TokenForm, once
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import page, posted
from foundation.workflow import Refused
from recommendations import actions
from recommendations.enums import MessageKind
from recommendations.forms import ReportForm, TextForm
from recommendations.models import Message
from recommendations.rules import roles_of
from recommendations.transitions import RECOMMENDATION
from recommendations.views.parts import must_have, visible_item

STEPS = {
    "submit": actions.submit,
    "resume": actions.resume,
    "propose": actions.propose_answer,
    "clear": actions.clear_answer,
    "recall": actions.recall_answer,
    "publish": actions.publish_answer,
    "publish_and_keep_open": actions.publish_answer,
    "reopen": actions.reopen,
    "separate": actions.separate,
    "withdraw": actions.withdraw,
}


@policy(signed_in)
@get_or_post
def clarify(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer the question of the Office."""
    item = visible_item(request, pk)
    must_have(request, item, "submitter")
    questions = Message.objects.visible_to(request.user).about(item).in_order()
    hint = _("Only the Office reads this. Its clock runs on when you send it.")
    form = TextForm(posted(request), label=_("Your answer"), hint=hint)

    def do() -> str:
        actions.clarify(recommendation=item, text=form.cleaned_data["text"], by=request.user)
        return item.get_absolute_url()

    context = {
        "item": item,
        "title": _("Answer the question"),
        "button": _("Send"),
        "question": questions.filter(kind=MessageKind.QUESTION).last(),
    }
    return form_page(request, form, do, "recommendations/form.html", context)


@policy(signed_in)
@get_or_post
def progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what has happened on the ground, for one's own side."""
    item = visible_item(request, pk)
    must_have(request, item, "submitter", "officer")
    form = ReportForm(posted(request), initial={"progress": item.progress})

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in ("progress", "text")}
        actions.report_progress(recommendation=item, **values, by=request.user)
        return item.get_absolute_url()

    if "officer" in roles_of(request.user, item):
        lead = _("Everyone who can read the answer reads this.")
    else:
        lead = _("The Office reads this beside its own report. It is never public.")
    context = {"item": item, "title": _("Report progress"), "button": _("Report"), "lead": lead}
    return form_page(request, form, do, "recommendations/form.html", context)


@policy(signed_in)
@get_or_post
def step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask before a step of the item's life, then take it."""
    item = visible_item(request, pk)
    if name not in STEPS or not RECOMMENDATION.transition(name).who & roles_of(request.user, item):
        raise Http404
    form = TokenForm(posted(request))
    context = {"item": item, "step": RECOMMENDATION.transition(name), "form": form}

    def do() -> str:
        STEPS[name](recommendation=item, by=request.user)
        return item.get_absolute_url()

    if request.method == "POST" and form.is_valid():
        try:
            answer = once(form, request.user, do)
        except Refused as refusal:
            context["refusal"] = str(refusal)
            return page(request, "recommendations/step.html", context, status=409)
        if name == "submit":
            messages.success(
                request,
                _("It has arrived. Its reference is %(reference)s.")
                % {"reference": item.reference},
            )
        return HttpResponseRedirect(answer)
    return page(request, "recommendations/step.html", context)
