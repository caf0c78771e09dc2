"""Reads of memberships and invitations."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.confidentiality import Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.enums import MemberRole
from organizations.querysets.parts import representative_of, vetted_now


class MembershipQuerySet(GuardedQuerySet):
    """Who belongs to which organization, and as what."""

    def restrict(self, viewer: Viewer) -> Self:
        """One's own; those of an organization whose inside one sees (its members, the Office)."""
        user = person(viewer)
        if user is None:
            return self.none()
        organizations = apps.get_model("organizations", "Organization").objects
        inside = organizations.seen_inside_by(viewer).filter(pk=OuterRef("organization_id"))
        return self.filter(Q(user_id=user.pk) | Q(Exists(inside)))

    def present(self) -> Self:
        """Memberships that have not ended."""
        return self.filter(ended_at__isnull=True)

    def representatives(self) -> Self:
        """Present representatives."""
        return self.present().filter(role=MemberRole.REPRESENTATIVE)

    def of(self, user: Any) -> Self:
        """Present memberships of `user`."""
        return self.present().filter(user_id=user.pk)

    def may_sign_for(self, user: Any) -> Self:
        """Memberships through which `user` may sign today; open for reading, being one's own.

        A representative with a mandate (given by whom, when), of an organization whose vetting
        holds today. Asked three times for each signature, so without the conditions of
        `visible_to`, of which being one's own is the first.
        """
        if person(user) is None:
            return self.none()
        return self.unguarded("one's own").filter(
            vetted_now("organization__"),
            user_id=user.pk,
            ended_at__isnull=True,
            role=MemberRole.REPRESENTATIVE,
            mandate_on__isnull=False,
        )


class InvitationQuerySet(GuardedQuerySet):
    """Invitations: seen by representatives of the organization."""

    def restrict(self, viewer: Viewer) -> Self:
        """Invitations of organizations that the viewer represents."""
        user = person(viewer)
        if user is None:
            return self.none()
        return self.filter(representative_of(user, "organization_id"))

    def open(self) -> Self:
        """Invitations that can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
