"""Lists, and the page of one entry: for its owners, for everybody else; appeal, closing."""

from __future__ import annotations

import uuid
from itertools import chain

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, public, signed_in
from foundation.web.shortcuts import page, posted
from organizations import actions
from organizations.forms import AppealForm
from organizations.models import Expert, Organization, Registration, VettingDecision, Vouch
from organizations.rules import is_member, is_vetted_representative, may_look_into, owners_of
from organizations.transitions import REGISTRATION
from organizations.views.desk import desk
from organizations.views.parts import act, or_sign_in, own_entry, visible_entry
from organizations.views.showing import answers, own_rows, way


@policy(signed_in)
@require_safe
def list_organizations(request: HttpRequest) -> HttpResponse:
    """The desk for the Office's staff; for everyone else their own organizations."""
    if request.user.is_office:
        return desk(request)
    mine = chain(
        Organization.objects.owned_by(request.user).order_by("name", "pk"),
        Expert.objects.owned_by(request.user),
    )
    context = {"rows": own_rows(mine), "may_vouch": is_vetted_representative(request.user)}
    return page(request, "organizations/mine.html", context)


@public("an organization that wishes to be seen by everyone is seen by everyone")
@require_safe
@or_sign_in
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The owner's page; the Office is sent to its own; everyone else sees name and country."""
    found = visible_entry(request, pk)
    if request.user.is_authenticated:
        if is_member(request.user, found):
            return _own_page(request, found)
        if may_look_into(request.user, found):
            return HttpResponseRedirect(reverse("organizations:item", args=[pk]))
    context = {"entry": found, "country": found.printed_country(get_language() or "en")}
    return page(request, "organizations/public.html", context)


def _own_page(request: HttpRequest, found: Registration) -> HttpResponse:
    decisions = VettingDecision.objects.visible_to(request.user).about(found)
    available = {step.name: step for step in REGISTRATION.available(found, request.user)}
    context = {
        "entry": found,
        "way": way(found),
        "level": found.get_level_display(),
        "answers": answers(found),
        "decisions": decisions,
        "decision": decisions.first(),
        "available": available,
        "is_organization": isinstance(found, Organization),
    }
    if isinstance(found, Organization) and found.without_papers:
        vouches = Vouch.objects.visible_to(request.user).filter(organization=found).standing()
        context["vouches"] = vouches.select_related("by_organization")
    return page(request, "organizations/own.html", context)


@policy(signed_in)
@get_or_post
def appeal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask that somebody else decides again."""
    found = own_entry(request, pk)
    form = AppealForm(posted(request))

    def do() -> str:
        actions.appeal(registration=found, text=form.cleaned_data["text"], by=request.user)
        return found.get_absolute_url()

    decision = VettingDecision.objects.visible_to(request.user).about(found).first()
    context = {"entry": found, "decision": decision}
    return form_page(request, form, do, "organizations/appeal.html", context)


@policy(signed_in)
@require_POST
def revise(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a refused entry for changes."""
    found = own_entry(request, pk)

    def do() -> str:
        actions.revise(registration=found, by=request.user)
        return reverse("organizations:names", args=[pk])

    return act(request, do, fallback=found.get_absolute_url())


@policy(signed_in)
@get_or_post
def close(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask twice, then close the registration."""
    found = own_entry(request, pk)
    form = TokenForm(posted(request))

    def do() -> str:
        actions.archive(registration=found, by=request.user)
        return reverse("organizations:list")

    consequences = [_("Letters that were signed stay signed."), _("Open invitations end.")]
    if isinstance(found, Organization):
        count = len(owners_of(found))
        consequences.append(_("Representatives who lose their seat: %(count)s.") % {"count": count})
    context = {"entry": found, "consequences": consequences}
    return form_page(request, form, do, "organizations/close.html", context)
