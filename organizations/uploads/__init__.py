"""Files from people: told by content, cleaned of what they tell about their makers.

`clean(data)` takes the bytes of an upload and gives the bytes to keep. What cannot be cleaned is
refused with a sentence that says what to do. Pure functions, no database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from organizations.enums import FileKind
from organizations.uploads.kinds import NotTaken, kind_of
from organizations.uploads.office import clean_office
from organizations.uploads.pdfs import clean_pdf
from organizations.uploads.pictures import clean_picture

__all__ = ["Cleaned", "NotTaken", "clean", "kind_of"]

CLEANERS = {
    FileKind.PDF: lambda data, kind: clean_pdf(data),
    FileKind.DOCX: clean_office,
    FileKind.ODT: clean_office,
    FileKind.PNG: clean_picture,
    FileKind.JPEG: clean_picture,
}


@dataclass(frozen=True)
class Cleaned:
    """A file that may be kept: its kind, its bytes without metadata, their SHA-256 (hex)."""

    kind: FileKind
    data: bytes
    sha256: str


def clean(data: bytes) -> Cleaned:
    """Return `data` cleaned; NotTaken with a sentence when it is of no kind that is taken."""
    kind = kind_of(data)
    cleaned = CLEANERS[kind](data, kind)
    return Cleaned(kind, cleaned, hashlib.sha256(cleaned).hexdigest())
