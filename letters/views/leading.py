"""The leads of a letter: who they are, what they approved, pausing, replacing one who is away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Transition
from letters import actions
from letters.forms.leading import AppointForm, PauseForm, ReplaceForm
from letters.models import Correction, LeadReplacement, Letter, LetterLead
from letters.rules import (
    approvals_needed,
    coordinates_some_network,
    coordinators_of,
    lead_of,
    leads_of,
)
from letters.views.parts import own_letter
from letters.views.showing import approvals_shown

BACK = "letters:leads"


@policy(coordinates_some_network)
@require_safe
def leads(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who leads the letter, what they approved, and what waits for a second coordinator."""
    letter = own_letter(request, pk)
    present = leads_of(letter)
    rows = LeadReplacement.objects.visible_to(request.user).of(letter).waiting()
    context = {
        "letter": letter,
        "leads": present,
        "lead": lead_of(request.user, letter),
        "needed": approvals_needed(letter),
        "may_appoint": bool(_others(letter)),
        "replacements": list(rows.select_related("lead__user", "successor", "asked_by")),
        "approvals": approvals_shown(letter, request.user),
    }
    return page(request, "letters/leads.html", context)


@policy(coordinates_some_network)
@get_or_post
def appoint(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make another coordinator a lead as well."""
    letter = own_letter(request, pk)
    form = AppointForm(posted(request), people=_others(letter))

    def do() -> str:
        actions.appoint_lead(letter=letter, user=form.cleaned_data["user"], by=request.user)
        return reverse(BACK, args=[letter.pk])

    context = {"title": _("Appoint a lead"), "button": _("Appoint")}
    return _form(request, form, do, letter, context)


@policy(coordinates_some_network)
@get_or_post
def replace(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask to replace a lead who is away."""
    rows = LetterLead.objects.visible_to(request.user).standing().select_related("user")
    lead = get_visible_or_404(rows, pk=pk)
    letter = own_letter(request, lead.letter_id)
    form = ReplaceForm(posted(request), people=_others(letter))

    def do() -> str:
        data = form.cleaned_data
        actions.ask_replacement(
            letter=letter, lead=lead, successor=data["user"], reason=data["reason"],
            by=request.user,
        )  # fmt: skip
        return reverse(BACK, args=[letter.pk])

    words = _(
        "%(name)s is told. Where the network has several other coordinators, a second one of them "
        "has to agree first."
    )
    context = {"title": _("Replace a lead who is away"), "button": _("Ask for it")}
    context["lead"] = words % {"name": lead.user.display_name()}
    return _form(request, form, do, letter, context)


@policy(coordinates_some_network)
@get_or_post
def second(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree that a lead who is away is replaced."""
    asked = _replacement(request, pk)
    words = _("%(one)s leads the letter no more; %(other)s does. Both are told.") % {
        "one": asked.lead.user.display_name(),
        "other": asked.successor.display_name(),
    }
    step = _step(_("Agree to replace a lead"), words)
    return _asked(
        request, asked.letter_id, step,
        lambda _letter: actions.second_replacement(replacement=asked, by=request.user),
    )  # fmt: skip


@policy(coordinates_some_network)
@get_or_post
def drop(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Drop an ask to replace a lead."""
    asked = _replacement(request, pk)
    step = _step(_("Drop this ask"), _("The lead stays."))
    return _asked(
        request, asked.letter_id, step,
        lambda _letter: actions.drop_replacement(replacement=asked, by=request.user),
    )  # fmt: skip


@policy(coordinates_some_network)
@get_or_post
def pause(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Pause the letter, with a reason for the coordinators."""
    letter = own_letter(request, pk)
    form = PauseForm(posted(request))

    def do() -> str:
        actions.pause(letter=letter, reason=form.cleaned_data["reason"], by=request.user)
        return letter.get_absolute_url()

    words = _("It takes no signature and no step until it is resumed. The coordinators are told.")
    context = {"title": _("Pause the letter"), "button": _("Pause"), "lead": words}
    return _form(request, form, do, letter, context)


@policy(coordinates_some_network)
@get_or_post
def act(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask "are you sure?", then do one of the things that need no more than that."""
    if name not in ACTS:
        raise Http404
    label, words, do, back = ACTS[name]
    step = _step(_(label), _(words))
    return _asked(request, pk, step, lambda letter: do(letter, request.user), back)


def approving(step: str) -> Callable[[Letter, Any], Any]:
    """Return what approves `step`."""
    return lambda letter, by: actions.approve(letter=letter, step=step, by=by)


APPROVED = gettext_noop(
    "Your approval is of the text exactly as it stands now. If a word of it is changed, it counts "
    "no more, and you are told."
)
# name: the button, what follows, what is done, where one goes on
ACTS: dict[str, tuple[str, str, Callable[[Letter, Any], Any], str]] = {
    "approve-opening": (
        gettext_noop("Approve the text for sign-on"),
        APPROVED,
        approving("open"),
        BACK,
    ),
    "approve-correction": (
        gettext_noop("Approve the corrected text"),
        APPROVED,
        approving("correct"),
        BACK,
    ),
    "approve-delivery": (
        gettext_noop("Approve the delivery"),
        APPROVED,
        approving("deliver"),
        BACK,
    ),
    "resume": (
        gettext_noop("Resume the letter"),
        gettext_noop(
            "It takes signatures and steps again. The coordinators are told who resumed it."
        ),
        lambda letter, by: actions.resume(letter=letter, by=by),
        "letters:detail",
    ),
    "step-down": (
        gettext_noop("Lead this letter no more"),
        gettext_noop("Your approvals count no more. You stay a coordinator of the network."),
        lambda letter, by: actions.step_down(letter=letter, by=by),
        BACK,
    ),
    "open-for-comments": (
        gettext_noop("Open the draft for comments"),
        gettext_noop(
            "Members of the network's organizations can read the draft and comment on it, until "
            "you end it. Their representatives are told. The names that you entered are not shown."
        ),
        lambda letter, by: actions.open_for_comments(letter=letter, by=by),
        "letters:comments",
    ),
    "end-comments": (
        gettext_noop("End the comments"),
        gettext_noop("Only the coordinators see the draft from now on. The comments stay."),
        lambda letter, by: actions.end_comments(letter=letter, by=by),
        "letters:comments",
    ),
    "drop-correction": (
        gettext_noop("Give the correction up"),
        gettext_noop(
            "The text in force stays as it is. The draft of the correction stays on record."
        ),
        lambda letter, by: actions.drop_correction(correction=_correction(letter, by), by=by),
        "letters:detail",
    ),
}


def _correction(letter: Letter, by: Any) -> Any:
    return get_visible_or_404(Correction.objects.visible_to(by).of(letter).under_way())


def _step(label: str, words: str) -> Transition:
    return Transition("act", label, (), "", frozenset(), confirm=words)


def _asked(
    request: HttpRequest, pk: uuid.UUID, step: Transition, act: Any, back: str = BACK
) -> HttpResponse:
    letter = own_letter(request, pk)
    path = reverse(back, args=[letter.pk])

    def do() -> str:
        act(letter)
        return path

    return step_page(request, step, do, "letters/step.html", {"letter": letter, "back": path})


def _form(
    request: HttpRequest, form: Any, do: Any, letter: Letter, context: dict[str, Any]
) -> HttpResponse:
    context = {"letter": letter, "back": reverse(BACK, args=[letter.pk]), **context}
    return form_page(request, form, do, "letters/form.html", context)


def _others(letter: Letter) -> list[Any]:
    """Return the ids of the network's coordinators who do not lead the letter."""
    leading = {lead.user_id for lead in leads_of(letter)}
    return [pk for pk in coordinators_of(letter) if pk not in leading]


def _replacement(request: HttpRequest, pk: uuid.UUID) -> LeadReplacement:
    rows = LeadReplacement.objects.visible_to(request.user).waiting()
    return get_visible_or_404(rows.select_related("lead__user", "successor"), pk=pk)
