"""The other forms of a letter: without its seal, as a page, as text, its list as a table.

They are made when somebody asks for them and kept nowhere. Whether the reader may have the names of
the copy is asked before (`letters.documents.offers.may_take`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from foundation.confidentiality import SystemActor
from foundation.documents import store
from foundation.documents.fonts import STYLES
from foundation.documents.revisions import before_the_seal
from letters.documents.copies import COPIES, file_name
from letters.documents.lists import csv_list, xlsx_list
from letters.documents.offers import current_document
from letters.documents.printing import CopyNames, fixed_text, print_letter
from letters.models import FrozenText, Letter
from letters.text.plain import plain_text
from letters.text.printed import PrintedLetter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READER = SystemActor("exports")


@dataclass(frozen=True)
class Export:
    """A file to be handed out; `names` is how many names it holds."""

    filename: str
    content_type: str
    data: bytes
    names: int


@dataclass(frozen=True)
class _Asked:
    letter: Letter
    copy: str
    text: FrozenText
    names: CopyNames

    def printed(self) -> PrintedLetter:
        level = COPIES[self.copy].audience_level
        return print_letter(self.letter, level, self.text, self.names)


def page(printed: PrintedLetter) -> str:
    """Return the letter as one HTML file that asks for nothing outside itself."""
    style = (STYLES / "page.css").read_text(encoding="utf-8")
    return render_to_string("letters/paper_page.html", {"printed": printed, "style": style})


def _unsealed(asked: _Asked) -> bytes:
    """The sealed file as it was before the seal. LookupError where it was not made yet."""
    kind = COPIES[asked.copy]
    document = current_document(kind, READER, asked.letter, asked.text.language)
    if document is None or not document.is_ready:
        raise LookupError("The sealed copy was not made yet.")
    return before_the_seal(store.read(document))


_FORMS: dict[str, tuple[str, Callable[[_Asked], bytes]]] = {
    "pdf": ("application/pdf", _unsealed),
    "html": ("text/html; charset=utf-8", lambda asked: page(asked.printed()).encode()),
    "txt": ("text/plain; charset=utf-8", lambda asked: plain_text(asked.printed()).encode()),
    "csv": ("text/csv; charset=utf-8", lambda asked: csv_list(asked.letter, asked.names.own)),
    "xlsx": (XLSX, lambda asked: xlsx_list(asked.letter, asked.names.own)),
}
ENDINGS = tuple(_FORMS)


def export(*, letter: Letter, copy: str, language: str, ending: str) -> Export:
    """Return a copy (`public` or `office`) in one of ENDINGS, made now.

    LookupError (KeyError) for a copy, language or form that there is not.
    """
    kind, (content_type, make) = COPIES[copy], _FORMS[ending]
    names = CopyNames.read(letter, kind.audience_level)
    asked = _Asked(letter, copy, fixed_text(letter, language), names)
    name = file_name(letter.reference, copy, language, ending)
    if ending == "pdf":
        name = name.replace(".pdf", "-unsealed.pdf")
    return Export(name, content_type, make(asked), len(names.own))


def endings_of(letter: Letter, copy: str, language: str) -> tuple[str, ...]:
    """Return the forms in which a copy can be had now: without a seal only what was sealed."""
    document = current_document(COPIES[copy], READER, letter, language)
    is_sealed = document is not None and document.is_ready
    return tuple(ending for ending in ENDINGS if ending != "pdf" or is_sealed)
