"""Spans of time in words, in the zone of the place and in the zone of the house."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.briefs.content import When

_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Zulu"})


def when_words(when: When | None) -> str:
    """Return "8 December 2026, 10:00–11:00 in Nairobi (07:00–08:00 UTC)"; "" for None.

    The second zone stands only where its clock differs, with its date where that is another day.
    An unknown zone counts as UTC.
    """
    if when is None:
        return ""
    words = _span(when, when.zone)
    there, here = _in(when.starts_at, when.zone), _in(when.starts_at, when.second_zone)
    if there.utcoffset() == here.utcoffset():
        return words
    second = _span(when, when.second_zone, with_date=there.date() != here.date())
    return f"{words} ({second})"


def drawn_up_words(moment: datetime) -> str:
    """Return "25 November 2026, 10:40 UTC"."""
    local = moment.astimezone(UTC)
    return f"{date_format(local, 'j F Y')}, {_('%(time)s UTC') % {'time': _clock(local)}}"


def _span(when: When, zone: str, *, with_date: bool = True) -> str:
    start, end = _in(when.starts_at, zone), _in(when.ends_at, zone)
    days = date_format(start, "j F Y")
    if start.date() == end.date():
        times = _place(f"{_clock(start)}–{_clock(end)}", zone)
        return f"{days}, {times}" if with_date else times
    ends = f"{date_format(end, 'j F Y')}, {_clock(end)}"
    return _place(f"{days}, {_clock(start)} – {ends}", zone)


def _place(times: str, zone: str) -> str:
    if zone in _UTC or not _known(zone):
        return _("%(time)s UTC") % {"time": times}
    if "/" not in zone:
        return f"{times} {zone}"
    place = zone.rpartition("/")[2].replace("_", " ")
    return _("%(time)s in %(place)s") % {"time": times, "place": place}


def _clock(local: datetime) -> str:
    return date_format(local, "H:i")


def _in(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(_known(zone) or UTC)


def _known(zone: str) -> tzinfo | None:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
