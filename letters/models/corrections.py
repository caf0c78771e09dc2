"""A correction of a fixed text while it is drafted, and translations of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.confidentiality.models import GuardedModel
from letters.models.texts import DraftedText, FrozenText
from letters.querysets import CorrectionQuerySet, TranslationQuerySet


class Correction(DraftedText, GuardedModel):
    """The draft of text N+1, while text N stays in force and may be signed."""

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField(max_length=500)  # what changes and why; told to those who signed
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # made, or dropped
    text = models.ForeignKey(
        FrozenText, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # what came of it
    version = models.PositiveIntegerField(default=0)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        db_table = "letters_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(ended_at__isnull=True),
                name="one_correction_of_a_letter_is_under_way",
            ),
            models.CheckConstraint(
                condition=Q(text__isnull=True) | Q(ended_at__isnull=False),
                name="a_correction_that_was_made_has_ended",
            ),
        ]


class Translation(DraftedText, GuardedModel):
    """The draft of a translation: a text of its own in another language. `written_by` is who
    changed it last; each change is a `Revision` with its author."""

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="translations"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=0)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        db_table = "letters_translation"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language"], name="one_translation_a_language"
            )
        ]
