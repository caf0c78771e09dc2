"""Asking for a sealed copy of a letter."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.confidentiality import SystemActor
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.workflow import WrongState
from letters.actions.parts import hold_open, must_coordinate
from letters.documents import COPIES, current_document, main_copy
from letters.enums import FINAL
from letters.models import Letter

EXPORTER = SystemActor("exporting")


@transaction.atomic
def request_copy(*, letter: Letter, copy: str, by: Any) -> Document:
    """Return the document of a copy (`public`, `office`, or `main`: the one with every name).

    The same text and the same list give the stored document. Raises WrongState before the letter
    is closed: a sealed copy of a list that still grows would be wrong the next hour. `by` is a
    coordinator, or EXPORTER: the operator's command.
    """
    if by != EXPORTER:
        must_coordinate(by, letter)
    if hold_open(letter.pk) not in FINAL:
        raise WrongState(_("A sealed copy is made when the sign-on is closed."))
    kind = main_copy(letter) if copy == "main" else COPIES[copy]
    stored = current_document(kind, EXPORTER, letter)
    if stored is not None:
        return stored
    return request_document(kind.name, letter, by=by, language=letter.language)
