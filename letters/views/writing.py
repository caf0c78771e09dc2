"""Writing a letter, bringing one in, and the steps of its life."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import page, posted
from letters import actions
from letters.documents.printing import print_draft
from letters.enums import LetterState
from letters.forms import BringInForm, DraftForm
from letters.models import Letter, SignatoryBatch
from letters.rules import coordinates_some_network
from letters.transitions import LETTER
from letters.views.parts import own_letter
from organizations.models import Network

STEPS = {
    "open": actions.open_for_sign_on,
    "file_as_sent": actions.file_as_sent,
    "close": actions.close,
    "correct": actions.correct,
    "set_aside": actions.set_aside,
    "take_up": actions.take_up,
}


@policy(coordinates_some_network)
@get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a new letter."""
    networks = Network.objects.visible_to(request.user).coordinated_by(request.user)
    form = DraftForm(posted(request), networks=networks)

    def do() -> str:
        letter = actions.begin(
            network=form.cleaned_data["network"], by=request.user, **form.draft()
        )
        return letter.get_absolute_url()

    return _written(request, form, do, {})


@policy(coordinates_some_network)
@get_or_post
def write(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a draft; when somebody else saved meanwhile, give both texts back."""
    letter = own_letter(request, pk)
    if letter.state != LetterState.DRAFT:
        return HttpResponseRedirect(letter.get_absolute_url())
    networks = Network.objects.visible_to(request.user).coordinated_by(request.user)
    form = DraftForm(posted(request), networks=networks, letter=letter, earlier=_earlier(letter))

    def do() -> str:
        actions.edit(
            letter=letter,
            version=form.cleaned_data["version"],
            by=request.user,
            summary=form.cleaned_data["summary"],
            **form.draft(),
        )
        messages.success(request, _("The draft is saved."))
        return letter.get_absolute_url()

    return _written(request, form, do, {"letter": letter, "edited": letter})


def _written(
    request: HttpRequest, form: DraftForm, do: Callable[[], str], context: dict[str, Any]
) -> HttpResponse:
    """Save the form; or show what it holds as it will print, and save nothing."""
    if "preview" in request.POST and form.is_valid():
        letter = context.get("letter") or Letter(network=form.cleaned_data["network"])
        shown = print_draft(letter, form.as_text(form.cleaned_data["language"]))
        return page(request, "letters/write.html", {**context, "form": form, "preview": shown})
    return form_page(request, form, do, "letters/write.html", context)


def _earlier(letter: Letter) -> QuerySet[Letter]:
    """Return the earlier letters of the network that a draft may follow: the delivered ones."""
    letters = Letter.objects.unguarded("of the same network; its coordinator sees them all")
    return letters.at_the_office().filter(network=letter.network_id).order_by("-delivered_at")


@policy(coordinates_some_network)
@get_or_post
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in a letter that exists already."""
    networks = Network.objects.visible_to(request.user).coordinated_by(request.user)
    form = BringInForm(posted(request), request.FILES or None, networks=networks)
    return form_page(request, form, lambda: _bring_in(form, request), "letters/bring_in.html", {})


def _bring_in(form: BringInForm, request: HttpRequest) -> str:
    data = form.cleaned_data
    letter = actions.bring_in(
        text=data["letter"],
        network=data["network"],
        intent=data["intent"],
        level=data["level"],
        name_mode=data["name_mode"],
        by=request.user,
    )
    batch = SignatoryBatch.objects.visible_to(request.user).filter(letter=letter).first()
    return reverse("letters:review", args=[batch.pk]) if batch else letter.get_absolute_url()


@policy(signed_in)
@get_or_post
def step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask before a step of the letter's life, then take it."""
    letter = own_letter(request, pk)
    if name not in STEPS:
        raise Http404

    def do() -> str:
        STEPS[name](letter=letter, by=request.user)
        return letter.get_absolute_url()

    about = {"letter": letter, "back": letter.get_absolute_url()}
    return step_page(request, LETTER.transition(name), do, "letters/step.html", about)
