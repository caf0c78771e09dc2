"""Reads of requests to see a name that is not counted. Every read starts with `visible_to`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.enums import StaffRole
from foundation.confidentiality import SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import AT_THE_OFFICE, UnsealingSide
from letters.querysets.parts import rows_of, signed
from letters.secrecy import own_names
from organizations.querysets.parts import coordinates

WAITS_FOR = timedelta(days=7)


class UnsealingQuerySet(GuardedQuerySet):
    """Requests to see a name that is not counted."""

    def restrict(self, viewer: Viewer) -> Self:
        """Who asked or decided; the other side, who may decide: coordinators what the Office's
        approvers ask, approvers without a stake in the letter what coordinators ask; and whose
        name it is, once it was shown. Never an administrator."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        own = Q(signatory_id__in=own_names(user).rows, approved_at__isnull=False)
        if user.has_role(StaffRole.ADMINISTRATOR):
            return self.filter(own)
        rows = rows_of("Letter").filter(pk=OuterRef("letter_id"))
        led = Exists(rows.filter(coordinates(user, "network_id")))
        seen = own | Q(asked_by=user) | Q(approved_by=user) | Q(refused_by=user)
        seen |= Q(led, asked_as=UnsealingSide.APPROVER)
        if user.has_role(StaffRole.APPROVER):
            stake = Q(led) | signed(user, "letter_id")
            here = Exists(rows.filter(state__in=AT_THE_OFFICE))
            seen |= ~stake & Q(here, asked_as=UnsealingSide.COORDINATOR)
        return self.filter(seen)

    def of(self, letter: Any) -> Self:
        """Keep the requests about names under `letter`."""
        return self.filter(letter=letter)

    def waiting(self) -> Self:
        """Keep what nobody has decided and is not too old to be."""
        undecided = self.filter(approved_at__isnull=True, refused_at__isnull=True)
        return undecided.filter(asked_at__gt=Now() - WAITS_FOR)

    def decidable_by(self, user: Any) -> Self:
        """Keep what waits for a word of `user`, of the requests that the person may see."""
        own = Q(signatory_id__in=own_names(user).rows)
        return self.waiting().exclude(asked_by=user).exclude(own)

    def newest_first(self) -> Self:
        """Order by the moment of asking."""
        return self.order_by("-asked_at", "pk")
