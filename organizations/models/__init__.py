"""The tables of this room."""

from organizations.models.members import Invitation, Membership
from organizations.models.networks import Network, NetworkCoordinator, NetworkMembership
from organizations.models.registrations import Expert, Organization, Registration
from organizations.models.taxonomies import OrganizationKind, Pillar
from organizations.models.vetting import EvidenceFile, NamedReader, VettingDecision, Vouch

__all__ = [
    "EvidenceFile",
    "Expert",
    "Invitation",
    "Membership",
    "NamedReader",
    "Network",
    "NetworkCoordinator",
    "NetworkMembership",
    "Organization",
    "OrganizationKind",
    "Pillar",
    "Registration",
    "VettingDecision",
    "Vouch",
]
