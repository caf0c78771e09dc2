"""The abstract base of every model that not everyone may see."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from foundation.confidentiality.guard import reading_unguarded


class GuardedModel(models.Model):
    """A row with an unguessable id, whose `objects` is a guarded manager.

    A subclass says `objects = ItsQuerySet.as_manager()` with a `GuardedQuerySet`.
    `__str__` gives kind and id: it ends up in logs, admin and error pages, where no name belongs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {str(self.pk)[:8]}"

    def validate_unique(self, exclude: Any = None) -> None:
        """Check uniqueness over all rows; a clash never tells what it clashed with."""
        with reading_unguarded("uniqueness is a fact about all rows"):
            super().validate_unique(exclude=exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check the constraints over all rows."""
        with reading_unguarded("constraints are facts about all rows"):
            super().validate_constraints(exclude=exclude)


class ReferencedModel(GuardedModel):
    """A guarded row that people call by its `reference` (a unique field whose default draws one)."""

    reference: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Draw again where the code is taken: among 100,000 of them, one in 7,000 draws is."""
        if self._state.adding:
            field: Any = self._meta.get_field("reference")
            rows: Any = type(self)._default_manager
            rows = rows.unguarded("whether a code is taken is a fact about all rows")
            while rows.filter(reference=self.reference).exists():
                self.reference = field.get_default()
        super().save(*args, **kwargs)
