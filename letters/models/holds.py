"""Legal holds: what stands under a letter is not forgotten as long as one stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class LegalHold(models.Model):
    """An order to keep all that belongs to a letter: who gave it, why, since when, until when."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=300)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "letters_legal_hold"
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_hold_stands_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="who_lifts_a_hold_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
