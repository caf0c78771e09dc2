"""A wave of names that was set apart: by whom, why, by which conditions; and how it was undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.querysets import InvalidationQuerySet


class Invalidation(GuardedModel):
    """Names that a coordinator took out of every list at once. The rows stay, each says which
    invalidation holds it, and undoing brings all of them back.

    `conditions`: what was asked for (actions/invalidating.py, Conditions); a mail domain as a keyed
    hash. `names`: how many it held when it was made, the number that was shown before.
    """

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="invalidations"
    )
    conditions = models.JSONField()
    reason = models.CharField(max_length=300)
    names = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reverted_at = models.DateTimeField(null=True, blank=True)
    revert_reason = models.CharField(max_length=300, blank=True)

    objects = InvalidationQuerySet.as_manager()

    class Meta:
        db_table = "letters_invalidation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(names__gte=1), name="an_invalidation_holds_names"
            ),
            models.CheckConstraint(
                condition=models.Q(reverted_at__isnull=True, reverted_by__isnull=True)
                | models.Q(reverted_at__isnull=False, reverted_by__isnull=False),
                name="who_undoes_an_invalidation_is_known",
            ),
        ]

    @property
    def is_reverted(self) -> bool:
        """Tell whether its names stand again."""
        return self.reverted_at is not None
