"""A correction of a fixed text: drafted beside it, approved, fixed as the next one, signed anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.approving import must_be_approved, tell_of_void_approvals
from letters.actions.parts import lock, must_be_complete, must_not_be_paused
from letters.actions.texts import freeze, keep_revision
from letters.actions.translating import fix_approved_translations
from letters.enums import ApprovedStep
from letters.models import TEXT_FIELDS, Approval, Correction, Letter
from letters.notifications import tell_coordinators, tell_signatories
from letters.rules import fingerprint_to_approve
from letters.text import fingerprint
from letters.transitions import LETTER

WHY = "an action looks at the corrections of the letter that it holds"
STEP = ApprovedStep.CORRECT


@transaction.atomic
def begin_correction(*, letter: Letter, reason: str, by: Any) -> Correction:
    """Begin to correct a fixed text, from its own words; it stays in force meanwhile. `reason` is
    told to those who signed it. NotYours, WrongState, Refused (paused, imported, under way)."""
    letter = lock(letter.pk)
    LETTER.check(letter, STEP, by=by)
    must_not_be_paused(letter)
    _must_be_ours(letter)
    if Correction.objects.unguarded(WHY).of(letter).under_way().exists():
        raise Refused(_("A correction of this letter is under way already."))
    correction = Correction(letter=letter, reason=reason, begun_by=by)
    correction.take_words(letter.text())
    correction.save(force_insert=True)
    # A translation that was half approved was one of the earlier text.
    pending = Approval.objects.unguarded(WHY).of(letter)
    pending.filter(step=ApprovedStep.TRANSLATE, used_at=None).update(used_at=timezone.now())
    record("letters.correction_begun", letter, by=by, correction=correction.pk)
    tell_coordinators(letter, "letters.correction_begun", but=by, dedupe=str(correction.pk))
    return correction


@transaction.atomic
def edit_correction(
    *, correction: Correction, version: int, by: Any, summary: str = "", **fields: Any
) -> Correction:
    """Save the draft of a correction. Raises NotYours, WrongState, EditConflict."""
    letter = lock(correction.letter_id)
    LETTER.check(letter, STEP, by=by)
    correction = _under_way(correction)
    claim_version(correction, version)
    before = fingerprint_to_approve(letter, STEP)
    for name, value in fields.items():
        if name not in (*TEXT_FIELDS, "reason") or name == "language":
            raise NotYours(_("You may not do this."))
        setattr(correction, name, value)
    correction.save()
    keep_revision(letter, correction.drafted_text(), by=by, summary=summary)
    record("letters.correction_edited", letter, by=by, version=correction.version)
    tell_of_void_approvals(letter, STEP, before, by)
    return correction


@transaction.atomic
def drop_correction(*, correction: Correction, by: Any) -> Correction:
    """Give a correction up; the text in force stays as it is. NotYours, WrongState."""
    letter = lock(correction.letter_id)
    LETTER.check(letter, STEP, by=by)
    correction = _under_way(correction)
    correction.ended_at = timezone.now()
    correction.save(update_fields=["ended_at"])
    record("letters.correction_dropped", letter, by=by, correction=correction.pk)
    return correction


@transaction.atomic
def correct(*, letter: Letter, by: Any) -> Letter:
    """Fix the corrected text and put it in force. Everyone who signed the earlier one is told and
    asked again: their rows stay under the text that they signed, and nobody is carried over. A
    letter that was closed is open again. Waits for everyone who is signing at this moment.

    Raises NotYours, WrongState, NotReady, NotApproved, and Refused while the letter is paused.
    """
    letter = lock(letter.pk)
    LETTER.move(letter, STEP, by=by)
    _must_be_ours(letter)
    correction = Correction.objects.unguarded(WHY).of(letter).under_way().first()
    if correction is None:
        raise WrongState(_("No correction is under way. Begin one and write the corrected text."))
    _must_be_another_text(letter, correction)
    must_be_complete(letter, correction, notes=True)
    must_be_approved(letter, STEP, by)
    text = correction.drafted_text()
    frozen = freeze(letter, text, by=by)
    # Told under the earlier text: afterwards they stand under none.
    tell_signatories(letter, "letters.corrected", dedupe=str(frozen.pk))
    letter.take_words(text)
    letter.frozen, letter.closed_at = frozen, None
    letter.version += 1
    if letter.is_past_deadline:
        letter.deadline = None  # closed by hand, once those who are asked again have answered
    letter.save()
    correction.text, correction.ended_at = frozen, timezone.now()
    correction.save(update_fields=["text", "ended_at"])
    record("letters.corrected", letter, by=by, sha256=frozen.sha256, number=frozen.number)
    fix_approved_translations(letter, by=by)
    tell_coordinators(letter, "letters.text_corrected", but=by, dedupe=str(frozen.pk))
    return letter


def _must_be_ours(letter: Letter) -> None:
    """Raise WrongState for an imported letter: it was sent as it is."""
    if letter.imported:
        raise WrongState(_("This letter is imported: it was sent as it stands here."))


def _must_be_another_text(letter: Letter, correction: Correction) -> None:
    """Raise Refused where the correction says what the text in force says."""
    sha256 = fingerprint(correction.drafted_text().canonical())
    if letter.frozen is not None and sha256 == letter.frozen.sha256:
        raise Refused(_("The corrected text says the same as the one that is signed."))


def _under_way(correction: Correction) -> Correction:
    """Return the correction as it stands; WrongState when it has ended."""
    found = Correction.objects.unguarded(WHY).under_way().filter(pk=correction.pk).first()
    if found is None:
        raise WrongState(_("This correction was made or dropped already."))
    return found
