"""From the rows of a letter to the letter as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from foundation.confidentiality import Level
from letters.documents.names import names_for, withheld
from letters.enums import Kind
from letters.models import FrozenText, Letter, Signatory
from letters.text import LetterText, canonical_list, fingerprint
from letters.text.arranging import arrange
from letters.text.printed import PrintedGroup, PrintedLetter, PrintedName


@dataclass(frozen=True)
class CopyNames:
    """The names of one copy, and those of the public list, as entered."""

    own: Sequence[Signatory]
    public: Sequence[Signatory]

    @classmethod
    def read(cls, letter: Letter, level: Level) -> CopyNames:
        """Return the names of a copy at `level`, opened."""
        own = names_for(letter, level)
        return cls(own, own if level == Level.PUBLIC else names_for(letter, Level.PUBLIC))


def fixed_text(letter: Letter, language: str) -> FrozenText:
    """Return the text in force in `language`: the authentic one, or its translation that was fixed.
    LookupError where there is none."""
    if letter.frozen is not None and language == letter.frozen.language:
        return letter.frozen
    translations = letter.texts.filter(language=language, translates=letter.frozen)
    found = translations.order_by("-number").first() if letter.frozen else None
    if found is None:
        raise LookupError("There is no fixed text in this language.")
    return found


def print_letter(letter: Letter, level: Level, text: FrozenText, names: CopyNames) -> PrintedLetter:
    """Return a frozen letter as its copy at `level` prints it, in the language of `text`. The
    caller has asked whether the reader may have this copy."""
    return PrintedLetter(
        reference=letter.reference,
        text=text.text(),
        groups=_groups(names.own, letter, text.language),
        organizations=sum(name.kind == Kind.ORGANIZATION for name in names.own),
        individuals=sum(name.kind == Kind.INDIVIDUAL for name in names.own),
        withheld=withheld(letter, level),
        text_hash=text.sha256,
        list_hash=fingerprint(list_of(names.own)),
        public_list_hash=fingerprint(list_of(names.public)),
        frozen_at=text.frozen_at,
        revision=text.number,
        verify_url=letter.verify_url(),
        closed_at=letter.closed_at,
        imported=letter.imported,
        translates=text.translates.language if text.translates else "",
        layout=letter.layout,
        letterhead=letter.network.printed_name() if letter.letterhead else "",
    )


def print_draft(letter: Letter, text: LetterText, *, translates: str = "") -> PrintedLetter:
    """Return a text of `letter` that is not fixed yet as it will print: without names, without
    fingerprints. `translates`: the language that it is a translation from. For the preview."""
    return PrintedLetter(
        reference=letter.reference, text=text, groups=(), organizations=0, individuals=0,
        withheld=0, text_hash="", list_hash="", public_list_hash="", frozen_at=timezone.now(),
        revision=0, verify_url="", translates=translates,
        letterhead=letter.network.printed_name() if letter.letterhead else "",
    )  # fmt: skip


def list_of(names: Sequence[Signatory]) -> str:
    """Return the canonical form of a list, whose SHA-256 is its fingerprint."""
    return canonical_list([name.printed_record() for name in names])


def _groups(names: Sequence[Signatory], letter: Letter, language: str) -> tuple[PrintedGroup, ...]:
    return tuple(
        PrintedGroup(
            group.kind,
            tuple(PrintedName.of(name, language) for name in group.names),
            "" if group.kind else group.title,
        )
        for group in arrange(names, letter.arrangement, letter.grouped, language)
    )
