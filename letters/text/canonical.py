"""The canonical form of a letter's text and of its list, and their fingerprints (SHA-256).

The form is JSON in UTF-8 with a fixed order of keys, no white space between them, all text in
NFC: two people who have the same letter compute the same fingerprint with any tool.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

SUBJECT_MARKS = {
    "ar": "الموضوع:",
    "zh-hans": "事由：",
    "en": "Re:",
    "fr": "Objet :",
    "ru": "Тема:",
    "es": "Asunto:",
}


@dataclass(frozen=True)
class LetterText:
    """Everything that the signatories sign, in the order in which it is printed."""

    language: str
    addressee: str
    place: str
    date: str  # as printed, e.g. "24 January 2018"
    subject: str
    salutation: str
    body: str
    closing: str
    notes: str

    @property
    def subject_mark(self) -> str:
        """Return what stands before the subject in the letter's own language, e.g. "Re:"."""
        return SUBJECT_MARKS.get(self.language, SUBJECT_MARKS["en"])

    def canonical(self) -> str:
        """Return the canonical form."""
        return _dump({"form": "letter/1", **asdict(self)})

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """Return the text that `canonical()` gave; ValueError for another form."""
        data = json.loads(text)
        if data.get("form") != "letter/1":
            raise ValueError("This is not the canonical form of a letter.")
        return cls(**{field.name: data[field.name] for field in fields(cls)})


def canonical_list(entries: Sequence[dict[str, Any]]) -> str:
    """Return the canonical form of a list of signatories, in its printed order."""
    return _dump({"form": "signatories/1", "entries": list(entries)})


def fingerprint(canonical: str) -> str:
    """Return the SHA-256 of a canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def spaced(digits: str, size: int = 8) -> str:
    """Return a fingerprint in groups of `size`, so that people can compare it aloud."""
    return " ".join(digits[at : at + size] for at in range(0, len(digits), size))


def _dump(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)
