"""Every state of a letter's public list since it became final: its number, fingerprint and counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.enums import ListReason
from letters.querysets import ListVersionQuerySet


class ListVersion(GuardedModel):
    """One version of the public list. Never changes: a trigger refuses UPDATE and DELETE.

    It holds no name and knows of no name that is not public: versions are numbered by changes of
    the public list alone, or a gap would tell of somebody who stays hidden.
    """

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="list_versions"
    )
    number = models.PositiveIntegerField()
    text = models.ForeignKey("letters.FrozenText", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=12, choices=ListReason.choices)
    sha256 = models.CharField(max_length=64)  # of the canonical form of the public list
    organizations = models.PositiveIntegerField()
    individuals = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField(default=0)  # names not public, as printed: 0 below five

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        db_table = "letters_list_version"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "number"], name="versions_of_a_list_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="list_fingerprint_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ListReason.values), name="list_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(withheld=0) | Q(withheld__gte=5), name="no_small_number_is_withheld"
            ),
        ]
