"""Draws the pieces of a line that runs from the right in the order in which they stand on the page.

WeasyPrint draws a line piece by piece in the order of reading: the words before a note, its number,
the words after it. In Arabic that is from right to left, while each piece is drawn from left to
right; pdfium takes everything as drawn, turns the whole line round, and so reads the last piece
first. What a screen reader reads is told by the structure, and does not change.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

_PLACE = re.compile(rb"\S+ \S+ \S+ \S+ (\S+) (\S+) Tm")
_SIZE = re.compile(rb"/\w+ (\S+) Tf")


@dataclass
class _Piece:
    """One piece of marked content that shows one text: where, how large, and what comes with it."""

    start: int
    end: int  # behind its last step
    x: float
    y: float
    size: float
    state: list[Any]  # colours and the like that it sets for itself and what follows

    def shares_line_with(self, other: "_Piece") -> bool:
        """Tell whether both stand on one line, a raised number beside its words included."""
        return abs(self.y - other.y) < 0.6 * max(self.size, other.size)


def draw_from_the_left(stream: pydyf.Stream) -> int:
    """Put the pieces of each line that was drawn from the right in order of their places, in place
    in the stream. Returns how many lines were put in order."""
    steps = stream.stream
    turned = 0
    for line in _lines(list(_pieces(steps))):
        if all(after.x > before.x for before, after in itertools.pairwise(line)):
            continue
        if any(piece.state for piece in line[1:]):
            continue  # a colour that changes within the line would be lost
        start, end = line[0].start, line[-1].end
        opening = len(line[0].state)
        drawn = list(line[0].state)
        for piece in sorted(line, key=lambda piece: piece.x):
            own = steps[piece.start : piece.end]
            drawn += own if piece is not line[0] else [*own[:3], *own[3 + opening :]]
        steps[start:end] = drawn
        turned += 1
    return turned


def _lines(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces that follow each other on one line, two or more at a time."""
    line: list[_Piece] = []
    for piece in pieces:
        if line and (line[-1].end != piece.start or not piece.shares_line_with(line[-1])):
            if len(line) > 1:
                yield line
            line = []
        line.append(piece)
    if len(line) > 1:
        yield line


def _pieces(steps: list[Any]) -> Iterator[_Piece]:
    at = 0
    while at < len(steps) - 3:
        if not (isinstance(steps[at + 1], dict) and steps[at + 2] == b"BDC"):
            at += 1
            continue
        end = _end(steps, at + 3)
        piece = _piece(steps, at, end)
        if piece is None:
            at += 1
        else:
            yield piece
            at = end


def _end(steps: list[Any], at: int) -> int:
    """Return the index behind the EMC that ends the content which begins at `at`."""
    depth = 1
    while at < len(steps) and depth:
        step = steps[at]
        if isinstance(step, bytes):
            depth += step.endswith(b"BDC")
            depth -= step == b"EMC"
        at += 1
    return at


def _piece(steps: list[Any], start: int, end: int) -> _Piece | None:
    """Return the piece, None where it shows no text or more than one."""
    own = steps[start + 3 : end]
    if own.count(b"BT") != 1:
        return None
    begin = own.index(b"BT")
    place, size = _PLACE.fullmatch(_bytes(own[begin + 1])), _SIZE.fullmatch(_bytes(own[begin + 2]))
    if place is None or size is None or own[-2:] != [b"ET", b"EMC"]:
        return None
    return _Piece(start, end, float(place[1]), float(place[2]), float(size[1]), own[:begin])


def _bytes(step: Any) -> bytes:
    return step if isinstance(step, bytes) else b""
