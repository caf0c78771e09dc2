"""Setting a wave of names apart: count first, then decide; and undoing it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.web.forms import once
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Refused
from letters import actions
from letters.forms import ReasonForm, WaveForm
from letters.models import Invalidation, Letter, SignatoryBatch
from letters.rules import coordinates_some_network
from letters.views.parts import own_letter

SOME = 20  # names shown beside their number


@policy(coordinates_some_network)
@get_or_post
def invalidate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how many names match; take them out once that number was seen."""
    letter = own_letter(request, pk)
    batches = SignatoryBatch.objects.visible_to(request.user).filter(letter=letter)
    form = WaveForm(posted(request), batches=batches)
    context: dict[str, Any] = {"letter": letter, "form": form, **_earlier(request, letter)}
    if request.method == "POST" and form.is_valid():
        if "decide" in request.POST:
            try:
                return HttpResponseRedirect(
                    once(form, request.user, _decide(request, letter, form))
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
        context |= _count(request, letter, form)
    return page(request, "letters/invalidate.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, letter: Letter, form: WaveForm) -> Any:
    def do() -> str:
        made = actions.invalidate(
            letter=letter,
            conditions=form.conditions(),
            reason=form.cleaned_data["reason"],
            shown=form.cleaned_data["shown"] or 0,
            by=request.user,
        )
        words = ngettext(
            "%(n)s name left the list. It can be brought back.",
            "%(n)s names left the list. They can be brought back.",
            made.names,
        )
        messages.success(request, words % {"n": made.names})
        return reverse("letters:invalidate", args=[letter.pk])

    return do


def _count(request: HttpRequest, letter: Letter, form: WaveForm) -> dict[str, Any]:
    """Return the number that matches, and some of the public ones among them."""
    found = actions.matching(letter=letter, conditions=form.conditions(), by=request.user)
    open_ones = [name for name in found if not name.is_hidden]
    return {
        "count": len(found),
        "hidden": len(found) - len(open_ones),
        "some": open_ones[:SOME],
        "more": max(0, len(open_ones) - SOME),
    }


def _earlier(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    rows = Invalidation.objects.visible_to(request.user).of(letter).newest_first()
    return {"earlier": list(rows.select_related("made_by", "reverted_by"))}


@policy(coordinates_some_network)
@get_or_post
def revert(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask why, then bring the names back."""
    rows = Invalidation.objects.visible_to(request.user).select_related("letter")
    invalidation = get_visible_or_404(rows, pk=pk)
    back = reverse("letters:invalidate", args=[invalidation.letter_id])

    def do() -> str:
        actions.revert_invalidation(
            invalidation=invalidation, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("The names stand in the list again."))
        return back

    form = ReasonForm(posted(request))
    context = {"invalidation": invalidation, "letter": invalidation.letter, "back": back}
    return form_page(request, form, do, "letters/bring_back.html", context)
