"""Signing a letter, and taking one's name back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.web.forms import once
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Refused
from letters import actions
from letters.actions.sign_on import OPEN_LETTER
from letters.forms import SignForm, WithdrawForm
from letters.models import Signatory
from letters.rules import may_withdraw
from letters.views.parts import visible_letter
from letters.views.reading import letter_context


@policy(signed_in)
@require_POST
def sign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a name under the letter; a refused form comes back on the letter's page.

    Whether the person may sign in this name is asked once, inside the action. Who may not see the
    letter gets 404 when the refused form is to be shown.
    """
    letter = OPEN_LETTER.first(pk) or visible_letter(request, pk)
    form = SignForm(request.POST)
    if letter.is_frozen and form.is_valid():

        def do() -> None:
            actions.sign(
                letter=letter,
                level=form.cleaned_data["level"],
                organization_id=form.organization_id(),
                by=request.user,
            )

        answer = f"{letter.get_absolute_url()}#signed"
        try:
            return HttpResponseRedirect(once(form, request.user, do, answer))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = letter_context(request, visible_letter(request, pk), form)
    return page(request, "letters/detail.html", context, status=422)


@policy(signed_in)
@get_or_post
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take one's name back."""
    names = Signatory.objects.visible_to(request.user).standing().signed_by_person(request.user)
    signatory = get_visible_or_404(names.select_related("letter"), pk=pk)
    if not may_withdraw(request.user, signatory):
        raise Http404
    form = WithdrawForm(posted(request))

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.withdraw(signatory=signatory, reason=reason, by=request.user)
        messages.success(request, _("Your name was taken off the letter."))
        return signatory.letter.get_absolute_url()

    context = {"signatory": signatory, "letter": signatory.letter}
    return form_page(request, form, do, "letters/withdraw.html", context)
