"""Names that were pasted or came with a letter, before a person has looked at them.

Nobody has said yet that these names may be public: all of them lie encrypted, whatever becomes of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from foundation.confidentiality.models import GuardedModel
from letters import secrecy
from letters.enums import DOUBTFUL, BatchState, Method, Mode
from letters.models.lines import NamedLine
from letters.querysets import BatchLineQuerySet, BatchQuerySet


class SignatoryBatch(GuardedModel):
    """One paste, as it was pasted. Committed whole; taken back whole; never deleted."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="batches")
    sealed = models.BinaryField(null=True, editable=False)  # what was pasted; NULL: forgotten
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.ENTERED)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.OFFICE)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.REVIEW)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    forgotten_at = models.DateTimeField(null=True, editable=False)  # by retention: it is empty

    objects = BatchQuerySet.as_manager()

    class Meta:
        db_table = "letters_batch"

    def close(
        self, *, source: str, left_out: Sequence[dict[str, str]] = (), evidence: str = ""
    ) -> None:
        """Seal the text as it was pasted, `left_out`: [{"line": …, "why": …}], and by what the
        coordinators know that these sign."""
        facts = {"source": source, "left_out": list(left_out), "evidence": evidence}
        self.sealed = secrecy.seal(self, facts)
        self.__dict__.pop("_facts", None)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return secrecy.unseal(self)

    @property
    def source(self) -> str:
        """Return the text as it was pasted."""
        return str(self._facts.get("source", ""))

    @property
    def evidence(self) -> str:
        """Return by what the coordinators know that these sign; "" where they did not say."""
        return str(self._facts.get("evidence", ""))

    @property
    def left_out(self) -> list[dict[str, str]]:
        """Return the lines that were not read as a signatory, each with the reason."""
        found: list[dict[str, str]] = self._facts.get("left_out", [])
        return found


class BatchLine(NamedLine, GuardedModel):
    """One parsed line of a batch: the original beside its parts, and how sure the parser is."""

    batch = models.ForeignKey(SignatoryBatch, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    confidence = models.FloatField()
    keep = models.BooleanField(default=True)
    # The line says the same as another one of the batch, or as a name that stands already.
    joined_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    joined_name = models.ForeignKey(
        "letters.Signatory", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    version = models.PositiveIntegerField(default=0)

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        db_table = "letters_batch_line"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_line_a_position"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="confidence_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(raw="", person="", organization_name=""),
                name="a_pasted_line_is_sealed",
            ),
        ]

    doubts: Sequence[str] = ()  # what the reader was not sure of, in words; sealed with the parts

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **more: Any) -> Self:
        """Open the line: only the letter's coordinators and the system ever read one."""
        line = super().from_db(db, field_names, values, **more)
        if "sealed" in field_names:
            line.open()
        return line

    def open(self) -> dict[str, Any]:
        """As NamedLine.open; the doubts too."""
        facts = super().open()
        self.doubts = facts.get("doubts", [])
        return facts

    def close(self, **more: Any) -> None:
        """As NamedLine.close; the doubts too."""
        super().close(doubts=list(self.doubts), **more)

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a person must look at this line before it is added."""
        return self.keep and not self.edited and self.confidence < DOUBTFUL
