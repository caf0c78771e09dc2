"""One thing that waits for a person, as the home page shows it; rooms yield these."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST = 10
"""So many things stand in a group of the home page; a room asks for one more of each kind, so that
the page knows whether there are others."""


class Group(Enum):
    """What is to be done, in the order in which the groups stand. `SOON` is for the page: what is
    due within a week goes there, whatever is to be done with it."""

    SOON = _("Late, or due this week")
    ANSWER = _("To answer")
    SIGN = _("To sign")
    DECIDE = _("To decide, or to give an owner")
    CLEAR = _("To clear and publish")
    DO = _("To do")
    FINISH = _("To finish")


@dataclass(frozen=True)
class Rest:
    """The list on which all things of one kind stand: its words and its address."""

    label: Any
    url: str


@dataclass(frozen=True)
class Waiting:
    """A sentence with its page, the state of what it is about, and by when it is due (or None).

    `due` is a datetime with a zone: the home page sorts by it. Use `end_of_day` for a date. `rest`
    is where the other things of its kind stand.
    """

    sentence: str
    url: str
    state: Any = None
    due: dt.datetime | None = None
    group: Group = Group.DO
    rest: Rest | None = None


def end_of_day(day: dt.date | None) -> dt.datetime | None:
    """Return the last moment of `day` in UTC, or None."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC) if day else None
