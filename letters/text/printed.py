"""A letter as it is printed: everything that its PDF, its page in a file and its plain text say.

One pure value, made by `letters.documents.printing` from the rows, and read by every layout. Who
has it can print; nothing here asks who may read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import segno

from letters.enums import Kind, Layout
from letters.text.canonical import LetterText, spaced
from letters.text.labels import PaperWords, moment_words, paper_words
from letters.text.markup import Block, parse_body, parse_notes
from letters.text.wordings import translated_from

RIGHT_TO_LEFT = ("ar",)


def starts_from_the_right(line: str) -> bool:
    """Tell whether the first letter of a line is of a script that runs from the right."""
    ways = (unicodedata.bidirectional(char) for char in line)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


@dataclass(frozen=True)
class PrintedName:
    """One line under the letter, cut at the name that it is about."""

    before: str
    name: str
    after: str
    language: str = ""  # of the name: "ar", "zh", or "" where the letter's fonts do
    direction: str = "ltr"

    @classmethod
    def of(cls, signatory: Any, language: str) -> PrintedName:
        """Return the line of a signatory (or of anything with the same parts) in a letter in
        `language`."""
        before, name, after = signatory.display_parts()
        direction = signatory.direction
        if language in RIGHT_TO_LEFT and starts_from_the_right(f"{before}{name}{after}"):
            direction = "rtl"
        return cls(before, name, after, signatory.name_language, direction)

    @property
    def line(self) -> str:
        """Return the whole line."""
        return f"{self.before}{self.name}{self.after}"


@dataclass(frozen=True)
class PrintedGroup:
    """Names under one heading: of their `kind`, or `heading` (a country), or none."""

    kind: str
    names: tuple[PrintedName, ...]
    heading: str = ""


@dataclass(frozen=True)
class PrintedLetter:
    """What one copy of a letter prints, for one audience, in one language."""

    reference: str
    text: LetterText
    groups: tuple[PrintedGroup, ...]
    organizations: int
    individuals: int
    withheld: int  # names that this copy leaves out; 0 below five
    text_hash: str
    list_hash: str  # of the list as printed here
    public_list_hash: str
    frozen_at: datetime
    revision: int
    verify_url: str
    closed_at: datetime | None = None
    imported: bool = False
    translates: str = ""  # language of the authentic text, where this one is a translation of it
    layout: str = Layout.LETTER
    letterhead: str = ""  # who writes, printed on top; "" for none

    @property
    def language(self) -> str:
        """Return the language of the text."""
        return self.text.language

    @property
    def direction(self) -> str:
        """Return "rtl" or "ltr"."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def words(self) -> PaperWords:
        """Return what the paper says for itself."""
        return paper_words(self.language)

    @property
    def is_annexed(self) -> bool:
        """Tell whether the names stand in an annex."""
        return self.layout == Layout.ANNEX

    @cached_property
    def blocks(self) -> list[Block]:
        """Return the body in blocks."""
        return parse_body(self.text.body)

    @cached_property
    def notes(self) -> dict[int, str]:
        """Return the notes by their numbers."""
        return {note.number: note.text for note in parse_notes(self.text.notes)}

    @property
    def translated(self) -> str:
        """Return "Translated from …" in the letter's own language, "" for an authentic text."""
        return translated_from(self.language, self.translates) if self.translates else ""

    @property
    def titled(self) -> list[tuple[str, Sequence[PrintedName]]]:
        """Return the groups with their headings, "Organizations (8)", or "" for none."""
        return [(self.title(group), group.names) for group in self.groups]

    def title(self, group: PrintedGroup) -> str:
        """Return the heading of a group."""
        words = {
            Kind.ORGANIZATION: self.words.organizations,
            Kind.INDIVIDUAL: self.words.individuals,
        }
        heading = words[Kind(group.kind)] if group.kind else group.heading
        return f"{heading} ({len(group.names)})" if heading else ""

    @property
    def others(self) -> str:
        """Return the line about the names that are left out, "" for none."""
        return self.words.others % {"n": self.withheld} if self.withheld else ""

    @property
    def counts(self) -> str:
        """Return how many names there are: "Organizations: 8; individuals: 4"."""
        words = self.words
        values = {"a": words.organizations, "m": self.organizations, "n": self.individuals}
        return words.pair % {**values, "b": words.individuals.lower()}

    @property
    def fixed(self) -> str:
        """Return when the text was fixed, which revision of it, in which language."""
        revision = self.words.revision % {"n": self.revision}
        moment = moment_words(self.frozen_at, self.language)
        return self.words.comma.join((moment, revision, self.words.language))

    @property
    def listed(self) -> str:
        """Return of when the list is, "" while it is not closed."""
        if self.closed_at is None:
            return ""
        return self.words.listed % {"at": moment_words(self.closed_at, self.language)}

    @property
    def fingerprints(self) -> list[tuple[str, str]]:
        """Return the fingerprints with their labels, in groups of eight digits, two lines each."""
        found = [
            (self.words.text_hash, self.text_hash),
            (self.words.list_hash, self.list_hash),
        ]
        if self.public_list_hash != self.list_hash:
            found.append((self.words.public_list_hash, self.public_list_hash))
        return [(label, f"{spaced(digits[:32])}\n{spaced(digits[32:])}") for label, digits in found]

    @property
    def verify_words(self) -> str:
        """Return the address of the verify page as people type it."""
        return self.verify_url.partition("://")[2]

    @cached_property
    def qr(self) -> str:
        """Return the QR code of that address as a data: address of a drawing."""
        return str(segno.make(self.verify_url, error="m").svg_data_uri(border=0))
