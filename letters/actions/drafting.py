"""Beginning a letter, writing it, bringing one in that exists already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.approving import begin_to_lead, tell_of_void_approvals
from letters.actions.batches import fill_batch
from letters.actions.parts import lock, must_coordinate
from letters.actions.texts import keep_revision
from letters.enums import ApprovedStep, Intent, LetterState, Method
from letters.models import TEXT_FIELDS, Letter, Revision
from letters.reading import ReadLetter, read_letter
from letters.rules import fingerprint_to_approve
from letters.text import undefined_notes
from letters.text.language import guess_language
from organizations.models import Network

SETTING_FIELDS = ("level", "arrangement", "grouped", "deadline", "deadline_zone")


@transaction.atomic
def begin(*, network: Network, by: Any, **fields: Any) -> Letter:
    """Return a new draft, led by who begins it. `fields` are those of TEXT_FIELDS and
    SETTING_FIELDS, and `follows`: earlier letters that `by` may see."""
    follows = fields.pop("follows", ())
    letter = Letter(network=network, created_by=by, **fields)
    must_coordinate(by, letter)
    letter.save()
    _follow(letter, follows)
    begin_to_lead(letter, by, by=by)
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
    before, follows = fingerprint_to_approve(letter, ApprovedStep.OPEN), fields.pop("follows", None)
    for name, value in fields.items():
        if name not in (*TEXT_FIELDS, *SETTING_FIELDS):
            raise NotYours(_("You may not do this."))
        setattr(letter, name, value)
    letter.questions = [q for q in letter.questions if not _answered(letter, q)]
    letter.save()
    if follows is not None:
        _follow(letter, follows)
    keep_revision(letter, letter.drafted_text(), by=by, summary=summary)
    record("letters.edited", letter, by=by, version=letter.version)
    tell_of_void_approvals(letter, ApprovedStep.OPEN, before, by)
    return letter


@transaction.atomic
def restore(*, letter: Letter, revision: Revision, by: Any) -> Letter:
    """Make the draft say again what it said at `revision`: a new revision, nothing is undone.
    NotYours, WrongState, Refused for a revision of something else."""
    letter = lock(letter.pk)
    if revision.letter_id != letter.pk or revision.translation:
        raise Refused(_("This is not a revision of this draft."))
    before = Letter()
    before.take_words(revision.text())
    words = {name: getattr(before, name) for name in TEXT_FIELDS}
    summary = _("As revision %(number)s") % {"number": revision.number}
    letter = edit(letter=letter, version=letter.version, by=by, summary=summary, **words)
    record("letters.revision_restored", letter, by=by, number=revision.number)
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


def _follow(letter: Letter, earlier: Iterable[Letter]) -> None:
    """Write down which earlier letters this one follows."""
    links = Letter.follows.through.objects
    links.filter(from_letter=letter).delete()
    links.bulk_create(
        Letter.follows.through(from_letter=letter, to_letter=one)
        for one in earlier
        if one != letter
    )


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
