"""One thing that waits for a person, as the home page shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """A sentence with its page, the state of what it is about, and by when it is due (or None).

    `due` is a datetime with a zone: the home page sorts by it. Use `end_of_day` for a date.
    """

    sentence: str
    url: str
    state: Any = None
    due: dt.datetime | None = None


def end_of_day(day: dt.date | None) -> dt.datetime | None:
    """Return the last moment of `day` in UTC, or None."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC) if day else None
