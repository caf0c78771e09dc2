"""What this room forgets by itself, and the legal hold that keeps it from that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import SystemActor
from foundation.confidentiality.forgetting import Job, register_job
from letters.models import BatchLine, LegalHold, SignatoryBatch

NIGHT = SystemActor("retention")
TWO_YEARS = timedelta(days=730)


def held_by(letter: str) -> Any:
    """Return what keeps the rows whose letter (`letter`, a lookup of its id) stands under a hold."""

    def held(rows: Any) -> Any:
        standing = LegalHold.objects.filter(letter=OuterRef(letter), lifted_at=None)
        return rows.filter(Exists(standing))

    return held


def _batches() -> Any:
    """Pasted text of letters that were closed two years ago."""
    batches = SignatoryBatch.objects.visible_to(NIGHT).exclude(sealed=None)
    return batches.filter(letter__closed_at__lt=timezone.now() - TWO_YEARS)


def _lines() -> Any:
    """Lines of such batches; a committed one stands as a name of its own."""
    lines = BatchLine.objects.visible_to(NIGHT).exclude(sealed=None)
    return lines.filter(batch__letter__closed_at__lt=timezone.now() - TWO_YEARS)


register_job(
    Job(
        "letters.pasted_text",
        _("Text that was pasted as a list of names is emptied two years after the letter closed."),
        _batches,
        lambda rows: rows.update(sealed=None),
        held_by("letter_id"),
    )
)
register_job(
    Job(
        "letters.pasted_lines",
        _("Its lines, as they were read, are emptied two years after the letter was closed."),
        _lines,
        lambda rows: rows.update(sealed=None),
        held_by("batch__letter_id"),
    )
)
