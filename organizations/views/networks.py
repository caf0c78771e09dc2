"""Networks: the list, one network, and what its members, coordinators and officers do there."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.web.pages import form_page, get_or_post
from foundation.web.pagination import paginate
from foundation.web.policies import policy, public, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from organizations import actions
from organizations.forms import CoordinatorForm, NetworkForm, ProposeForm
from organizations.models import Network, NetworkCoordinator, NetworkMembership
from organizations.rules import OFFICE, coordinates
from organizations.views.parts import act, or_sign_in


def _network(request: HttpRequest, pk: uuid.UUID) -> Network:
    return get_visible_or_404(Network.objects.visible_to(request.user), pk=pk)


@public("networks that wish to be seen by everyone are")
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """List the networks that the reader may see, with how many standing members they see."""
    seen = Network.objects.visible_to(request.user).standing().order_by("name", "pk")
    return page(request, "organizations/networks.html", {"page": paginate(request, seen)})


@public("a network that wishes to be seen by everyone is")
@require_safe
@or_sign_in
def network(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One network: what it is, its members as far as the reader may know them, what waits."""
    found = _network(request, pk)
    return page(request, "organizations/network.html", _context(request, found))


def _context(request: HttpRequest, found: Network) -> dict[str, Any]:
    user = request.user
    memberships = NetworkMembership.objects.visible_to(user).filter(network=found)
    memberships = memberships.select_related("organization").order_by("organization__name", "pk")
    context: dict[str, Any] = {
        "network": found,
        "members": memberships.standing(),
        "coordinating": False,
    }
    if user.is_authenticated:
        people = NetworkCoordinator.objects.visible_to(user).present().filter(network=found)
        context |= {
            "coordinating": coordinates(user, found),
            "officer": user.is_office,
            "coordinators": people.select_related("user"),
            "asked": memberships.for_the_word_of(user),
            "own": set(memberships.of_representative(user).values_list("pk", flat=True)),
        }
    return context


@policy(OFFICE)
@get_or_post
def make(request: HttpRequest) -> HttpResponse:
    """An officer makes a network."""
    form = NetworkForm(posted(request), initial={"version": 0})

    def do() -> str:
        return actions.make_network(values=form.values(), by=request.user).get_absolute_url()

    context = {
        "title": _("Network"),
        "button": _("Save"),
        "back": reverse("organizations:networks"),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(OFFICE)
@get_or_post
def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An officer edits a network."""
    found = _network(request, pk)
    initial = {
        name: getattr(found, name) for name in ("name", "acronym", "about", "level", "version")
    }
    form = NetworkForm(posted(request), initial=initial)

    def do() -> str:
        actions.edit_network(
            network=found,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        return found.get_absolute_url()

    context = {
        "edited": found,
        "title": _("Network"),
        "button": _("Save"),
        "back": found.get_absolute_url(),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(OFFICE)
@get_or_post
def add_coordinator(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An officer names a coordinator."""
    found = _network(request, pk)
    form = CoordinatorForm(posted(request))

    def do() -> str:
        actions.name_coordinator(network=found, user=form.user, by=request.user)
        return found.get_absolute_url()

    context = {
        "title": _("Name a coordinator"),
        "about": found.printed_name(),
        "button": _("Name as coordinator"),
        "back": found.get_absolute_url(),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(signed_in)
@require_POST
def end_coordinator(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Step down, or be removed."""
    seen = NetworkCoordinator.objects.visible_to(request.user).select_related("network")
    coordinator = get_visible_or_404(seen, pk=pk)
    target = coordinator.network.get_absolute_url()

    def do() -> str:
        actions.end_coordinator(coordinator=coordinator, by=request.user)
        return reverse("organizations:networks")

    return act(request, do, fallback=target, done=_("The coordinator has stepped down."))


@policy(signed_in)
@get_or_post
def propose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A coordinator asks an organization by its reference; the answer is always the same."""
    found = _network(request, pk)
    if not coordinates(request.user, found) and not request.user.is_office:
        raise Http404
    form = ProposeForm(posted(request))

    def do() -> str:
        reference = form.cleaned_data["reference"]
        actions.propose_member(network=found, reference=reference, by=request.user)
        messages.success(
            request,
            _("If there is an organization with this reference, its representatives are asked."),
        )
        return found.get_absolute_url()

    context = {
        "title": _("Ask an organization to confirm"),
        "about": found.printed_name(),
        "button": _("Ask"),
        "back": found.get_absolute_url(),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(signed_in)
@require_POST
def answer(request: HttpRequest, pk: uuid.UUID, word: str) -> HttpResponse:
    """Say yes or no to a membership, or end it."""
    seen = NetworkMembership.objects.visible_to(request.user)
    membership = get_visible_or_404(seen.select_related("network", "organization"), pk=pk)
    target = membership.network.get_absolute_url()
    verb = actions.answer_network if word == "yes" else actions.leave_network

    def do() -> str:
        verb(membership=membership, by=request.user)
        return target if word == "yes" else reverse("organizations:networks")

    return act(request, do, fallback=target, done=_("Your word is noted."))
