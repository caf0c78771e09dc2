"""Taking one's name back after delivery."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, posted
from letters import actions
from letters.forms import WithdrawForm
from letters.models import Signatory
from letters.rules import may_withdraw_after_delivery


@policy(signed_in)
@get_or_post
def withdraw_late(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what stays as it is, ask, then take the name back from the list."""
    names = Signatory.objects.visible_to(request.user).standing().signed_by_person(request.user)
    signatory = get_visible_or_404(names.select_related("letter"), pk=pk)
    if not may_withdraw_after_delivery(request.user, signatory):
        raise Http404
    signatory.open()
    form = WithdrawForm(posted(request))

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.withdraw_after_delivery(signatory=signatory, reason=reason, by=request.user)
        messages.success(request, _("Your name was taken off the list. The letter says so."))
        return signatory.letter.get_absolute_url()

    context = {"signatory": signatory, "letter": signatory.letter}
    context["is_public"] = not signatory.is_hidden
    return form_page(request, form, do, "letters/withdraw_late.html", context)
