"""Keeps an Arabic letter and its marks together in the text layer.

A mark (a damma, a shadda) is drawn before its letter and a little beside it, above or below the
line. Readers take that gap for a space and the other height for another line: "تُبلَّغ" is read in
four pieces. Each letter with its marks becomes one piece of marked content that says what it is
(ActualText, ISO 32000-1, 14.9.4): poppler then reads the word as it was written, pdfium the same
letters with each mark one place too early, where it read pieces before.

Both read from left to right and turn the line round afterwards, so the marks come first there, as
they do among the glyphs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

_FONT = re.compile(rb"/(\w+) [\d.]+ Tf")
_SHOW = re.compile(rb"\[(.*)\] TJ")
_RISE = re.compile(rb"(-?[\d.]+) Ts")
_PART = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+(?:e-?\d+)?)")


@dataclass(frozen=True)
class _Item:
    """One step of drawing a text: a glyph, a move along the line, or another height."""

    code: bytes
    glyph: int | None = None
    is_rise: bool = False


def keep_together(stream: pydyf.Stream, letters: Mapping[bytes, Mapping[int, str]]) -> int:
    """Mark every letter with marks in a page's drawing, in place; returns how many.

    `letters` says, for each Arabic font by its name in the stream, what its glyphs stand for.
    """
    drawn: list[Any] = []
    run: list[_Item] = []
    font: Mapping[int, str] = {}
    found = 0
    for line in stream.stream:
        items = list(_items(line)) if font and isinstance(line, bytes) else []
        if items:
            run += items
            continue
        found += _draw(run, font, drawn)
        run = []
        match = _FONT.fullmatch(line) if isinstance(line, bytes) else None
        if match:
            font = letters.get(match[1], {})
        drawn.append(line)
    found += _draw(run, font, drawn)
    if found:
        stream.stream = drawn
    return found


def _items(line: bytes) -> Iterator[_Item]:
    if match := _RISE.fullmatch(line):
        yield _Item(line, is_rise=True)
    elif match := _SHOW.fullmatch(line):
        for part in _PART.finditer(match[1]):
            if part[2] is not None:
                yield _Item(part[2])
            else:
                codes = part[1]
                for at in range(0, len(codes), 4):
                    code = codes[at : at + 4]
                    yield _Item(b"<" + code + b">", glyph=int(code, 16))


def _draw(run: list[_Item], font: Mapping[int, str], drawn: list[Any]) -> int:
    """Append the run to what is drawn, its marked letters in pieces of their own."""
    found, start = 0, 0  # start: of what follows the last whole letter
    plain: list[_Item] = []
    marks: list[str] = []
    for number, item in enumerate(run):
        if item.glyph is None:
            continue
        text = font.get(item.glyph, "")
        if is_mark(text):
            marks.append(text)
            continue
        piece = run[start : number + 1]
        start = number + 1
        if marks and text:
            _show(plain, drawn)
            plain = []
            said = "".join((*marks, text)).encode("utf-16-be").hex().encode()
            drawn.append(b"/Span <</ActualText <feff" + said + b">>> BDC")
            _show(piece, drawn)
            drawn.append(b"EMC")
            found += 1
        else:
            plain += piece
        marks = []
    _show([*plain, *run[start:]], drawn)
    return found


def _show(items: list[_Item], drawn: list[Any]) -> None:
    shown: list[bytes] = []
    for item in items:
        if item.is_rise:
            _flush(shown, drawn)
            shown = []
            drawn.append(item.code)
        else:
            shown.append(item.code)
    _flush(shown, drawn)


def _flush(shown: list[bytes], drawn: list[Any]) -> None:
    if shown:
        drawn.append(b"[" + b" ".join(shown) + b"] TJ")


def is_mark(text: str) -> bool:
    """Tell whether `text` is nothing but Arabic marks that stand above or below a letter."""
    return bool(text) and all("\u064b" <= char <= "\u065f" or char == "\u0670" for char in text)
