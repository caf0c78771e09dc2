"""Asking for a sealed copy of a letter, taking it in another form, saying how it is laid out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record, record_read
from foundation.confidentiality import Level, SystemActor
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, WrongState
from letters.actions.parts import hold_open, lock, must_coordinate
from letters.documents import COPIES, Export, current_document, export, main_copy, may_take
from letters.enums import FINAL, TAKES_NAMES, Layout
from letters.models import Letter

EXPORTER = SystemActor("exporting")


@transaction.atomic
def request_copy(*, letter: Letter, copy: str, by: Any, language: str = "") -> Document:
    """Return the document of a copy (`public`, `office`, or `main`: the one with every name), in
    the letter's own language or in that of a translation which was fixed.

    The same text and the same list give the stored document. Raises WrongState before the letter
    is closed: a sealed copy of a list that still grows would be wrong the next hour; LookupError
    where the letter was not fixed in that language. `by` is a coordinator, or EXPORTER: the
    operator's command.
    """
    if by != EXPORTER:
        must_coordinate(by, letter)
    if hold_open(letter.pk) not in FINAL:
        raise WrongState(_("A sealed copy is made when the sign-on is closed."))
    kind = main_copy(letter) if copy == "main" else COPIES[copy]
    language = language or letter.language
    stored = current_document(kind, EXPORTER, letter, language)
    if stored is not None:
        return stored
    return request_document(kind.name, letter, by=by, language=language)


def take_export(*, letter: Letter, copy: str, language: str, ending: str, by: Any) -> Export:
    """Return a copy in another form (documents.ENDINGS); who takes names that are not public is on
    record with it. NotYours where `by` may not have them; LookupError for what there is not."""
    if not may_take(by, letter, copy):
        raise NotYours(_("You may not have this copy."))
    made = export(letter=letter, copy=copy, language=language, ending=ending)
    if COPIES[copy].level(letter) > Level.PUBLIC:
        facts = {"copy": copy, "ending": ending, "names": made.names}
        record_read("letters.copy_taken", letter, by=by, **facts)
    return made


@transaction.atomic
def set_layout(*, letter: Letter, layout: str, letterhead: bool, version: int, by: Any) -> Letter:
    """Say how the letter is laid out in print. Raises WrongState once it is closed: what was sealed
    stays as it is; EditConflict when somebody else changed the letter since `version`."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.state not in TAKES_NAMES:
        raise WrongState(_("The letter is closed; it is printed as it was laid out."))
    claim_version(letter, version)
    letter.layout, letter.letterhead = Layout(layout), letterhead
    letter.save(update_fields=["layout", "letterhead", "changed_at"])
    record("letters.laid_out", letter, by=by, layout=layout, letterhead=letterhead)
    return letter
