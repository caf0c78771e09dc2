"""Answering an ask together with another that says the same: both are looked at before."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy
from foundation.web.shortcuts import posted
from recommendations import actions
from recommendations.forms import JoinForm
from recommendations.models import Recommendation
from recommendations.presenters import sender_line
from recommendations.rules import OFFICE
from recommendations.views.parts import JOINED, desk_item, must_be_possible


@policy(OFFICE)
@get_or_post
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Find the other by its reference (GET `main`), show both, then join (POST)."""
    found = desk_item(request, pk)
    must_be_possible(request, found, "join")
    asked = request.GET.get("main", "")
    main = _on_the_desk(request, asked)
    form = JoinForm(posted(request), initial={"main": asked})

    def do() -> str:
        chosen = _on_the_desk(request, form.cleaned_data["main"])
        if chosen is None:
            raise actions.Incomplete(_("There is no recommendation with this reference here."))
        actions.join(recommendation=found, main=chosen, by=request.user)
        messages.success(
            request, _("One answer stands for both. Those who submitted them are told.")
        )
        return reverse("recommendations:item", args=[pk])

    context = {
        "item": found,
        "asked": asked,
        "main": main,
        "senders": [sender_line(one, inside=True) for one in (found, main) if one],
    }
    return form_page(request, form, do, "recommendations/join.html", context)


def _on_the_desk(request: HttpRequest, reference: str) -> Recommendation | None:
    """Return the item with this reference that the reader works on; None for any other."""
    seen = Recommendation.objects.visible_to(request.user).for_the_desk(request.user)
    return seen.with_reference(reference).select_related(*JOINED).first() if reference else None
