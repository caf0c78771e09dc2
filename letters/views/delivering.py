"""What the Office does with a delivered letter: opened, acknowledged, reviewed, closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy
from foundation.web.shortcuts import posted
from letters import actions
from letters.rules import APPROVER, OFFICE
from letters.transitions import LETTER
from letters.views.parts import desk_letter


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
