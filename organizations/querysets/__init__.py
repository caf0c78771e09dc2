"""Reads of this room: chainable, with speaking names; `restrict` says who sees which row."""

from organizations.querysets.members import InvitationQuerySet, MembershipQuerySet
from organizations.querysets.networks import (
    NetworkCoordinatorQuerySet,
    NetworkMembershipQuerySet,
    NetworkQuerySet,
)
from organizations.querysets.registrations import (
    AboutRegistrationQuerySet,
    ExpertQuerySet,
    OrganizationQuerySet,
    RegistrationQuerySet,
    VouchQuerySet,
)

__all__ = [
    "AboutRegistrationQuerySet",
    "ExpertQuerySet",
    "InvitationQuerySet",
    "MembershipQuerySet",
    "NetworkCoordinatorQuerySet",
    "NetworkMembershipQuerySet",
    "NetworkQuerySet",
    "OrganizationQuerySet",
    "RegistrationQuerySet",
    "VouchQuerySet",
]
