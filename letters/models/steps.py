"""What happened to a letter after it was delivered: one row a step, with who took it and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.enums import AT_THE_OFFICE, LetterState
from letters.querysets import DeliveryStepQuerySet

STATES = [(state.value, state.label) for state in AT_THE_OFFICE]


class DeliveryStep(GuardedModel):
    """A state that a letter reached at the Office. Rows are only added: a letter that was answered
    and is taken up again has both."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=STATES)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: the letter itself, or the operator's command
    reason = models.TextField(blank=True)  # of closing without an answer; its signatories read it
    file_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, at delivery

    objects = DeliveryStepQuerySet.as_manager()

    class Meta:
        db_table = "letters_delivery_step"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AT_THE_OFFICE), name="a_delivery_step_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.NO_ANSWER) | ~Q(reason=""),
                name="no_answer_has_a_reason",
            ),
        ]
