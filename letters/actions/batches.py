"""Names that are pasted: one batch, reviewed line by line, added whole, taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.fields import why_no_name
from foundation.web.forms import claim_version
from foundation.workflow import Refused, WrongState
from letters.actions.parts import lock, must_coordinate, take_off
from letters.enums import TAKES_NAMES, BatchState, Method, Source
from letters.models import BatchLine, Letter, Signatory, SignatoryBatch
from letters.models.lines import PARTS as ALL_PARTS
from letters.reading import ReadLetter, read_letter
from letters.reading.tables import explain_table
from letters.signatories import Explanation, ParsedSignatory, explain

Read = Explanation | ReadLetter  # both hold `signatories` and what was `left_out`

# What a person corrects of a line; the line as it was pasted stays.
PARTS = tuple(name for name in ALL_PARTS if name not in ("raw", "edited"))


READERS: dict[Source, Callable[[str], Read]] = {
    Source.LIST: explain,
    Source.TABLE: explain_table,
    Source.LETTER: read_letter,
}


class NoNames(Refused):
    """The pasted text holds no line that reads like a signatory."""


@transaction.atomic
def add_batch(
    *,
    letter: Letter,
    source: str,
    mode: str,
    by: Any,
    what: str = Source.LIST,
    evidence: str = "",
) -> SignatoryBatch:
    """Parse pasted text into a batch that waits for review. Raises NoNames, NotYours, WrongState.

    `what`: a `Source`. `evidence`: by what the coordinators know that these sign, in their words
    or as a forwarded mail; kept, sealed, with the batch.
    """
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    _must_take_names(letter)
    found = READERS[Source(what)](source)
    batch = fill_batch(
        letter, source=source, found=found, method=Method.ENTERED, mode=mode, by=by,
        evidence=evidence,
    )  # fmt: skip
    record("letters.names_pasted", letter, by=by, batch=batch.pk, lines=batch_size(batch))
    return batch


def fill_batch(
    letter: Letter,
    *,
    source: str,
    found: Read,
    method: str,
    mode: str,
    by: Any,
    evidence: str = "",
) -> SignatoryBatch:
    """Make a batch of the signatories that were `found` in `source`; the caller holds the lock."""
    if not found.signatories:
        raise NoNames(_("No line of this text reads like a signatory."))
    batch = SignatoryBatch(letter=letter, method=method, mode=mode, created_by=by)
    left_out = [{"line": item.line, "why": item.reason} for item in found.left_out]
    batch.close(source=source, left_out=left_out, evidence=evidence)
    batch.save()
    BatchLine.objects.bulk_create(
        _as_line(batch, position, item) for position, item in enumerate(found.signatories, start=1)
    )
    return batch


def batch_size(batch: SignatoryBatch) -> int:
    """Return the number of lines in the batch."""
    return BatchLine.objects.unguarded("a number for the log").filter(batch=batch).count()


@transaction.atomic
def correct_line(*, line: BatchLine, version: int, by: Any, **parts: Any) -> BatchLine:
    """Correct the parts of a parsed line; the line as pasted stays. Raises EditConflict."""
    batch = _lock_batch(line.batch, by)
    claim_version(line, version)
    for name in PARTS:
        setattr(line, name, parts[name])
    line.edited = True
    line.keep = True
    line.close()
    line.save()
    line.open()
    record("letters.line_corrected", batch.letter, by=by, batch=batch.pk, line=line.position)
    return line


@transaction.atomic
def keep_line(*, line: BatchLine, keep: bool, by: Any) -> BatchLine:
    """Leave a line out of the letter, or take it in again."""
    _lock_batch(line.batch, by)
    line.keep = keep
    line.joined_with = line.joined_name = None
    line.save(update_fields=["keep", "joined_with", "joined_name"])
    return line


@transaction.atomic
def join_line(
    *, line: BatchLine, by: Any, other: BatchLine | None = None, name: Signatory | None = None
) -> BatchLine:
    """Say that a line means the same signatory as another line of its batch, or as a name that
    stands under the letter. Its row stays, with what it was joined with; it is printed once.

    Raises WrongState, NotYours, and Refused where the other is of another letter, is the line
    itself, or is left out.
    """
    batch = _lock_batch(line.batch, by)
    line = BatchLine.objects.unguarded("locked by its letter").get(pk=line.pk)
    fits = (
        other is not None and other.batch_id == batch.pk and other.pk != line.pk and other.keep
    ) or (name is not None and name.letter_id == batch.letter_id and name.withdrawn_at is None)
    if not fits:
        raise Refused(_("These two cannot be joined."))
    line.keep, line.joined_with, line.joined_name = False, other, name
    line.save(update_fields=["keep", "joined_with", "joined_name"])
    record("letters.line_joined", batch.letter, by=by, batch=batch.pk, line=line.position)
    return line


@transaction.atomic
def commit_batch(*, batch: SignatoryBatch, by: Any) -> int:
    """Put the kept lines of a batch under the letter; return how many."""
    batch = _lock_batch(batch, by)
    lines = list(
        BatchLine.objects.unguarded("the coordinator adds the whole batch")
        .filter(batch=batch, keep=True)
        .as_pasted()
    )
    if not lines:
        raise NoNames(_("Every line of this batch is left out: there is nothing to add."))
    _must_be_names(lines)
    names = Signatory.objects.unguarded("where the new names follow").of(batch.letter)
    last = names.filter(method__in=(Method.ENTERED, Method.IMPORTED)).aggregate(Max("position"))
    start = last["position__max"] or 0
    Signatory.objects.bulk_create(
        _as_signatory(batch, start + offset, line) for offset, line in enumerate(lines, start=1)
    )
    batch.state = BatchState.COMMITTED
    batch.save(update_fields=["state"])
    record("letters.names_added", batch.letter, by=by, batch=batch.pk, names=len(lines))
    return len(lines)


@transaction.atomic
def undo_batch(*, batch: SignatoryBatch, by: Any) -> SignatoryBatch:
    """Take a batch back: its names leave the letter, its rows stay with the reason."""
    letter = lock(batch.letter_id)
    must_coordinate(by, letter)
    _must_take_names(letter)
    batch = SignatoryBatch.objects.unguarded("locked by its letter").get(pk=batch.pk)
    if batch.state == BatchState.UNDONE:
        raise WrongState(_("This batch was taken back already."))
    names = Signatory.objects.unguarded("the whole batch leaves").filter(batch=batch).standing()
    count = names.update(withdrawn_at=timezone.now())  # by whom and why: the log says it
    batch.state = BatchState.UNDONE
    batch.save(update_fields=["state"])
    record("letters.batch_undone", letter, by=by, batch=batch.pk, names=count)
    return batch


@transaction.atomic
def remove_name(*, signatory: Signatory, reason: str, by: Any) -> Signatory:
    """Take a name that the coordinators entered off the letter; the row stays with the reason.

    A name that was signed here belongs to who signed: only that person takes it back.
    """
    letter = lock(signatory.letter_id)
    must_coordinate(by, letter)
    _must_take_names(letter)
    if signatory.was_signed_here:
        raise Refused(_("This name was signed here. Only who signed it can take it back."))
    if signatory.withdrawn_at is not None:
        raise WrongState(_("This name was taken off already."))
    take_off(signatory, reason, by)
    record("letters.name_removed", letter, by=by, signatory=signatory.pk)
    return signatory


def _must_be_names(lines: list[BatchLine]) -> None:
    """Raise NoNames where a line would print an address of the web, or a formula."""
    bad = {line.position: why for line in lines if (why := _why_no_name(line))}
    if bad:
        places = ", ".join(map(str, bad))
        raise NoNames(
            _("Line %(lines)s: %(why)s") % {"lines": places, "why": next(iter(bad.values()))}
        )


def _why_no_name(line: BatchLine) -> str:
    """Return why the line cannot be printed, "" where it can. A dash before it is a bullet."""
    texts = [line.display_line().lstrip("-\u2013\u2014 "), *(getattr(line, name) for name in PARTS)]
    return next(filter(None, (why_no_name(text) for text in texts if isinstance(text, str))), "")


def _must_take_names(letter: Letter) -> None:
    if letter.state not in TAKES_NAMES:
        raise WrongState(_("The list of this letter is final."))


def _lock_batch(batch: SignatoryBatch, by: Any) -> SignatoryBatch:
    """Lock the batch's letter and return the batch; it must still be in review."""
    letter = lock(batch.letter_id)
    must_coordinate(by, letter)
    _must_take_names(letter)
    batch = SignatoryBatch.objects.unguarded("locked by its letter").get(pk=batch.pk)
    if batch.state != BatchState.REVIEW:
        raise WrongState(_("This batch is no longer in review."))
    batch.letter = letter
    return batch


def _as_line(batch: SignatoryBatch, position: int, item: ParsedSignatory) -> BatchLine:
    line = BatchLine(
        batch=batch,
        position=position,
        raw=item.raw,
        kind=item.kind,
        honorific=item.honorific[:60],
        person=item.person[:200],
        role=item.role[:300],
        organization_name=item.organization[:300],
        acronym=item.acronym[:40],
        countries=list(item.countries),
        place_as_stated=item.place_as_stated[:200],
        capacity=item.capacity,
        affiliation_only=item.affiliation_only,
        confidence=item.confidence,
    )
    line.doubts = [note[:200] for note in item.notes]
    line.close()
    return line


def _as_signatory(batch: SignatoryBatch, position: int, line: BatchLine) -> Signatory:
    name = Signatory(
        letter=batch.letter,
        batch=batch,
        method=batch.method,
        mode=batch.mode,
        position=position,
        text_id=batch.letter.frozen_id,
        **line.parts(),
    )
    if not (name.person or name.organization_name):
        name.organization_name = " ".join(line.raw.split())[:300]
    if name.is_hidden:
        name.hide()
    return name
