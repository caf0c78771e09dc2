"""The public's figures as the front page wants them: words, numbers, lengths of bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organizations.models import Pillar
from portal.models import PublicFigures
from recommendations.enums import ANSWERS, Progress

LONGEST = 100  # of a bar
BEFORE = "year:before"


@dataclass(frozen=True)
class Line:
    """A row of a table: its words, its number (0: too few to show), the length of its bar."""

    label: str
    number: int
    bar: int


@dataclass(frozen=True)
class Table:
    """Rows under a heading."""

    heading: str
    lines: list[Line]


def headline(figures: PublicFigures) -> list[dict[str, Any]]:
    """Return the numbers that stand first: asks sent, answered, waiting; meetings held."""
    numbers = figures.numbers
    return [
        {"label": _("Asks sent"), "number": numbers["sent"]},
        {"label": _("Answered"), "number": numbers["answered"]},
        {"label": _("Waiting for an answer"), "number": numbers["waiting"]},
        {"label": _("Meetings held"), "number": numbers.get("met")},
    ]


def tables(figures: PublicFigures) -> list[Table]:
    """Return the breakdowns of which a number can be shown, each with all words of its list. Years
    stand from five on."""
    numbers = figures.numbers
    positions = [(str(value.label), f"position:{value.value}") for value in ANSWERS]
    progress = [(str(value.label), f"progress:{value.value}") for value in Progress]
    pillars = [
        (f"{one.numeral} · {one.translated()}", f"pillar:{one.key}") for one in Pillar.objects.all()
    ]
    stand = sorted(cell for cell in numbers if cell.startswith("year:2") and numbers[cell])
    years = [(_year(cell), cell) for cell in (BEFORE, *stand) if numbers.get(cell)]
    found = [
        Table(_("What the Office said"), _lines(numbers, positions)),
        Table(_("What has happened since"), _lines(numbers, progress)),
        Table(_("What it was about"), _lines(numbers, pillars)),
        Table(_("When it was asked"), _lines(numbers, years)),
    ]
    return [table for table in found if any(line.number for line in table.lines)]


def _lines(numbers: Mapping[str, int | None], rows: Iterable[tuple[str, str]]) -> list[Line]:
    shown = [(label, numbers.get(cell) or 0) for label, cell in rows]
    longest = max((number for _label, number in shown), default=0) or 1
    return [Line(label, number, round(LONGEST * number / longest)) for label, number in shown]


def _year(cell: str) -> str:
    return _("Earlier") if cell == BEFORE else cell.partition(":")[2]
