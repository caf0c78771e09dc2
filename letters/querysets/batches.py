"""Reads of pasted lists. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Self

from django.apps import apps

from foundation.confidentiality import Viewer
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import BatchState
from letters.querysets.parts import OfALetterQuerySet


class BatchQuerySet(OfALetterQuerySet):
    """Batches of pasted lines; seen by the coordinators of the letter only."""

    def in_review(self) -> Self:
        """Keep the batches that wait for a person."""
        return self.filter(state=BatchState.REVIEW)


class BatchLineQuerySet(GuardedQuerySet):
    """Lines of a batch; seen by the coordinators of the letter only."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the lines of batches that the viewer may see."""
        batches = apps.get_model("letters", "SignatoryBatch").objects.visible_to(viewer)
        return self.filter(batch__in=batches.values("pk"))

    def as_pasted(self) -> Self:
        """Order as the lines were pasted."""
        return self.order_by("position")
