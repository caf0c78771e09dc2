"""Networks: made by officers, coordinated by people, joined when both sides say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused
from organizations.actions.parts import lock, must_own, tell
from organizations.enums import RegistrationState as S
from organizations.models import (
    Network,
    NetworkCoordinator,
    NetworkMembership,
    Organization,
)
from organizations.rules import coordinates, is_owner, owners_of

WHY = "the rules of networks are about all their rows"


def _officer(by: Any) -> None:
    if not by.has_role(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER):
        raise NotYours(_("Only an officer may do this."))


@transaction.atomic
def make_network(*, values: Mapping[str, Any], by: Any) -> Network:
    """Return a new network with `values` (name, acronym, about, level)."""
    _officer(by)
    network = Network(**values)
    network.save()
    record("organizations.network_made", network, by=by, level=network.level)
    return network


@transaction.atomic
def edit_network(*, network: Network, values: Mapping[str, Any], version: int, by: Any) -> None:
    """Write `values` into the network; EditConflict if somebody was faster."""
    _officer(by)
    network = lock(network)
    claim_version(network, version)
    for name, value in values.items():
        setattr(network, name, value)
    network.save()
    record("organizations.network_edited", network, by=by, version=network.version)


@transaction.atomic
def archive_network(*, network: Network, by: Any) -> None:
    """Close a network: nothing new happens in its name, what happened stays."""
    _officer(by)
    network = lock(network)
    network.archived_at = network.archived_at or timezone.now()
    network.save(update_fields=["archived_at"])
    record("organizations.network_archived", network, by=by)


@transaction.atomic
def name_coordinator(*, network: Network, user: Any, by: Any) -> NetworkCoordinator:
    """Make `user` a coordinator of the network."""
    _officer(by)
    network = lock(network)
    if user.has_role():
        raise Refused(_("Staff do not coordinate networks of civil society."))
    present = NetworkCoordinator.objects.unguarded(WHY).present()
    coordinator, created = present.get_or_create(
        network=network, user=user, defaults={"named_by": by}
    )
    if created:
        record("organizations.coordinator_named", coordinator, by=by, network=network.pk)
        tell("organizations.coordinator_named", [user], network)
    return coordinator


@transaction.atomic
def end_coordinator(*, coordinator: NetworkCoordinator, by: Any) -> None:
    """Step down, or be removed by an officer."""
    if coordinator.user_id != by.pk:
        _officer(by)
    coordinator = lock(coordinator)
    if coordinator.ended_at:
        return
    coordinator.ended_at = timezone.now()
    coordinator.save(update_fields=["ended_at"])
    record("organizations.coordinator_ended", coordinator, by=by, network=coordinator.network_id)


@transaction.atomic
def ask_networks(*, organization: Organization, networks: Iterable[Network], by: Any) -> None:
    """Say to which networks the organization belongs; their coordinators are asked to accept.

    Memberships that were said before and are no longer are ended; what a network proposed waits
    for its own answer. Coordinators learn the organization's name by this.
    """
    organization = lock(organization)
    must_own(by, organization)
    everything = NetworkMembership.objects.unguarded(WHY).select_related("network")
    present = everything.present().filter(organization=organization)
    said = {network.pk: network for network in networks}
    known = {membership.network_id: membership for membership in present}
    for pk, membership in known.items():
        if pk in said and membership.confirmed_at is None:
            _confirm(membership, by)
        elif pk not in said and membership.confirmed_at and not membership.network.archived_at:
            _end(membership, by)
    for pk in said.keys() - known.keys():
        membership = NetworkMembership(
            network=said[pk], organization=organization, confirmed_at=timezone.now()
        )
        membership.save()
        record("organizations.network_asked", membership, by=by, network=pk)
        if organization.state != S.DRAFT:
            tell("organizations.network_asks", _coordinators(said[pk]), said[pk])


@transaction.atomic
def propose_member(*, network: Network, reference: str, by: Any) -> None:
    """Ask the organization with this reference to confirm that it belongs to the network.

    The answer is the same whether there is such an organization or not: a coordinator learns of
    it only when it confirms.
    """
    if not coordinates(by, network) and not by.is_office:
        raise NotYours(_("Only a coordinator may do this."))
    found = Organization.objects.unguarded("its reference is its own to give")
    organization = found.filter(reference=reference.strip().upper()).exclude(
        state__in=(S.DRAFT, S.ARCHIVED, S.REFUSED)
    )
    asked = organization.select_for_update().first()
    if asked is None:
        return
    memberships = NetworkMembership.objects.unguarded(WHY).present()
    membership, created = memberships.get_or_create(
        network=network, organization=asked, defaults={"accepted_at": timezone.now()}
    )
    if created:
        record("organizations.network_proposed", membership, by=by, network=network.pk)
        tell("organizations.network_asks", owners_of(asked), network)
    elif membership.accepted_at is None:
        _accept(membership, by)


@transaction.atomic
def answer_network(*, membership: NetworkMembership, by: Any) -> None:
    """Say yes: for the organization that was proposed, or for the network that was asked."""
    membership = lock(membership)
    if membership.ended_at:
        raise Refused(_("This was taken back meanwhile."))
    if membership.confirmed_at is None and is_owner(by, membership.organization):
        _confirm(membership, by)
    elif membership.accepted_at is None and coordinates(by, membership.network):
        _accept(membership, by)
    elif membership.confirmed_at is None or membership.accepted_at is None:
        raise NotYours(_("It waits for the other side's word."))


@transaction.atomic
def leave_network(*, membership: NetworkMembership, by: Any) -> None:
    """End a membership, by either side; also how one says no."""
    membership = lock(membership)
    if not is_owner(by, membership.organization) and not coordinates(by, membership.network):
        raise NotYours(_("Only the organization or a coordinator may do this."))
    if membership.ended_at is None:
        _end(membership, by)


def _confirm(membership: NetworkMembership, by: Any) -> None:
    membership.confirmed_at = timezone.now()
    membership.save(update_fields=["confirmed_at"])
    record("organizations.network_confirmed", membership, by=by, network=membership.network_id)


def _accept(membership: NetworkMembership, by: Any) -> None:
    membership.accepted_at = timezone.now()
    membership.save(update_fields=["accepted_at"])
    record("organizations.network_accepted", membership, by=by, network=membership.network_id)


def tell_asked(organization: Organization) -> None:
    """Ask the coordinators of networks that an organization named while it was a draft."""
    waiting = NetworkMembership.objects.unguarded(WHY).to_accept()
    for membership in waiting.filter(organization=organization).select_related("network"):
        network = membership.network
        tell("organizations.network_asks", _coordinators(network), network)


def _end(membership: NetworkMembership, by: Any) -> None:
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record("organizations.network_left", membership, by=by, network=membership.network_id)


def _coordinators(network: Network) -> list[Any]:
    present = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=network)
    return [coordinator.user for coordinator in present.select_related("user")]
