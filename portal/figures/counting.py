"""The counts behind the public's figures. Never shown or stored as they are: see protecting.py."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
)
from django.db.models.functions import ExtractYear

from foundation.confidentiality import SystemActor
from meetings.models import Meeting
from organizations.models import Pillar
from portal.figures.protecting import STEP, Breakdown
from recommendations.enums import ANSWERS, Position, Progress
from recommendations.models import Recommendation
from recommendations.querysets import published

COUNTER = SystemActor("figures")
YEARS = 5
"""So many years stand on the page; all before them are one cell."""


@dataclass
class Counts:
    """Counts by cell: of what everybody can read and so count, and of what only agreed to be
    counted. The two are protected apart: a few hidden ones never move a number."""

    read_by_all: Counter[str] = field(default_factory=Counter)
    only_counted: Counter[str] = field(default_factory=Counter)


class Median(Aggregate):
    """The value in the middle, in PostgreSQL."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def cells(today: dt.date) -> tuple[str, ...]:
    """Return the names of all cells: the same whatever was asked, so that none tells by its name."""
    groups = [
        ("position", [value.value for value in ANSWERS]),
        ("progress", Progress.values),
        ("year", years(today)),
        ("pillar", Pillar.objects.values_list("key", flat=True)),
    ]
    named = [f"{group}:{value}" for group, values in groups for value in values]
    return ("sent", "answered", "waiting", "met", *named)


def years(today: dt.date) -> list[str]:
    """Return the years of the page, the newest first, and "before"."""
    return [*(str(today.year - back) for back in range(YEARS)), "before"]


def breakdowns(today: dt.date) -> tuple[Breakdown, ...]:
    """Return what adds up to what, the inner ones first. An ask may be of several pillars: these
    add up to nothing."""
    return (
        Breakdown("answered", tuple(f"position:{value.value}" for value in ANSWERS)),
        Breakdown("answered", tuple(f"progress:{value}" for value in Progress.values)),
        Breakdown("sent", ("waiting", "answered")),
        Breakdown("sent", tuple(f"year:{year}" for year in years(today))),
    )


def count(today: dt.date) -> Counts:
    """Count what may be counted (`countable` of asks and of meetings), in three queries."""
    found = Counts()
    items = _items()
    by = ("for_all", "position", "progress", "answered", "year")
    for row in items.values(*by).annotate(n=Count("pk")).order_by():
        for cell in _cells_of(row, today):
            _side(found, row)[cell] += row["n"]
    for row in items.values("for_all", "pillars__key").annotate(n=Count("pk")).order_by():
        if row["pillars__key"]:
            _side(found, row)[f"pillar:{row['pillars__key']}"] += row["n"]
    found.only_counted["met"] = Meeting.objects.visible_to(COUNTER).countable().count()
    return found


def answer_days() -> int | None:
    """Return within how many days from receipt half of the published answers came, at least STEP;
    None for fewer than STEP answers. Made from dates that stand on public pages alone."""
    answers = Recommendation.objects.visible_to(COUNTER).published()
    taken = ExpressionWrapper(F("published_at") - F("submitted_at"), DurationField())
    found = answers.annotate(taken=taken).aggregate(n=Count("pk"), median=Median("taken"))
    if found["n"] < STEP:
        return None
    return max(STEP, math.ceil(found["median"] / dt.timedelta(days=1)))


def _items() -> Any:
    return (
        Recommendation.objects.visible_to(COUNTER)
        .countable()
        .annotate(
            for_all=ExpressionWrapper(published(), BooleanField()),
            answered=ExpressionWrapper(
                Q(published_at__isnull=False) & ~Q(position=Position.PENDING), BooleanField()
            ),
            year=ExtractYear("submitted_at", tzinfo=dt.UTC),
        )
    )


def _cells_of(row: dict[str, Any], today: dt.date) -> list[str]:
    year = str(row["year"]) if row["year"] > today.year - YEARS else "before"
    if not row["answered"]:
        return ["sent", "waiting", f"year:{year}"]
    told = ["answered", f"position:{row['position']}", f"progress:{row['progress']}"]
    return ["sent", f"year:{year}", *told]


def _side(found: Counts, row: dict[str, Any]) -> Counter[str]:
    return found.read_by_all if row["for_all"] else found.only_counted
