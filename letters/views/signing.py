"""Signing a letter, and taking one's name back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.web.forms import once_in_secret
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Refused
from letters import actions
from letters.forms import ModeForm, SignForm, WithdrawForm
from letters.models import Letter, Signatory
from letters.rules import may_withdraw
from letters.views.parts import visible_letter
from letters.views.reading import letter_context
from letters.views.showing import as_seen


@policy(signed_in)
@require_POST
def sign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a name under the letter, or with "preview" show first what each audience would see; a
    refused form comes back on the letter's page.

    Whether the letter is open, and whether the person may sign in this name, is asked once, inside
    the action, under the lock. Who may not see the
    letter gets 404 when the refused form is to be shown.
    """
    form, looking = SignForm(request.POST), "preview" in request.POST
    if looking:
        form.look_first()
    seen: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            if looking:
                seen = _as_seen(request, visible_letter(request, pk), form)
            else:
                return HttpResponseRedirect(_sign(request, Letter(pk=pk), form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = letter_context(request, visible_letter(request, pk), form)
    status = 200 if seen else 422
    return page(request, "letters/detail.html", {**context, "as_seen": seen}, status=status)


def _sign(request: HttpRequest, letter: Letter, form: SignForm) -> str:
    """Sign once, however often the form is posted; the receipt of the form names nobody."""

    def do() -> None:
        actions.sign(
            letter=letter,
            mode=form.cleaned_data["mode"],
            organization_id=form.organization_id(),
            style=form.style(),
            by=request.user,
        )

    return once_in_secret(form, request.user, do, f"{letter.get_absolute_url()}#signed")


def _as_seen(request: HttpRequest, letter: Letter, form: SignForm) -> list[dict[str, Any]]:
    """Return what each audience would see of the name. Raises Refused as signing would."""
    name = actions.name_to_sign(
        letter, form.cleaned_data["mode"], form.organization_id(), form.style(), request.user
    )
    return as_seen(name, letter)


@policy(signed_in)
@get_or_post
def change_mode(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let somebody choose anew who sees that they signed."""
    signatory = _own_name(request, pk)
    form = ModeForm(posted(request), initial={"mode": signatory.mode})
    back = f"{signatory.letter.get_absolute_url()}#signed"

    def do() -> str:
        actions.change_mode(signatory=signatory, mode=form.cleaned_data["mode"], by=request.user)
        messages.success(
            request, _("It is so from now on. Copies that were made stay as they are.")
        )
        return back

    context = {"signatory": signatory, "letter": signatory.letter}
    return form_page(request, form, do, "letters/mode.html", context, secretly_to=back)


@policy(signed_in)
@get_or_post
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take one's name back."""
    signatory = _own_name(request, pk)
    form = WithdrawForm(posted(request))
    back = signatory.letter.get_absolute_url()

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.withdraw(signatory=signatory, reason=reason, by=request.user)
        messages.success(request, _("Your name was taken off the letter."))
        return back

    context = {"signatory": signatory, "letter": signatory.letter}
    return form_page(request, form, do, "letters/withdraw.html", context, secretly_to=back)


def _own_name(request: HttpRequest, pk: uuid.UUID) -> Signatory:
    """Return a name that the person signed and may still change, opened; Http404 otherwise."""
    names = Signatory.objects.visible_to(request.user).standing().signed_by_person(request.user)
    signatory = get_visible_or_404(names.select_related("letter"), pk=pk)
    if not may_withdraw(request.user, signatory):
        raise Http404
    signatory.open()
    return signatory
