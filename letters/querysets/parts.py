"""Parts that the reads of this room are made of."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.secrecy import own_names
from organizations.querysets.parts import coordinates, rows, vetted_now


def rows_of(model: str) -> Any:
    """Return the unread queryset of a model of this room, for use inside EXISTS."""
    return apps.get_model("letters", model)._base_manager.all()


def signed(user: Any, outer: str) -> Q:
    """`user` signed the letter in column `outer`, in whatever mode, and did not take it back."""
    names = rows_of("Signatory").filter(letter=OuterRef(outer), signed_by=user.pk)
    openly = Q(Exists(names.filter(withdrawn_at__isnull=True)))
    return openly | Q(**{f"{outer}__in": own_names(user).signed_letters})


def belongs_to_network(user: Any, outer: str = "network_id") -> Exists:
    """`user` belongs to a vetted member organization of the network in column `outer`."""
    members = rows("NetworkMembership").filter(
        network=OuterRef(outer),
        ended_at__isnull=True,
        confirmed_at__isnull=False,
        accepted_at__isnull=False,
    )
    own = rows("Membership").filter(
        vetted_now("organization__"),
        organization=OuterRef("organization_id"),
        user_id=user.pk,
        ended_at__isnull=True,
    )
    return Exists(members.filter(Exists(own)))


class OfALetterQuerySet(GuardedQuerySet):
    """Rows of a letter (column `letter`) that its coordinators see, and nobody else."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the rows of letters that the viewer coordinates."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        return self.none() if user is None else self.filter(self.coordinated_by(user))

    def coordinated_by(self, user: Any) -> Exists:
        """The letter of the row is one that `user` coordinates; for use inside `filter`."""
        letters = rows_of("Letter")
        return Exists(letters.filter(coordinates(user, "network_id"), pk=OuterRef("letter_id")))

    def of(self, letter: Any) -> Self:
        """Keep the rows of `letter`."""
        return self.filter(letter=letter)


class SeenWithLetterQuerySet(GuardedQuerySet):
    """Rows of a letter (column `letter`) that are seen by whoever may see the letter."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the rows of letters that the viewer may see."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        return self.filter(Exists(letters.filter(pk=OuterRef("letter_id"))))


class ForTheClockQuerySet(GuardedQuerySet):
    """Rows that the portal keeps for itself; nobody sees them."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep all for a part of the system, nothing for anybody."""
        return self.all() if isinstance(viewer, SystemActor) else self.none()
