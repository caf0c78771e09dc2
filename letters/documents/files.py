"""What lies inside the PDF beside its pages: the text and the public list, for machines.

The two JSON files are the canonical forms themselves. Their SHA-256 are the fingerprints that the
seal page prints: whoever has the file checks them with any tool, and without the portal.
"""

from __future__ import annotations

from collections.abc import Sequence

from foundation.documents.sheets import SheetFile
from letters.documents.lists import csv_list
from letters.documents.printing import list_of
from letters.models import FrozenText, Letter, Signatory


def attached_files(
    letter: Letter, text: FrozenText, public: Sequence[Signatory]
) -> tuple[SheetFile, ...]:
    """Return the files of a copy of `text`; `public` are the letter's public names, as entered."""
    return (
        SheetFile(
            name="text.json",
            data=text.canonical.encode("utf-8"),
            description="The text of the letter in its canonical form",
            relationship="Source",
        ),
        SheetFile(
            name="signatories.json",
            data=list_of(public).encode("utf-8"),
            description="The public list of signatories in its canonical form",
        ),
        SheetFile(
            name="signatories.csv",
            data=csv_list(letter, public),
            description="The public list of signatories as a table",
        ),
    )
