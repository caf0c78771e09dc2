"""The steps of a registration: who may see it, who you are, where you work, papers, send."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, public, signed_in
from foundation.web.shortcuts import page, posted
from organizations import actions
from organizations.enums import NOT_CRITERIA, Criterion
from organizations.forms import (
    BeginForm,
    ExpertNamesForm,
    ExpertWorkForm,
    LevelForm,
    OrganizationNamesForm,
    OrganizationWorkForm,
)
from organizations.models import (
    Expert,
    Membership,
    Network,
    NetworkMembership,
    Organization,
    Registration,
)
from organizations.rules import is_owner, missing
from organizations.transitions import EDITABLE_STATES, REGISTRATION
from organizations.views.parts import act, own_entry
from organizations.views.showing import answers, previews, steps


@public("the criteria of vetting are published")
@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Say what vetting asks, and what it never asks."""
    context = {"criteria": [label for _value, label in Criterion.choices], "never": NOT_CRITERIA}
    return render(request, "organizations/criteria.html", context)


@policy(signed_in)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask: for an organization, or for oneself?"""
    expert = Expert.objects.owned_by(request.user).first()
    return page(request, "organizations/start.html", {"expert": expert})


@policy(signed_in)
@get_or_post
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask first who may see it; then make the draft."""
    form = BeginForm(posted(request))
    verb = actions.begin_expert if kind == "expert" else actions.begin_organization

    def do() -> str:
        entry = verb(level=form.cleaned_data["level"], by=request.user)
        return reverse("organizations:names", args=[entry.pk])

    context = {"steps": steps(None, "visibility"), "previews": previews(), "kind": kind}
    return form_page(request, form, do, "organizations/visibility.html", context)


@policy(signed_in)
@get_or_post
def visibility(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask again who may see it, whenever the owner wants."""
    entry = own_entry(request, pk)
    initial = {"level": entry.level, "version": entry.version}
    form = LevelForm(posted(request), initial=initial)

    def do() -> str:
        actions.choose_level(
            registration=entry,
            level=form.cleaned_data["level"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        return _next(entry, "names")

    context = _context(entry, "visibility") | {"previews": previews(entry)}
    return form_page(request, form, do, "organizations/visibility.html", context)


@policy(signed_in)
@get_or_post
def names(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Names, kinds, what it does, mandate."""
    entry = own_entry(request, pk)
    form = _names_form(request, entry)

    def do() -> str:
        actions.describe(
            registration=entry,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            mandate=form.mandate() if isinstance(form, OrganizationNamesForm) else None,
        )
        return _next(entry, "work")

    context = _context(entry, "names") | {"title": _("Who you are")}
    return form_page(request, form, do, "organizations/names.html", context)


@policy(signed_in)
@get_or_post
def work(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Countries, languages, pillars, networks."""
    entry = own_entry(request, pk)
    form = _work_form(request, entry)

    def do() -> str:
        actions.describe(
            registration=entry,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            networks=form.cleaned_data.get("networks"),
        )
        return _next(entry, "papers")

    context = _context(entry, "work") | {"title": _("Where you work")}
    return form_page(request, form, do, "organizations/work.html", context)


@policy(signed_in)
@require_safe
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show everything as it will be sent, and what is missing."""
    entry = own_entry(request, pk)
    sending = {"submit", "renew"}
    context = {
        "entry": entry,
        "steps": steps(entry, "review"),
        "answers": answers(entry),
        "missing": missing(entry),
        "preview": [
            {"choice": line["choice"], "text": line["text"]}
            for line in previews(entry)
            if line["level"] == entry.level
        ],
        "may_send": any(s.name in sending for s in REGISTRATION.available(entry, request.user)),
        "form": TokenForm(),
    }
    return page(request, "organizations/review.html", context)


@policy(signed_in)
@require_POST
def submit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it to the Office."""
    entry = own_entry(request, pk)

    def do() -> str:
        return actions.submit(registration=entry, by=request.user).get_absolute_url()

    return act(
        request,
        do,
        fallback=reverse("organizations:review", args=[pk]),
        done=_("It has arrived. Below you see by when the Office answers."),
    )


def _context(entry: Registration, here: str) -> dict[str, Any]:
    """Return what every step shows; what stands now is asked only where somebody else saved."""
    return {
        "entry": entry,
        "edited": entry,
        "steps": steps(entry, here),
        "as_it_stands": lambda: answers(entry),
    }


def _next(entry: Registration, step: str) -> str:
    """Return the next step of a draft, or the entry's page when single things were changed."""
    if entry.state in EDITABLE_STATES:
        return reverse(f"organizations:{step}", args=[entry.pk])
    return entry.get_absolute_url()


def _names_form(
    request: HttpRequest, entry: Registration
) -> OrganizationNamesForm | ExpertNamesForm:
    if isinstance(entry, Expert):
        return ExpertNamesForm(posted(request), entry=entry)
    own = Membership.objects.visible_to(request.user).of(request.user)
    return OrganizationNamesForm(
        posted(request), entry=entry, membership=own.filter(organization=entry).first()
    )


def _work_form(request: HttpRequest, entry: Registration) -> OrganizationWorkForm | ExpertWorkForm:
    if not isinstance(entry, Organization):
        return ExpertWorkForm(posted(request), entry=entry)
    networks = Network.objects.visible_to(request.user).standing()
    if not is_owner(request.user, entry):
        networks = networks.none()
    present = NetworkMembership.objects.visible_to(request.user).present()
    chosen = present.filter(organization=entry, confirmed_at__isnull=False)
    return OrganizationWorkForm(
        posted(request),
        entry=entry,
        networks=networks,
        chosen=chosen.values_list("network_id", flat=True),
    )
