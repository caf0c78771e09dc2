"""Reads of networks, their member organizations and their coordinators."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import Audience, Level, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.querysets.parts import coordinates, member_of, representative_of, rows


class NetworkQuerySet(GuardedQuerySet):
    """Reads of networks."""

    def restrict(self, viewer: Viewer) -> Self:
        """Public ones; all for the Office; those one coordinates or whose member one belongs to."""
        if isinstance(viewer, Audience):
            return self.filter(level__lte=viewer.level)
        found = Q(level=Level.PUBLIC, archived_at__isnull=True)
        user = person(viewer)
        if user is not None:
            if user.is_office:
                return self.all()
            mine = rows("NetworkMembership").filter(
                Q(member_of(user, "organization_id")),
                network=OuterRef("pk"),
                ended_at__isnull=True,
            )
            found |= Q(coordinates(user)) | Q(Exists(mine))
        return self.filter(found)

    def standing(self) -> Self:
        """Networks that were not archived."""
        return self.filter(archived_at__isnull=True)

    def coordinated_by(self, user: Any) -> Self:
        """Standing networks of which `user` is a coordinator today; open for reading."""
        return self.visible_to(user).standing().filter(coordinates(user))


class NetworkMembershipQuerySet(GuardedQuerySet):
    """Which organization belongs to which network."""

    def restrict(self, viewer: Viewer) -> Self:
        """Both sides: the organization's members, and the network's coordinators once the
        organization confirmed or they asked it themselves. The Office: where it sees the entry.
        Everyone: between a public network and a published organization."""
        networks = apps.get_model("organizations", "Network").objects.visible_to(viewer)
        organizations = apps.get_model("organizations", "Organization").objects.visible_to(viewer)
        seen = Exists(organizations.filter(pk=OuterRef("organization_id")))
        network = Exists(networks.filter(pk=OuterRef("network_id")))
        found = Q(seen) & Q(network)
        user = person(viewer)
        if user is None or not user.is_office:
            own = Q(member_of(user, "organization_id")) if user is not None else Q(pk__in=[])
            found &= Q(confirmed_at__isnull=False) | own
        return self.filter(found)

    def standing(self) -> Self:
        """Memberships that both sides want: accepted by the network, confirmed by the member."""
        return self.present().filter(confirmed_at__isnull=False, accepted_at__isnull=False)

    def present(self) -> Self:
        """Memberships that have not ended, confirmed or not."""
        return self.filter(ended_at__isnull=True)

    def to_confirm(self) -> Self:
        """Memberships that wait for the organization's word."""
        return self.present().filter(confirmed_at__isnull=True)

    def for_the_word_of(self, user: Any) -> Self:
        """Memberships that wait for the word of `user`: as a representative or a coordinator."""
        return self.present().filter(
            Q(representative_of(user, "organization_id"), confirmed_at__isnull=True)
            | Q(coordinates(user, "network_id"), accepted_at__isnull=True)
        )

    def of_representative(self, user: Any) -> Self:
        """Memberships of organizations that `user` represents, not ended."""
        return self.present().filter(representative_of(user, "organization_id"))

    def to_accept(self) -> Self:
        """Memberships that wait for a coordinator's word."""
        return self.present().filter(confirmed_at__isnull=False, accepted_at__isnull=True)


class NetworkCoordinatorQuerySet(GuardedQuerySet):
    """Who coordinates which network."""

    def restrict(self, viewer: Viewer) -> Self:
        """One's own; fellow coordinators; all for the Office. Names of people are never public."""
        user = person(viewer)
        if user is None:
            return self.none()
        if user.is_office:
            return self.all()
        return self.filter(Q(user_id=user.pk) | Q(coordinates(user, "network_id")))

    def present(self) -> Self:
        """Coordinators who have not stepped down."""
        return self.filter(ended_at__isnull=True)
