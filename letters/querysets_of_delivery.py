"""Reads of what hangs on a delivered letter, chainable. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import AT_THE_OFFICE, ReplyState


class RegisterQuerySet(GuardedQuerySet):
    """The register of letters, as a part of the letters' queryset."""

    def listed(self) -> Self:
        """Keep the letters that both sides put on the register: delivered, and public."""
        return self.filter(
            state__in=AT_THE_OFFICE,
            level=Level.PUBLIC,
            network_lists_at__isnull=False,
            office_lists_at__isnull=False,
        )

    def delivered_in(self, year: int) -> Self:
        """Keep the letters that were delivered in this year."""
        return self.filter(delivered_at__year=year)

    def titled(self, words: str) -> Self:
        """Keep the letters whose subject holds each of the words, in whatever order."""
        found = self
        for word in words.split():
            found = found.filter(subject__icontains=word)
        return found


class DeliveryStepQuerySet(GuardedQuerySet):
    """Steps that were taken with a delivered letter."""

    def restrict(self, viewer: Viewer) -> Self:
        """Seen with their letter."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        return self.filter(Exists(letters.filter(pk=OuterRef("letter_id"))))

    def of(self, letter: Any) -> Self:
        """Keep the steps of `letter`, the first one first."""
        return self.filter(letter=letter).order_by("at", "pk")


class ReplyQuerySet(GuardedQuerySet):
    """Replies of the Office to letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """A filed reply is seen with its letter; one in work by the officers who work on the letter
        and have no stake in it."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        seen = Q(state=ReplyState.FILED) & Q(Exists(letters.filter(pk=OuterRef("letter_id"))))
        user = person(viewer)
        if user is not None and user.is_office:
            desk = letters.for_the_desk(user)
            seen |= Q(Exists(desk.filter(pk=OuterRef("letter_id"))))
        return self.filter(seen)

    def of(self, letter: Any) -> Self:
        """Keep the replies to `letter`, the newest first."""
        return self.filter(letter=letter).order_by("-number")

    def filed(self) -> Self:
        """Keep those that went out."""
        return self.filter(state=ReplyState.FILED)

    def in_work(self) -> Self:
        """Keep those that did not go out yet: one a letter at most."""
        return self.exclude(state=ReplyState.FILED)

    def without_file(self) -> Self:
        """Leave the encrypted PDF where it is: pages say that there is one, and how large."""
        return self.defer("pdf")
