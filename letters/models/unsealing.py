"""A request to see one name that is not counted: one side asks, the other agrees, for half an hour."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality import vault
from foundation.confidentiality.models import GuardedModel
from letters.enums import UnsealingSide
from letters.querysets import WAITS_FOR, UnsealingQuerySet

SHOWN_FOR = timedelta(minutes=30)


class Unsealing(GuardedModel):
    """One request. It ends by being agreed to, by being refused, or after a week.

    The reason may name the person, so it lies sealed like the name itself.
    """

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="unsealings"
    )
    signatory = models.ForeignKey(
        "letters.Signatory", on_delete=models.PROTECT, related_name="unsealings"
    )
    sealed = models.BinaryField(editable=False)  # the reason, encrypted
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_as = models.CharField(max_length=12, choices=UnsealingSide.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)  # the name is shown up to here
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = UnsealingQuerySet.as_manager()

    class Meta:
        db_table = "letters_unsealing"
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_as__in=UnsealingSide.values), name="side_that_asks_is_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="nobody_agrees_to_their_own_request",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, until__isnull=True)
                | Q(
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    until__isnull=False,  # else the comparison is NULL, and a check lets that pass
                    until=F("approved_at") + SHOWN_FOR,
                ),
                name="a_name_is_shown_for_half_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(refused_by__isnull=True, refused_at__isnull=True)
                | Q(refused_by__isnull=False, refused_at__isnull=False, approved_by__isnull=True),
                name="a_request_is_agreed_to_or_refused",
            ),
        ]

    def put_reason(self, reason: str) -> None:
        """Seal why it is asked."""
        self.sealed = vault.encrypt(json.dumps(reason).encode(), **self._place())

    def reason(self) -> str:
        """Return why it is asked; for those who may see the request."""
        return str(json.loads(vault.decrypt(bytes(self.sealed), **self._place())))

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody may still agree or refuse."""
        decided = self.approved_at is not None or self.refused_at is not None
        return not decided and timezone.now() < self.asked_at + WAITS_FOR

    @property
    def is_open(self) -> bool:
        """Tell whether the name is shown at this moment."""
        return self.until is not None and timezone.now() < self.until

    @property
    def asked_by_side(self) -> str:
        """Return in words from which side the request came."""
        return str(UnsealingSide(self.asked_as).label)

    def concerns(self, user: Any) -> bool:
        """Tell whether the name is shown to `user`: who asked and who agreed, nobody else."""
        return user.pk is not None and user.pk in (self.asked_by_id, self.approved_by_id)

    def _place(self) -> dict[str, Any]:
        return {"table": self._meta.db_table, "column": "sealed", "row": self.pk}
