"""The plain markup in which a letter's body is written and kept.

A blank line ends a paragraph; `## ` makes a heading; consecutive lines that begin with `a) `,
`1. ` or `- ` make a list; `[^3]` calls note 3. Everything else stands as it was typed.
Paragraphs and lists are numbered through the body, headings are not: place `12` is the twelfth,
`13.a` the item a) of the list that is the thirteenth.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

CALL = re.compile(r"\[\^(\d{1,3})\]")
NOTE = re.compile(r"^\s*(\d{1,3})[.)]\s+(.*)$")
ITEMS = (
    ("letters", re.compile(r"^([a-z])\)\s+(.*)$")),
    ("numbers", re.compile(r"^(\d{1,2})\.\s+(.*)$")),
    ("bullets", re.compile(r"^([-•])\s+(.*)$")),
)


@dataclass(frozen=True)
class Piece:
    """A run of text, or a call to a note (`note` is its number, the text is then empty)."""

    text: str = ""
    note: int = 0
    first: bool = False  # the first call of this note: there the note itself is printed


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a list. `kind`: paragraph, heading, letters, numbers, bullets."""

    kind: str
    items: tuple[tuple[Piece, ...], ...]
    start: int = 1  # number of the first item of a list
    number: int = 0  # of the paragraph or list in the body; 0 for a heading

    @property
    def places(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """Return (place, pieces) of a paragraph, or of each item of a list; none of a heading."""
        if self.kind == "heading":
            return []
        if self.kind == "paragraph":
            return [(str(self.number), self.pieces)]
        return [
            (f"{self.number}.{_mark(self.kind, at)}", pieces)
            for at, pieces in enumerate(self.items, start=self.start)
        ]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the only item of a paragraph or heading."""
        return self.items[0]


@dataclass(frozen=True)
class Note:
    """A numbered note under the letter."""

    number: int
    text: str


def parse_body(body: str) -> list[Block]:
    """Return the blocks of a body in reading order. Any text is valid; nothing raises."""
    seen: set[int] = set()
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        blocks.extend(_blocks(chunk, seen))
    numbers = itertools.count(1)
    return [
        block if block.kind == "heading" else replace(block, number=next(numbers))
        for block in blocks
    ]


def parse_notes(notes: str) -> list[Note]:
    """Return the notes: a line `3. text` begins note 3, lines without a number continue it."""
    found: list[Note] = []
    for line in notes.splitlines():
        match = NOTE.match(line)
        if match:
            found.append(Note(int(match[1]), match[2].strip()))
        elif line.strip() and found:
            last = found[-1]
            found[-1] = Note(last.number, f"{last.text} {line.strip()}".strip())
    return found


def undefined_notes(body: str, notes: str) -> list[int]:
    """Return the numbers that the body calls and that no note explains, in order."""
    defined = {note.number for note in parse_notes(notes)}
    called = dict.fromkeys(int(number) for number in CALL.findall(body))
    return [number for number in called if number not in defined]


def _blocks(chunk: str, seen: set[int]) -> list[Block]:
    """Return the blocks of one chunk: its lines, grouped by what they are."""
    groups: list[tuple[str, int, list[str]]] = []
    for line in chunk.splitlines():
        kind, number, text = _line(line.strip())
        if groups and groups[-1][0] == kind and kind != "heading":
            if kind == "paragraph":
                groups[-1][2][-1] += " " + text
            else:
                groups[-1][2].append(text)
        elif groups and kind == "paragraph" and groups[-1][0] not in ("heading", "paragraph"):
            groups[-1][2][-1] += " " + text  # a broken line inside a list item
        elif text:
            groups.append((kind, number, [text]))
    return [
        Block(kind, tuple(_pieces(text, seen) for text in texts), start)
        for kind, start, texts in groups
    ]


def _line(line: str) -> tuple[str, int, str]:
    """Return (kind, number, text) of one line."""
    if line.startswith("## "):
        return "heading", 1, line[3:].strip()
    for kind, pattern in ITEMS:
        match = pattern.match(line)
        if match:
            return kind, _number(kind, match[1]), match[2]
    return "paragraph", 1, line


def _number(kind: str, mark: str) -> int:
    if kind == "letters":
        return ord(mark) - ord("a") + 1
    return int(mark) if kind == "numbers" else 1


def _mark(kind: str, at: int) -> str:
    """Return the mark of the item `at`: a letter where the list has letters, else its number."""
    return chr(ord("a") + at - 1) if kind == "letters" and 1 <= at <= 26 else str(at)


def _pieces(text: str, seen: set[int]) -> tuple[Piece, ...]:
    """Split a text at its calls to notes."""
    pieces: list[Piece] = []
    for index, part in enumerate(CALL.split(text)):
        if index % 2:
            number = int(part)
            pieces.append(Piece(note=number, first=number not in seen))
            seen.add(number)
        elif part:
            pieces.append(Piece(part))
    return tuple(pieces)
