"""The plain markup in which a letter's body is written and kept.

A blank line ends a paragraph; `## ` makes a heading; consecutive lines that begin with `(a) `,
`a) `, `(i) `, `1. ` or `- ` make a list; a line of a list that is set in by two spaces or more
belongs to the item above it; `[^3]` calls note 3. Everything else stands as it was typed.
Paragraphs and lists are numbered through the body, headings are not: place `12` is the twelfth,
`13.a` the item (a) of the list that is the thirteenth, `13.a.ii` the second item below that.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

CALL = re.compile(r"\[\^(\d{1,3})\]")
NOTE = re.compile(r"^\s*(\d{1,3})[.)]\s+(.*)$")
MARK = re.compile(
    r"^(?:\((?P<inner>\w{1,5}|\d{1,2})\)|(?P<open>\w{1,5}|\d{1,2})\))\s+(?P<text>.*)$"
)
NUMBERED = re.compile(r"^(\d{1,2})\.\s+(.*)$")
BULLET = re.compile(r"^[-•]\s+(.*)$")
# The letters of lists, in the order in which each script counts with them.
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "أبجدهوزحطيكلمن")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
         "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip
LISTS = ("letters", "roman", "numbers", "bullets")
SET_IN = 2  # spaces by which an item that belongs to the one above is set in


@dataclass(frozen=True)
class Piece:
    """A run of text, or a call to a note (`note` is its number, the text is then empty)."""

    text: str = ""
    note: int = 0
    first: bool = False  # the first call of this note: there the note itself is printed


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a list. `kind`: paragraph, heading, letters, roman, numbers,
    bullets."""

    kind: str
    items: tuple[tuple[Piece, ...], ...]
    start: int = 1  # number of the first item of a list
    number: int = 0  # of the paragraph or list in the body; 0 for a heading
    below: tuple[tuple[Block, ...], ...] = ()  # of each item: the lists that belong to it
    place: str = ""  # of a list that belongs to an item: the item's place

    @property
    def is_list(self) -> bool:
        """Tell whether it is a list of whatever kind."""
        return self.kind in LISTS

    @property
    def entries(self) -> list[Entry]:
        """Return the items of a list, or the one text of a paragraph, each with its place and the
        lists that belong to it; none of a heading."""
        if self.kind == "heading":
            return []
        at_all = self.place or str(self.number)
        if self.kind == "paragraph":
            return [Entry(at_all, self.pieces)]
        return [
            Entry(f"{at_all}.{_mark(self.kind, at)}", pieces, below)
            for at, (pieces, below) in enumerate(self._items_with_what_is_below, start=self.start)
        ]

    @property
    def _items_with_what_is_below(self) -> Iterator[tuple[Any, Any]]:
        nothing: Any = ()
        return itertools.zip_longest(self.items, self.below, fillvalue=nothing)

    @property
    def places(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """Return (place, pieces) of a paragraph, or of each item of a list and of what belongs to
        it, in reading order; none of a heading."""
        return list(self._places())

    def _places(self) -> Iterator[tuple[str, tuple[Piece, ...]]]:
        for entry in self.entries:
            yield entry.place, entry.pieces
            for block in entry.below:
                yield from block._places()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the only item of a paragraph or heading."""
        return self.items[0]


@dataclass(frozen=True)
class Entry:
    """One item of a list, or a paragraph: where it stands, its text, the lists that belong to it."""

    place: str
    pieces: tuple[Piece, ...]
    lists: tuple[Block, ...] = ()

    @property
    def below(self) -> list[Block]:
        """Return the lists that belong to the item; they know its place."""
        return [replace(block, place=self.place) for block in self.lists]


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


@dataclass
class _Group:
    """Lines of one kind, while a chunk is read."""

    kind: str
    start: int
    indent: int
    texts: list[str]
    below: list[list[str]] = field(
        default_factory=list
    )  # of each item: the lines that belong to it

    def take(self, text: str) -> None:
        self.texts.append(text)
        self.below.append([])

    def goes_on(self, text: str) -> None:
        self.texts[-1] += " " + text


def begins_item(line: str) -> bool:
    """Tell whether a line begins an item of a list, or a heading."""
    return _line(line.strip(), None)[0] != "paragraph"


def _blocks(chunk: str, seen: set[int]) -> list[Block]:
    """Return the blocks of one chunk: its lines, grouped by what they are."""
    groups: list[_Group] = []
    for line in chunk.splitlines():
        last = groups[-1] if groups else None
        if last and last.kind in LISTS and _belongs(line, last):
            last.below[-1].append(line)
            continue
        kind, number, text = _line(line.strip(), last)
        if last and kind == last.kind != "heading":
            last.goes_on(text) if kind == "paragraph" else last.take(text)
        elif last and kind == "paragraph" and last.kind in LISTS:
            last.goes_on(text)  # a broken line inside a list item
        elif text:
            groups.append(_Group(kind, number, _indent(line), [text], [[]]))
    return [_block(group, seen) for group in groups]


def _block(group: _Group, seen: set[int]) -> Block:
    items, below = [], []
    for text, lines in zip(group.texts, group.below, strict=True):
        items.append(_pieces(text, seen))
        below.append(tuple(_blocks("\n".join(lines), seen)))
    nested = tuple(below) if any(below) else ()
    return Block(group.kind, tuple(items), group.start, below=nested)


def _belongs(line: str, group: _Group) -> bool:
    """Tell whether a line belongs below the last item of a list: an item that is set in, or what
    goes on of one."""
    if _indent(line) < group.indent + SET_IN or line.strip().startswith("## "):
        return False
    return bool(group.below[-1]) or _line(line.strip(), None)[0] in LISTS


def _indent(line: str) -> int:
    plain = line.expandtabs(4)
    return len(plain) - len(plain.lstrip())


def _line(line: str, last: _Group | None) -> tuple[str, int, str]:
    """Return (kind, number, text) of one line; `last` is the list that it may go on."""
    if line.startswith("## "):
        return "heading", 1, line[3:].strip()
    if match := NUMBERED.match(line):
        return "numbers", int(match[1]), match[2]
    if match := BULLET.match(line):
        return "bullets", 1, match[1]
    if match := MARK.match(line):
        mark = match["inner"] or match["open"]
        found = _counted(mark, last)
        if found:
            return (*found, match["text"])
    return "paragraph", 1, line


def _counted(mark: str, last: _Group | None) -> tuple[str, int] | None:
    """Return (kind, number) of a mark before an item; None where it is no mark.

    "i" is the ninth letter where a list of letters has come to it, and the first number else.
    """
    if mark.isdecimal() and len(mark) < 3:
        return "numbers", int(mark)
    letter = next((abc.index(mark) + 1 for abc in ALPHABETS if len(mark) == 1 and mark in abc), 0)
    comes = last.start + len(last.texts) if last else 0
    roman = ROMAN.index(mark) + 1 if mark in ROMAN else 0
    if letter and last and last.kind == "letters" and letter == comes:
        return "letters", letter
    if roman and (roman == 1 or len(mark) > 1 or (last and last.kind == "roman")):
        return "roman", roman
    return ("letters", letter) if letter else None


def _mark(kind: str, at: int) -> str:
    """Return the mark of the item `at`: a letter or a Roman number where the list has such, else
    its number."""
    if kind == "letters" and 1 <= at <= 26:
        return ALPHABETS[0][at - 1]
    return ROMAN[at - 1] if kind == "roman" and 1 <= at <= len(ROMAN) else str(at)


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
