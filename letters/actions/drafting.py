"""Beginning a letter, writing it, bringing one in that exists already."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, WrongState
from letters.actions.batches import fill_batch
from letters.actions.parts import lock, must_coordinate
from letters.actions.texts import keep_revision
from letters.enums import Intent, LetterState, Method
from letters.models import TEXT_FIELDS, Letter
from letters.reading import ReadLetter, read_letter
from letters.text import undefined_notes
from letters.text.language import guess_language
from organizations.models import Network

SETTING_FIELDS = ("level", "arrangement", "deadline", "deadline_zone")


@transaction.atomic
def begin(*, network: Network, by: Any, **fields: Any) -> Letter:
    """Return a new draft. `fields` are those of TEXT_FIELDS and SETTING_FIELDS."""
    letter = Letter(network=network, created_by=by, **fields)
    must_coordinate(by, letter)
    letter.save()
    keep_revision(letter, letter.drafted_text(), by=by)
    record("letters.begun", letter, by=by)
    return letter


@transaction.atomic
def edit(*, letter: Letter, version: int, by: Any, summary: str = "", **fields: Any) -> Letter:
    """Save a draft, and keep a revision where its words changed: `summary` says in a line what
    changed. Raises WrongState after the text was fixed, EditConflict when somebody else saved since
    `version`."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.state != LetterState.DRAFT:
        raise WrongState(_("The text of this letter is fixed; it can no longer change."))
    claim_version(letter, version)
    for name, value in fields.items():
        if name not in (*TEXT_FIELDS, *SETTING_FIELDS):
            raise NotYours(_("You may not do this."))
        setattr(letter, name, value)
    letter.questions = [q for q in letter.questions if not _answered(letter, q)]
    letter.save()
    keep_revision(letter, letter.drafted_text(), by=by, summary=summary)
    record("letters.edited", letter, by=by, version=letter.version)
    return letter


@transaction.atomic
def bring_in(
    *, text: str, network: Network, by: Any, intent: str, level: int, name_mode: str
) -> Letter:
    """Read a whole letter from `text` into a draft, its names into a batch that waits for review.

    `intent` is an `Intent`; `level` says who may read the letter after delivery, `name_mode` who
    may see the names. What could not be known stands in `letter.questions`.
    """
    found = read_letter(text)
    letter = begin(network=network, by=by, level=level, **_text_of(found))
    letter.intent = intent
    letter.questions = [asdict(question) for question in found.questions]
    letter.save()
    method = Method.IMPORTED if intent == Intent.SENT else Method.ENTERED
    if found.signatories:
        fill_batch(letter, source=text, found=found, method=method, mode=name_mode, by=by)
    record("letters.brought_in", letter, by=by, lines=len(found.signatories))
    return letter


def _text_of(found: ReadLetter) -> dict[str, str]:
    """Return the drafted fields of a letter that was read."""
    return {
        "language": guess_language(found.body or found.subject),
        "addressee": "\n".join(found.addressee),
        "place": found.place[:120],
        "date_as_printed": found.date_as_printed[:60],
        "subject": found.subject[:300] or "—",
        "salutation": found.salutation[:200],
        "body": found.body,
        "closing": found.closing[:200],
        "notes": "\n".join(f"{number}. {text}" for number, text in sorted(found.notes.items())),
    }


def _answered(letter: Letter, question: dict[str, Any]) -> bool:
    """Tell whether an edit answered this question."""
    if question["kind"] == "note_without_text":
        return question["number"] not in undefined_notes(letter.body, letter.notes)
    fields = {
        "no_addressee": letter.addressee,
        "no_date": letter.date_as_printed,
        "no_subject": letter.subject.strip("—"),
        "no_salutation": letter.salutation,
        "no_closing": letter.closing,
    }
    return bool(fields.get(question["kind"]))
