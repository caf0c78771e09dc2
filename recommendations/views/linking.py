"""Saying, checking and accepting who sent what came by mail or on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.web.forms import TokenForm, once
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.web.templatetags.portal_tags import un_date
from foundation.workflow import Refused
from organizations.models import Expert, Organization
from recommendations import actions
from recommendations.actions.linking import can_be_linked
from recommendations.forms import LinkForm
from recommendations.models import SenderLink
from recommendations.rules import OFFICE, link_roles_of
from recommendations.transitions import LINK
from recommendations.views.parts import desk_item

STEPS = {
    "confirm": actions.confirm_link,
    "accept": actions.accept_link,
    "decline": actions.decline_link,
    "undo": actions.undo_link,
    "unlink": actions.undo_link,
}
MOST = 8


@policy(OFFICE)
@get_or_post
def link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Search the vetted entries (GET `q`), choose who sent it and how that is known (POST)."""
    found = desk_item(request, pk)
    if not can_be_linked(found):
        raise Http404
    words = request.GET.get("q", "")
    senders = {str(one.pk): one for one in _vetted(request.user, words)}
    form = LinkForm(posted(request), senders=senders)

    def do() -> str:
        chosen = senders[form.cleaned_data["sender"]]
        how = form.cleaned_data["how"]
        actions.propose_link(recommendation=found, sender=chosen, how=how, by=request.user)
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "words": words, "senders": senders}
    return form_page(request, form, do, "recommendations/link.html", context)


def _vetted(user: Any, words: str) -> list[Organization | Expert]:
    """Return the vetted entries with these words in their name that the reader may see."""
    if not words.strip():
        return []
    found: list[Organization | Expert] = []
    for model in (Organization, Expert):
        seen = model.objects.visible_to(user).vetted().matching(words).order_by("name", "pk")
        found += seen[:MOST]
    return found


@policy(signed_in)
@require_safe
def offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whether it is theirs, with nothing of it but how and when it came."""
    links = SenderLink.objects.offered_to(request.user)
    found = get_visible_or_404(links.select_related(*NEEDED), pk=pk)
    item = found.recommendation
    facts = [
        {"label": _("How it came"), "value": item.get_source_display()},
        {"label": _("Came on"), "value": un_date(item.received_on or item.submitted_at)},
        {"label": _("Who may see it"), "value": item.get_level_display()},
    ]
    steps = LINK.available(found, request.user)
    context = {"link": found, "facts": facts, "steps": steps}
    return page(request, "recommendations/offer.html", context)


@policy(signed_in)
@get_or_post
def link_step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask before a step of a link, then take it."""
    links = SenderLink.objects.visible_to(request.user)
    found = get_visible_or_404(links.select_related(*NEEDED), pk=pk)
    if name not in STEPS or not LINK.transition(name).who & link_roles_of(request.user, found):
        raise Http404
    form = TokenForm(posted(request))
    office = "officer" in link_roles_of(request.user, found)
    context = {"link": found, "step": LINK.transition(name), "form": form, "office": office}

    def do() -> str:
        STEPS[name](link=found, by=request.user)
        if name == "decline":
            return reverse("recommendations:list")
        return found.recommendation.get_absolute_url()

    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except Refused as refusal:
            context["refusal"] = str(refusal)
            return page(request, "recommendations/link_step.html", context, status=409)
    return page(request, "recommendations/link_step.html", context)


NEEDED = ("recommendation", "organization", "expert", "proposed_by", "confirmed_by")
