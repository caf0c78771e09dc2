"""What the roof keeps: the numbers that everyone may read, as they were counted last."""

from __future__ import annotations

from typing import Self, cast

from django.db import models


class FiguresQuerySet(models.QuerySet):
    """Numbers of the public."""

    def standing(self) -> Self:
        """Return the numbers that stand; empty before the first count."""
        return self.order_by("-day")[:1]

    def newest(self) -> PublicFigures | None:
        """Return the numbers that stand, or None before the first count."""
        return cast("PublicFigures | None", self.standing().first())

    def made_since(self, moment: object) -> Self:
        """Keep what was counted after `moment`."""
        return self.filter(made_at__gt=moment)


class PublicFigures(models.Model):
    """One count: protected before it is stored, so that nothing here has to be kept from anybody.

    `numbers` gives for each cell a multiple of five, 0 where it holds too few to show, or null.
    `answer_days`: within how many days half of the published answers came; null where too few.
    """

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    numbers = models.JSONField()
    answer_days = models.PositiveIntegerField(null=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        db_table = "portal_public_figures"

    def __str__(self) -> str:
        return f"public figures of {self.day}"
