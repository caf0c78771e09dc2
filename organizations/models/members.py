"""Who belongs to an organization, and who is invited to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.confidentiality.models import GuardedModel
from organizations.enums import MemberRole
from organizations.models.registrations import Organization
from organizations.querysets import InvitationQuerySet, MembershipQuerySet


class Membership(GuardedModel):
    """A person in an organization; ended, never deleted. A mandate says by whom it was given."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=MemberRole.choices)
    mandate_by = models.CharField(max_length=200, blank=True)
    mandate_on = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        db_table = "organizations_membership"
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(ended_at__isnull=True),
                name="a_person_is_a_member_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=MemberRole.values), name="a_member_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(mandate_on__isnull=True) | ~Q(mandate_by=""),
                name="a_mandate_was_given_by_someone",
            ),
        ]

    @property
    def is_representative(self) -> bool:
        """Tell whether this is a present representative."""
        return self.role == MemberRole.REPRESENTATIVE and self.ended_at is None


class Invitation(GuardedModel):
    """A seat kept for an address. Only the hash of its token is stored."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=MemberRole.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        db_table = "organizations_invitation"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="an_address_is_invited_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="an_invitation_ends_once",
            ),
        ]
