"""What a document consists of before it is rendered. Imports nothing heavy, so that rooms may use it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from foundation.documents.enums import Stage

Progress = Callable[[Stage, int], None]
"""Called with what is being done and, while pages are laid out, the number of the page (else 0)."""


def no_progress(stage: Stage, page: int) -> None:
    """The listener for callers whom progress does not interest."""


@dataclass(frozen=True)
class SheetFile:
    """A file carried inside the PDF, such as the list of signatories as data.

    `name` is the file name shown by readers (ASCII), `relationship` one of PDF's AFRelationship
    values (ISO 32000-2, 7.11.3).
    """

    name: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data", "Alternative", "Supplement"] = "Data"


@dataclass(frozen=True)
class Sheet:
    """A document as HTML, with all that decides the bytes of its PDF.

    `html` is a whole page whose root carries `lang` (and `dir`); `language` the same BCP 47 tag;
    `css` names a file of styles/; `created` (aware) is the only date that enters the file, so that
    the same sheet always gives the same bytes.

    A paper that may only be so long brings `most_pages` and `shorter` forms of its page, the
    longest first: the first that fits is taken, and the last where none does.
    """

    html: str
    language: str
    title: str
    created: datetime
    css: Literal["letter", "brief"] = "letter"
    attachments: tuple[SheetFile, ...] = ()
    most_pages: int = 0  # 0: as many as it takes
    shorter: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("A sheet's date must carry its time zone.")
        if self.shorter and not self.most_pages:
            raise ValueError("Shorter forms are for a sheet that says how long it may be.")
