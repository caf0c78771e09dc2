"""A letter as plain text: every word of it, in reading order, for a mail or an old screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from letters.text.markup import ALPHABETS, ROMAN, Block, Piece
from letters.text.printed import PrintedLetter

LETTERS = {"ru": ALPHABETS[1], "ar": ALPHABETS[2]}


def plain_text(printed: PrintedLetter) -> str:
    """Return the letter as text; lines are as long as they are, for the reader's window to break."""
    parts = [*_text(printed), *_names(printed), *_notes(printed), *_about(printed)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(printed: PrintedLetter) -> Iterator[str]:
    text, words = printed.text, printed.words
    yield "\n".join(part for part in (printed.letterhead, printed.reference) if part)
    yield text.addressee
    yield words.comma.join(part for part in (text.place, text.date) if part)
    yield text.reference
    yield f"{text.subject_mark} {text.subject}"
    yield printed.translated
    yield text.salutation
    for block in printed.blocks:
        yield _block(block, printed)
    yield text.closing
    yield _listed(text.enclosures_mark, text.enclosed)
    yield _listed(text.follows_mark, text.earlier)


def _block(block: Block, printed: PrintedLetter, inset: str = "") -> str:
    """Return a paragraph, a heading or a list; what belongs to an item is set in below it."""
    if not block.is_list:
        return _line(block.pieces)
    lines = []
    for at, entry in enumerate(block.entries, block.start):
        mark = _mark(block.kind, at, printed.language)
        lines.append(f"{inset}{mark} {_line(entry.pieces)}")
        lines += (_block(inner, printed, f"{inset}    ") for inner in entry.below)
    return "\n".join(lines)


def _mark(kind: str, at: int, language: str) -> str:
    """Return the mark of an item as the paper has it."""
    if kind == "letters":
        letters = LETTERS.get(language, ALPHABETS[0])
        return f"({letters[at - 1]})" if 0 < at <= len(letters) else f"({at})"
    if kind == "roman":
        return f"({ROMAN[at - 1]})" if 0 < at <= len(ROMAN) else f"({at})"
    return f"{at}." if kind == "numbers" else "-"


def _line(pieces: Sequence[Piece]) -> str:
    return "".join(f"[{piece.note}]" if piece.note else piece.text for piece in pieces)


def _names(printed: PrintedLetter) -> Iterator[str]:
    for title, names in printed.titled:
        yield "\n".join([*([title, ""] if title else []), *(name.line for name in names)])
    yield printed.others


def _notes(printed: PrintedLetter) -> Iterator[str]:
    notes = [f"[{number}] {text}" for number, text in printed.notes.items()]
    if notes:
        yield "\n".join([printed.words.notes, "", *notes])


def _about(printed: PrintedLetter) -> Iterator[str]:
    words = printed.words
    facts = [
        (words.reference, printed.reference),
        (words.text_fixed, printed.fixed),
        (words.names, words.comma.join(part for part in (printed.counts, printed.listed) if part)),
        *((label, digits.replace("\n", " ")) for label, digits in printed.fingerprints),
        (words.check, printed.verify_url),
    ]
    yield "\n".join([words.about, "", *(f"{label}: {value}" for label, value in facts)])


def _listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"- {line}" for line in lines)]) if lines else ""
