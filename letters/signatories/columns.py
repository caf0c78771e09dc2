"""Lists in two or three columns that an extraction printed side by side."""

import re
from collections.abc import Callable

_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \t]*)(?=\S)")
_NUMBERED = re.compile(r"^\s*[(\[]?\d{1,3}\s*[.)\]:]\s*\S")
_BULLET = re.compile(r"^\s*[•●▪■◦·*–—-]\s+\S")
# This share of the lines with a gap must hold a whole entry on either side of it.
_SHARE = 0.6


def side_by_side(lines: list[str], is_entry: Callable[[str], bool]) -> list[str]:
    """Return the lines with columns put below each other, left before right.

    `is_entry` says whether a text is an entry of its own (it ends with a place, say); the cells of
    a table (name, post, body, country) are none, and stay side by side.
    """
    result: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
            continue
        result += _block(block, is_entry)
        result.append(line)
        block = []
    return result[:-1]


def _block(block: list[str], is_entry: Callable[[str], bool]) -> list[str]:
    # A number or a bullet and spaces behind it part nothing.
    rows = [_GAP.split(_glued(line.strip())) for line in block]
    apart = [row for row in rows if len(row) > 1]
    if len(apart) < 2 or len(apart) * 2 < len(rows) or max(map(len, apart)) > 3:
        return block
    whole = sum(all(_stands_alone(cell, is_entry) for cell in row) for row in apart)
    if whole < _SHARE * len(apart):
        return block
    width = max(map(len, rows))
    columns = [[row[index] for row in rows if index < len(row)] for index in range(width)]
    return [cell for column in columns for cell in column]


def _glued(line: str) -> str:
    return re.sub(r"^((?:[(\[]?\d{1,3}\s*[.)\]:]?|[•●▪■◦·*–—-]))[ \t]{2,}", r"\1 ", line)


def _stands_alone(cell: str, is_entry: Callable[[str], bool]) -> bool:
    return bool(_NUMBERED.match(cell) or _BULLET.match(cell)) or is_entry(cell)
