"""What this room forgets by itself, and the legal hold that keeps it from that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import SystemActor
from foundation.confidentiality.forgetting import Job, register_job
from letters.models import BatchLine, LegalHold, NamedLine, SignatoryBatch

NIGHT = SystemActor("retention")
TWO_YEARS = timedelta(days=730)
REMOVED = "(removed)"


def held_by(letter: str) -> Any:
    """Return what keeps the rows whose letter (`letter`, a lookup of its id) stands under a hold."""

    def held(rows: Any) -> Any:
        standing = LegalHold.objects.filter(letter=OuterRef(letter), lifted_at=None)
        return rows.filter(Exists(standing))

    return held


def _batches() -> Any:
    """Lists that were pasted for letters that were closed two years ago."""
    batches = SignatoryBatch.objects.visible_to(NIGHT).filter(forgotten_at=None)
    return batches.filter(letter__closed_at__lt=timezone.now() - TWO_YEARS)


def _empty_batches(batches: Any) -> int:
    """Seal nothing in the place of what was pasted and of how it was read; a committed line stands
    as a name of its own."""
    emptied = list(batches)
    for line in BatchLine.objects.visible_to(NIGHT).filter(batch__in=emptied):
        blank = {field.name: field.get_default() for field in NamedLine._meta.fields}
        blank |= {"raw": REMOVED, "kind": line.kind}
        for name, value in blank.items():
            setattr(line, name, value)
        line.doubts = []
        line.close()
        line.save()
    for batch in emptied:
        batch.close(source="")
        batch.forgotten_at = timezone.now()
        batch.save(update_fields=["sealed", "forgotten_at"])
    return len(emptied)


register_job(
    Job(
        "letters.pasted_lists",
        _(
            "A pasted list, and how its lines were read, is emptied two years after its letter closed."
        ),
        _batches,
        _empty_batches,
        held_by("letter_id"),
    )
)
