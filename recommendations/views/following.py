"""Replies, reports on progress, and the steps that only ask "are you sure?"."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import posted
from recommendations import actions
from recommendations.enums import MessageKind
from recommendations.forms import ReportForm
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

    def do() -> str:
        STEPS[name](recommendation=item, by=request.user)
        if name == "submit":
            words = _("It has arrived. Its reference is %(reference)s.")
            messages.success(request, words % {"reference": item.reference})
        return item.get_absolute_url()

    step = RECOMMENDATION.transition(name)
    return step_page(request, step, do, "recommendations/step.html", {"item": item})
