"""Delivery, and what the Office does with a letter then: opened, acknowledged, reviewed, closed."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.confidentiality import Level
from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import posted
from letters import actions
from letters.enums import Mode, Side
from letters.forms import DeliverForm
from letters.models import Letter, Signatory
from letters.rules import APPROVER, OFFICE
from letters.transitions import LETTER
from letters.views.parts import desk_letter, own_letter


@policy(signed_in)
@get_or_post
def deliver(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the Office and the public will see, ask for the register, then mark as delivered."""
    letter = own_letter(request, pk)
    form = DeliverForm(posted(request), public=letter.level == Level.PUBLIC)

    def do() -> str:
        delivered = actions.deliver(letter=letter, by=request.user)
        if form.cleaned_data.get("list_it"):
            actions.agree_to_listing(letter=delivered, side=Side.NETWORK, by=request.user)
        return letter.get_absolute_url()

    context = {
        "letter": letter,
        "step": LETTER.transition("deliver"),
        "back": letter.get_absolute_url(),
        "facts": _what_is_seen(letter),
    }
    return form_page(request, form, do, "letters/deliver.html", context)


def _what_is_seen(letter: Letter) -> list[dict[str, Any]]:
    """Return who will read the letter and how many names in which mode: for its coordinators, who
    know the names."""
    names = Signatory.objects.unguarded("its coordinators know them").of(letter).standing()
    modes = Counter(names.values_list("mode", flat=True))
    facts = [
        {"label": _("Read by"), "value": letter.get_level_display()},
        {"label": _("Names that are public"), "value": str(modes[Mode.PUBLIC])},
        {"label": _("Named to the Office besides"), "value": str(modes[Mode.OFFICE])},
    ]
    if modes[Mode.COORDINATORS]:
        label = _("Known to the coordinators only: the Office sees no name")
        facts.append({"label": label, "value": str(modes[Mode.COORDINATORS])})
    return facts


@policy(OFFICE)
@get_or_post
def receive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then say for the Office that somebody has opened it."""
    return _office_step(request, pk, "receive", actions.receive)


@policy(OFFICE)
@get_or_post
def acknowledge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then say for the Office that it has the letter."""
    return _office_step(request, pk, "acknowledge", actions.acknowledge)


@policy(OFFICE)
@get_or_post
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then say for the Office that it works on the letter."""
    return _office_step(request, pk, "review", actions.begin_review)


def _office_step(
    request: HttpRequest, pk: uuid.UUID, name: str, action: Callable[..., Any]
) -> HttpResponse:
    letter = desk_letter(request, pk)
    back = reverse("letters:item", args=[pk])

    def do() -> str:
        action(letter=letter, by=request.user)
        return back

    about = {"letter": letter, "back": back}
    return step_page(request, LETTER.transition(name), do, "letters/step.html", about)


@policy(APPROVER)
@get_or_post
def close_unanswered(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a letter without an answer, with the reason that those who signed read."""
    letter = desk_letter(request, pk)
    step = LETTER.transition("close_unanswered")
    if letter.state not in step.sources:
        raise Http404
    form = TextForm(
        posted(request),
        label=_("Why it gets no answer"),
        hint=_("Those who signed read this, and everyone if the letter is public. Name nobody."),
    )
    back = reverse("letters:item", args=[pk])

    def do() -> str:
        actions.close_unanswered(letter=letter, reason=form.cleaned_data["text"], by=request.user)
        return back

    context = {"letter": letter, "title": step.label, "button": step.label, "lead": step.confirm}
    return form_page(request, form, do, "letters/form.html", {**context, "back": back})
