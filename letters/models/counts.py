"""How many names stand under a letter, as a job counted them last."""

from __future__ import annotations

from django.db import models


class LetterCount(models.Model):
    """The numbers that everyone may read. Nobody's signing writes here: one job does, and what it
    stores has been made safe to show before (see actions/counting.py).

    `organizations` and `individuals` are names that everyone can read; `withheld` is 0, or the
    number of further names, five or more. `moved_at` says since when the numbers are these.
    """

    letter = models.OneToOneField(
        "letters.Letter", primary_key=True, on_delete=models.PROTECT, related_name="count"
    )
    organizations = models.PositiveIntegerField(default=0)
    individuals = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "letters_count"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withheld=0) | models.Q(withheld__gte=5),
                name="no_few_are_told_apart",
            )
        ]

    def __str__(self) -> str:
        return f"count of letter {self.pk}"

    @property
    def total(self) -> int:
        """Return the number of all names."""
        return self.organizations + self.individuals + self.withheld
