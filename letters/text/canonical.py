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

from letters.text.wordings import enclosures_mark, follows_mark

LATER = ("reference", "enclosures", "follows")
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
    # Parts that came later. Empty ones stand nowhere, so that a text without them keeps its form.
    reference: str = ""  # as printed, e.g. "Our ref: NOB/2026/14"
    enclosures: str = ""  # one a line
    follows: str = ""  # earlier letters, one a line, as printed

    @property
    def subject_mark(self) -> str:
        """Return what stands before the subject in the letter's own language, e.g. "Re:"."""
        return SUBJECT_MARKS.get(self.language, SUBJECT_MARKS["en"])

    @property
    def enclosed(self) -> list[str]:
        """Return the enclosures, one by one."""
        return [line.strip() for line in self.enclosures.splitlines() if line.strip()]

    @property
    def earlier(self) -> list[str]:
        """Return the earlier letters that this one follows, as they are printed."""
        return [line.strip() for line in self.follows.splitlines() if line.strip()]

    @property
    def enclosures_mark(self) -> str:
        """Return the heading of the enclosures in the letter's own language."""
        return enclosures_mark(self.language)

    @property
    def follows_mark(self) -> str:
        """Return the heading of the earlier letters in the letter's own language."""
        return follows_mark(self.language)

    def canonical(self) -> str:
        """Return the canonical form: `letter/1`, or `letter/2` where a later part is not empty."""
        parts = asdict(self)
        later = {name: parts.pop(name) for name in LATER}
        written = {name: value for name, value in later.items() if value}
        return _dump({"form": "letter/2" if written else "letter/1", **parts, **written})

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """Return the text that `canonical()` gave; ValueError for another form."""
        data = json.loads(text)
        if data.pop("form", None) not in ("letter/1", "letter/2"):
            raise ValueError("This is not the canonical form of a letter.")
        names = {field.name for field in fields(cls)}
        if not names.difference(LATER) <= set(data) <= names:
            raise ValueError("This form of a letter lacks a part, or has one that is not known.")
        return cls(**data)


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
