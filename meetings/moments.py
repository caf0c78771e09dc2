"""Moments and places: a clock on a wall becomes a moment of the world, or is refused. Knows no table.

Times are kept in UTC beside the zone of the place: what a wall clock shows there in summer is not
what it shows in winter.
"""

from __future__ import annotations

import itertools
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from foundation.workflow import Refused

LONGEST = timedelta(hours=12)  # of a time that is proposed or fixed
LONGEST_WINDOW = timedelta(days=31)  # of a window that is asked for


class NoSuchMoment(Refused):
    """A time that does not exist, is over, or fits nothing; the text says what."""


@dataclass(frozen=True)
class Window:
    """A span of time at a place: two moments that carry a zone, and the place's IANA zone."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    note: str = ""


def at_place(clock: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which a clock on the wall of `zone` shows `clock` (no zone).

    In the hour that a place has twice in autumn, the first one. Raises NoSuchMoment for the hour
    that it skips in spring, and for a zone that nobody knows.
    """
    place = known_zone(zone)
    moment = clock.replace(tzinfo=place, fold=0).astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) != clock.replace(fold=0):
        raise NoSuchMoment(
            _("This hour does not exist there: on that day the clocks are put forward over it.")
        )
    return moment


def known_zone(zone: str) -> zoneinfo.ZoneInfo:
    """Return the zone of this IANA name; NoSuchMoment for none."""
    if zone not in zoneinfo.available_timezones():
        raise NoSuchMoment(_("This time zone is not known."))
    return zoneinfo.ZoneInfo(zone)


def check_time(window: Window, *, now: datetime) -> None:
    """Raise NoSuchMoment unless people can still meet at this time: it is to come, and 12 hours at
    most."""
    _check(window, LONGEST)
    if window.starts_at <= now:
        raise NoSuchMoment(_("This time is over. Choose one that is still to come."))


def check_window(window: Window, *, now: datetime) -> None:
    """Raise NoSuchMoment unless a part of the window is still to come, and it has 31 days at most."""
    _check(window, LONGEST_WINDOW)
    if window.ends_at <= now:
        raise NoSuchMoment(_("This time is over. Choose one that is still to come."))


def check_apart(windows: Iterable[Window]) -> None:
    """Raise NoSuchMoment where two windows lie over each other, whatever their zones."""
    ordered = sorted(windows, key=lambda one: one.starts_at)
    for before, after in itertools.pairwise(ordered):
        if after.starts_at < before.ends_at:
            raise NoSuchMoment(_("Two of the times lie over each other."))


def _check(window: Window, longest: timedelta) -> None:
    known_zone(window.zone)
    if window.starts_at.tzinfo is None or window.ends_at.tzinfo is None:
        raise ValueError("A moment carries its zone: see at_place().")
    if window.ends_at <= window.starts_at:
        raise NoSuchMoment(_("It ends before it begins."))
    if window.ends_at - window.starts_at > longest:
        raise NoSuchMoment(_("This is too long. Please give a shorter time."))
