"""Reads of what hangs on a delivered letter. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import ReplyState
from letters.querysets.parts import SeenWithLetterQuerySet


class AskQuerySet(GuardedQuerySet):
    """Asks that were marked in letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """An ask is seen by whoever may see both its letter and its recommendation: the Office
        within reach of its level; who signed or coordinates the letter, as long as it stands;
        everyone, once it was answered and where the letter is public."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        items = apps.get_model("recommendations", "Recommendation").objects.visible_to(viewer)
        return self.filter(
            Exists(letters.filter(pk=OuterRef("letter_id"))),
            Exists(items.filter(pk=OuterRef("recommendation_id"))),
        )

    def of(self, letter: Any) -> Self:
        """Keep the asks of `letter`."""
        return self.filter(letter=letter)

    def standing(self) -> Self:
        """Keep the asks that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def became(self, recommendation: Any) -> Self:
        """Keep the ask that became this recommendation."""
        return self.filter(recommendation=recommendation)

    def with_recommendation(self) -> Self:
        """Bring along what is asked, of whom, and who answers it."""
        joined = ("addressee", "action_asked", "owner")
        return self.select_related(*(f"recommendation__{name}" for name in joined))

    def in_order(self) -> Self:
        """Order as they were marked."""
        return self.order_by("position", "pk")


class DeliveryStepQuerySet(SeenWithLetterQuerySet):
    """Steps that were taken with a delivered letter."""

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
