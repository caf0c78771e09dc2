"""What is kept of a text: a revision at every change, a frozen text at every freeze."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from letters.models import FrozenText, Letter, Revision
from letters.text import LetterText, fingerprint

WHY = "the number of the next text is a fact about all of them"


def keep_revision(
    letter: Letter, text: LetterText, *, by: Any, summary: str = "", translation: bool = False
) -> Revision | None:
    """Write down what a draft says now, and return it; None where it says what it said before.

    The caller holds the letter's lock. `translation`: it is the draft of a translation into the
    language of `text`, not of the letter itself.
    """
    rows = Revision.objects.unguarded(WHY)
    before = rows.of_draft(letter, text.language if translation else "").newest_first().first()
    canonical = text.canonical()
    if before is not None and before.canonical == canonical:
        return None
    revision = Revision(
        letter=letter,
        language=text.language,
        translation=translation,
        number=before.number + 1 if before else 1,
        canonical=canonical,
        sha256=fingerprint(canonical),
        author=by,
        summary=summary,
    )
    revision.save(force_insert=True)
    return revision


def freeze(
    letter: Letter, text: LetterText, *, by: Any, translates: FrozenText | None = None
) -> FrozenText:
    """Fix `text` for good as the letter's next text of its language. The caller holds the lock; the
    authentic one becomes the text in force with the caller's own save of `letter.frozen`."""
    canonical = text.canonical()
    found = FrozenText.objects.filter(letter=letter, language=text.language)
    if translates is None:
        found = FrozenText.objects.filter(letter=letter, translates__isnull=True)
    return FrozenText.objects.create(
        letter=letter,
        number=(found.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=text.language,
        translates=translates,
        canonical=canonical,
        sha256=fingerprint(canonical),
        frozen_by=by,
    )
