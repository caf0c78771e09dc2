"""From the rows of a letter to the letter as it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.confidentiality import Level
from letters.documents.names import withheld
from letters.enums import Kind
from letters.models import Letter, Signatory
from letters.text import canonical_list, fingerprint
from letters.text.arranging import arrange
from letters.text.printed import PrintedGroup, PrintedLetter, PrintedName


def print_letter(
    letter: Letter, level: Level, names: Sequence[Signatory], public: Sequence[Signatory]
) -> PrintedLetter:
    """Return a frozen letter as its copy at `level` prints it.

    `names` are those of `names_for(letter, level)`, `public` those of the public list. The caller
    has asked whether the reader may have this copy.
    """
    return PrintedLetter(
        reference=letter.reference,
        text=letter.text(),
        groups=_groups(names, letter.arrangement, letter.language),
        organizations=sum(name.kind == Kind.ORGANIZATION for name in names),
        individuals=sum(name.kind == Kind.INDIVIDUAL for name in names),
        withheld=withheld(letter, level),
        text_hash=letter.frozen.sha256,
        list_hash=fingerprint(list_of(names)),
        public_list_hash=fingerprint(list_of(public)),
        frozen_at=letter.frozen.frozen_at,
        revision=1,
        verify_url=letter.verify_url(),
        closed_at=letter.closed_at,
        imported=letter.imported,
        layout=letter.layout,
        letterhead=letter.network.printed_name() if letter.letterhead else "",
    )


def list_of(names: Sequence[Signatory]) -> str:
    """Return the canonical form of a list, whose SHA-256 is its fingerprint."""
    return canonical_list([name.printed_record() for name in names])


def _groups(
    names: Sequence[Signatory], arrangement: str, language: str
) -> tuple[PrintedGroup, ...]:
    return tuple(
        PrintedGroup(group.kind, tuple(PrintedName.of(name, language) for name in group.names))
        for group in arrange(names, arrangement)
    )
