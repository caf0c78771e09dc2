"""Translations: texts of their own, fixed when the leads approved them, signed by nobody."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.approving import put_approval, tell_leads, use_approvals
from letters.actions.parts import lock, must_be_complete, must_coordinate, must_not_be_paused
from letters.actions.texts import freeze, keep_revision
from letters.enums import ApprovedStep, LetterState
from letters.models import TEXT_FIELDS, Correction, FrozenText, Letter, Translation
from letters.notifications import tell_coordinators
from letters.rules import is_approved

WHY = "an action looks at the translations of the letter that it holds"
STEP = ApprovedStep.TRANSLATE


@transaction.atomic
def begin_translation(*, letter: Letter, language: str, by: Any) -> Translation:
    """Return the draft of a translation into `language`: an empty text, with what is not translated
    (addressee, place, date) as it stands in the letter. NotYours, Refused."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.state == LetterState.SET_ASIDE:
        raise WrongState(_("This draft was set aside."))
    if language == letter.language:
        raise Refused(_("The letter itself is written in this language."))
    rows = Translation.objects.unguarded(WHY).of(letter).in_language(language)
    if rows.exists():
        raise Refused(_("There is a translation into this language already."))
    translation = Translation(letter=letter, written_by=by)
    translation.take_words(letter.text())
    translation.language = language
    translation.body = translation.subject = translation.notes = ""
    translation.save(force_insert=True)
    record("letters.translation_begun", letter, by=by, language=language)
    return translation


@transaction.atomic
def edit_translation(
    *, translation: Translation, version: int, by: Any, summary: str = "", **fields: Any
) -> Translation:
    """Save the draft of a translation; its words change, what was fixed of it stays. Raises
    NotYours, EditConflict."""
    letter = lock(translation.letter_id)
    must_coordinate(by, letter)
    claim_version(translation, version)
    for name, value in fields.items():
        if name not in TEXT_FIELDS or name == "language":
            raise NotYours(_("You may not do this."))
        setattr(translation, name, value)
    translation.written_by = by
    translation.save()
    keep_revision(letter, translation.drafted_text(), by=by, summary=summary, translation=True)
    record(
        "letters.translation_edited", letter, by=by,
        language=translation.language, version=translation.version,
    )  # fmt: skip
    return translation


@transaction.atomic
def approve_translation(*, translation: Translation, by: Any) -> FrozenText | None:
    """Approve a translation as it stands. With enough approvals it is fixed: at once where the
    letter's text is fixed, else together with it (then None is returned). NotYours, Refused."""
    letter = lock(translation.letter_id)
    must_coordinate(by, letter)
    must_not_be_paused(letter)
    translation = Translation.objects.unguarded(WHY).get(pk=translation.pk)
    must_be_complete(letter, translation, notes=True)
    put_approval(letter, STEP, by, translation.language)
    tell_leads(letter, STEP, by, translation.language)
    if letter.frozen is None or _correcting(letter):
        return None
    return _fix(letter, translation, by)


def fix_approved_translations(letter: Letter, *, by: Any) -> list[FrozenText]:
    """Fix every translation that the leads approved, with the text that comes into force now; the
    caller holds the lock."""
    drafts = Translation.objects.unguarded(WHY).of(letter).order_by("language")
    fixed = [_fix(letter, draft, by) for draft in drafts]
    return [text for text in fixed if text is not None]


def _fix(letter: Letter, translation: Translation, by: Any) -> FrozenText | None:
    """Fix a translation of the text in force, where enough leads approved it."""
    if not is_approved(letter, STEP, translation.language):
        return None
    authentic = letter.frozen
    if authentic is None or translation.language == authentic.language:
        raise Refused(_("The letter itself is written in this language."))
    text = translation.drafted_text()
    same = FrozenText.objects.filter(translates=authentic, language=text.language)
    latest = same.order_by("-number").first()
    use_approvals(letter, STEP, translation.language)
    if latest is not None and latest.canonical == text.canonical():
        return latest
    fixed = freeze(letter, text, by=by, translates=authentic)
    record("letters.translation_fixed", letter, by=by, language=text.language, sha256=fixed.sha256)
    tell_coordinators(letter, "letters.translation_fixed", but=by, dedupe=str(fixed.pk))
    return fixed


def _correcting(letter: Letter) -> bool:
    """Tell whether a correction is under way: then a translation is one of the text to come."""
    return Correction.objects.unguarded(WHY).of(letter).under_way().exists()
