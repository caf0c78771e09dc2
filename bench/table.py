"""What a measure found, as a row of the printed table and of bench/latest.json."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

LATEST = Path(__file__).with_name("latest.json")
HEADS = ("what", "ours", "floor", "ratio", "goal", "")


@dataclass(frozen=True)
class Goal:
    """A bound for the ratio or for our own number: at most, or at least, `bound`."""

    of: Literal["ratio", "ours"]
    at: Literal["≤", "≥"]
    bound: float

    def __str__(self) -> str:
        return f"{self.of} {self.at} {self.bound:g}"

    def is_met(self, row: Row) -> bool:
        """Tell whether the row keeps the bound; a row without the number does not."""
        value = row.ratio if self.of == "ratio" else row.ours
        if value is None:
            return False
        return value <= self.bound if self.at == "≤" else value >= self.bound


@dataclass(frozen=True)
class Row:
    """One measure: `name` says what and in which unit; `ratio` is ours through floor.

    Where ours and floor were measured in turns, `ratio` is the median of the turns' ratios.
    """

    name: str
    ours: float
    floor: float | None = None
    ratio: float | None = None
    goal: Goal | None = None

    def as_dict(self) -> dict[str, Any]:
        """The row as bench/latest.json holds it: name, ours, floor, ratio, goal."""
        return {
            "name": self.name,
            "ours": rounded(self.ours),
            "floor": rounded(self.floor),
            "ratio": rounded(self.ratio),
            "goal": str(self.goal) if self.goal else None,
        }


def in_turns(
    name: str, ours: Sequence[float], floor: Sequence[float], goal: Goal | None = None
) -> Row:
    """The row of a measure whose rounds were taken in turns: medians, and the median of the
    rounds' ratios, so that a machine that slows down meanwhile slows both. ValueError when empty.
    """
    ratios = [mine / other for mine, other in zip(ours, floor, strict=True)]
    middle = statistics.median
    return Row(name, middle(ours), middle(floor), middle(ratios), goal)


def rounded(value: float | None) -> float | None:
    """Four significant digits, whole numbers from 1,000 on; more would be noise."""
    if value is None:
        return None
    return round(value) if abs(value) >= 1000 else float(f"{value:.4g}")


def render(rows: Iterable[Row]) -> str:
    """The table as text, its columns as wide as their longest entry."""
    lines = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADS))]
    return "\n".join(_line(cells, widths) for cells in lines)


def write(rows: Iterable[Row], path: Path = LATEST) -> None:
    """Write the rows of one whole run as JSON."""
    text = json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    numbers = [_number(value) for value in (row.ours, row.floor, row.ratio)]
    goal = str(row.goal) if row.goal else ""
    verdict = "" if row.goal is None else "met" if row.goal.is_met(row) else "MISSED"
    return (row.name, *numbers, goal, verdict)


def _number(value: float | None) -> str:
    short = rounded(value)
    return "–" if short is None else f"{short:,}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    numbers = [cell.rjust(width) for cell, width in zip(cells[1:4], widths[1:4], strict=True)]
    rest = [cell.ljust(width) for cell, width in zip(cells[4:], widths[4:], strict=True)]
    return "  ".join([first, *numbers, *rest]).rstrip()
