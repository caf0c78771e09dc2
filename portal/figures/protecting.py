"""Numbers out of which nobody can be found. Pure: counts in, numbers that may be shown out.

Three things are done to a count, and docs/public-numbers.md says them in words:

1. A *secret offset* of 0 to 4, of its own for each cell and always the same, is taken off.
2. What remains is rounded *down* to a multiple of five. So a shown number is true as "at least",
   is never 1 to 4, and 0 means "too few to show", whether nobody is there or a few.
3. A total is held so low that no hidden cell can be told from none by taking the other parts off
   (complementary suppression); where that is not enough, the parts are withheld.

Rounding alone would not do: on the day on which a cell turns from hidden to five, everybody would
know that it held four the day before. With the offset it may have held four to eight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

STEP = 5
"""No number below this is shown; all are multiples of it."""

Shown = dict[str, int | None]
"""A number for each cell: a multiple of STEP, 0 = too few to show, None = withheld today."""


@dataclass(frozen=True)
class Breakdown:
    """A total and the parts that add up to it, each by the name of its cell."""

    total: str
    parts: tuple[str, ...]


def no_offset(_cell: str) -> int:
    """The offset of counts that everybody can make for themselves."""
    return 0


def protect(
    counts: Mapping[str, int],
    breakdowns: Iterable[Breakdown],
    offset: Callable[[str], int] = no_offset,
) -> Shown:
    """Return the numbers that may be shown for `counts` (0 or more each).

    `breakdowns` stand with the inner ones first (what is a total here and a part there comes
    first here); `offset` gives 0 to STEP - 1 for a cell, always the same.
    """
    slack = slack_of(offset)
    ordered = tuple(breakdowns)
    shown: Shown = {
        cell: max(0, count - offset(cell)) // STEP * STEP for cell, count in counts.items()
    }
    for total in dict.fromkeys(one.total for one in ordered):
        shown[total] = _held(shown, total, [one for one in ordered if one.total == total], slack)
    while leaks := derivable(shown, ordered, slack):
        told = (one for one in ordered if _is_told(shown, one))
        _withhold(shown, next(one for one in told if leaks & {one.total, *one.parts}), ordered)
    return shown


def slack_of(offset: Callable[[str], int]) -> int:
    """Return by how much a count may lie above what is shown of it."""
    return STEP - 1 if offset is no_offset else 2 * (STEP - 1)


def _held(shown: Shown, total: str, breakdowns: Iterable[Breakdown], slack: int) -> int:
    """Return the total: so low that a hidden part may be empty when all others are as large as
    they can be, but never below the sum of its parts."""
    number, least = shown[total] or 0, 0
    for one in breakdowns:
        known = [shown[part] or 0 for part in one.parts]
        least = max(least, sum(known))
        if 0 in known:
            number = min(number, (sum(known) + slack * (len(known) - 1)) // STEP * STEP)
    return max(number, least)


def _is_told(shown: Shown, one: Breakdown) -> bool:
    return any(shown[part] is not None for part in one.parts)


def _withhold(shown: Shown, one: Breakdown, breakdowns: tuple[Breakdown, ...]) -> None:
    """Show none of these parts today, nor the parts of a part."""
    for part in one.parts:
        shown[part] = None
        for inner in breakdowns:
            if inner.total == part:
                _withhold(shown, inner, breakdowns)


# What somebody with a pencil can find out ------------------------------------------------------
def derivable(
    shown: Mapping[str, int | None], breakdowns: Iterable[Breakdown], slack: int
) -> set[str]:
    """Return the cells of which the numbers tell more than they say: the hidden ones that cannot
    be empty or cannot hold STEP - 1, and those of which only one count is possible.

    The reader is taken to know how the numbers are made (`slack`), not the secret offsets.
    """
    bounds = bounds_of(shown, breakdowns, slack)
    found = set()
    for cell, (low, high) in bounds.items():
        hidden = shown[cell] == 0
        if low == high or (hidden and (low > 0 or high < STEP - 1)):
            found.add(cell)
    return found


def bounds_of(
    shown: Mapping[str, int | None], breakdowns: Iterable[Breakdown], slack: int
) -> dict[str, tuple[float, float]]:
    """Return the least and the largest count that each cell can have, by adding and taking off.

    Bounds are drawn closer over all breakdowns until none moves any more. A number that is no
    multiple of STEP says itself exactly. A total may have been held (see `protect`): it says "at
    least" only. ValueError for numbers that cannot all be true.
    """
    ordered = tuple(breakdowns)
    held = {one.total for one in ordered}
    bounds = {
        cell: _bounds(number, math.inf if cell in held else slack) for cell, number in shown.items()
    }
    before: dict[str, tuple[float, float]] = {}
    while before != bounds:
        before = dict(bounds)
        for one in ordered:
            _draw_closer(bounds, one)
        if any(low > high for low, high in bounds.values()):
            raise ValueError("These numbers contradict each other.")
    return bounds


def _bounds(number: int | None, slack: float) -> tuple[float, float]:
    if number is None:
        return 0, math.inf
    return (number, number + slack) if number % STEP == 0 else (number, number)


def _draw_closer(bounds: dict[str, tuple[float, float]], one: Breakdown) -> None:
    lows = {part: bounds[part][0] for part in one.parts}
    highs = {part: bounds[part][1] for part in one.parts}
    low, high = bounds[one.total]
    low, high = max(low, sum(lows.values())), min(high, sum(highs.values()))
    bounds[one.total] = low, high
    for part in one.parts:
        rest_low = sum(value for name, value in lows.items() if name != part)
        rest_high = sum(value for name, value in highs.items() if name != part)
        bounds[part] = max(lows[part], low - rest_high), min(highs[part], high - rest_low)
