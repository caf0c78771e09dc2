"""Reads of what hangs on a delivered letter, chainable. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef

from foundation.confidentiality import SystemActor, Viewer
from foundation.confidentiality.guard import GuardedQuerySet


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
