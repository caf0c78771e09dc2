"""Networks: standing counterparts, with member organizations and coordinators."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.confidentiality import Level
from foundation.confidentiality.models import GuardedModel
from organizations.models.registrations import Organization
from organizations.querysets import (
    NetworkCoordinatorQuerySet,
    NetworkMembershipQuerySet,
    NetworkQuerySet,
)


class Network(GuardedModel):
    """A network or platform, made by an officer; public, or known to the Office and its members."""

    name = models.CharField(max_length=250)
    acronym = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.label) for level in (Level.PUBLIC, Level.OFFICE)],
        default=Level.OFFICE,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        db_table = "organizations_network"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[Level.PUBLIC.value, Level.OFFICE.value]),
                name="a_network_is_public_or_known_to_the_office",
            )
        ]

    def printed_name(self) -> str:
        """Return the name as it is printed: "Network for Open Borders (NOB)"."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("organizations:network", args=[self.pk])


class NetworkMembership(GuardedModel):
    """An organization in a network. It stands when the network accepted and the member confirmed."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="network_memberships"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NetworkMembershipQuerySet.as_manager()

    class Meta:
        db_table = "organizations_network_membership"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organization"],
                condition=Q(ended_at__isnull=True),
                name="an_organization_is_in_a_network_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False) | Q(confirmed_at__isnull=False),
                name="a_network_membership_was_begun_by_one_side",
            ),
        ]


class NetworkCoordinator(GuardedModel):
    """A person who coordinates a network; named by an officer, ended and never deleted."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="coordinators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coordinations"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NetworkCoordinatorQuerySet.as_manager()

    class Meta:
        db_table = "organizations_network_coordinator"
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user"],
                condition=Q(ended_at__isnull=True),
                name="a_person_coordinates_a_network_once",
            )
        ]
