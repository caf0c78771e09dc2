"""Reads of invitations to sign, and of what people without an account asked for."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from letters.querysets.parts import OfALetterQuerySet
from organizations.querysets.parts import member_of, representative_of, rows


class SignOnInvitationQuerySet(OfALetterQuerySet):
    """Invitations to sign; seen by the coordinators of the letter and by who is invited."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep those of letters that the viewer coordinates, and those to the viewer: to the own
        organization, as any member of it, or to the expert."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        own = rows("Expert").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        return self.filter(
            Q(self.coordinated_by(user)) | Q(member_of(user, "organization_id")) | Q(Exists(own))
        )

    def standing(self) -> Self:
        """Keep those that the coordinators did not take back, declined or not."""
        return self.filter(taken_back_at__isnull=True)

    def not_declined(self) -> Self:
        """Keep those that nobody declined."""
        return self.filter(declined_at__isnull=True)

    def for_the_word_of(self, user: Any) -> Self:
        """Keep those that `user` answers: as a representative, or as the expert."""
        own = rows("Expert").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        return self.filter(Q(representative_of(user, "organization_id")) | Q(Exists(own)))

    def with_the_invited(self) -> Self:
        """Bring along who is invited."""
        return self.select_related("organization", "expert")


class SignOnRequestQuerySet(OfALetterQuerySet):
    """What people without an account asked for; coordinators see those that were held."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep, of the letters that the viewer coordinates, what was held and not confirmed."""
        if isinstance(viewer, SystemActor):
            return self.all()
        seen = super().restrict(viewer)
        return seen.filter(held_at__isnull=False, confirmed_at__isnull=True)

    def to_release(self) -> Self:
        """Keep those that were held and that nobody let through."""
        return self.filter(held_at__isnull=False, released_at__isnull=True, sealed__isnull=False)
