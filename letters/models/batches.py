"""Names that were pasted or came with a letter, before a person has looked at them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.confidentiality import Level
from foundation.confidentiality.models import GuardedModel
from letters.enums import DOUBTFUL, BatchState, Method
from letters.models.signatories import SIGNATORY_LEVELS, NamedLine
from letters.querysets import BatchLineQuerySet, BatchQuerySet


class SignatoryBatch(GuardedModel):
    """One paste, as it was pasted. Committed whole; taken back whole; never deleted."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="batches")
    source = models.TextField()
    left_out = models.JSONField(default=list)  # [{"line": …, "why": …}]: text that is no signatory
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.ENTERED)
    level = models.PositiveSmallIntegerField(choices=SIGNATORY_LEVELS, default=Level.OFFICE)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.REVIEW)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        db_table = "letters_batch"


class BatchLine(NamedLine, GuardedModel):
    """One parsed line of a batch: the original beside its parts, and how sure the parser is."""

    batch = models.ForeignKey(SignatoryBatch, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    confidence = models.FloatField()
    doubts = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    keep = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        db_table = "letters_batch_line"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_line_a_position"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="confidence_is_a_share"
            ),
        ]

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a person must look at this line before it is added."""
        return self.keep and not self.edited and self.confidence < DOUBTFUL
