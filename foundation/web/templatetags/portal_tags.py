"""Words for dates, clocks and names in templates. A builtin library: no `{% load %}` is needed."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Mapping
from html import escape
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

register = template.Library()

Moment = dt.date | dt.datetime
NEAR = 3  # days
UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Zulu"})


@register.filter
def un_date(moment: Moment | None) -> str:
    """Return "24 January 2018" in the reader's language; "" for None.

    A datetime is taken in the reader's zone first, so that the day is the reader's.
    """
    return date_format(_local(moment), "j F Y") if moment else ""


@register.filter
def un_time(moment: dt.datetime | None) -> str:
    """Return "24 January 2018, 18:00 in Nairobi" in the reader's zone; "" for None."""
    return str(both_zones(moment)) if moment else ""


@register.simple_tag
def both_zones(
    moment: dt.datetime | None, place_zone: Any = None, reader_zone: Any = None
) -> SafeString | str:
    """Return the moment in the zone of the place, and in the reader's where the clocks differ.

    "20 November 2026, 18:00 in Nairobi (15:00 UTC)", in a <time>. A zone is a name or a tzinfo;
    without a place the reader's zone is the only one, without a reader the active zone is. The
    reader's date is added when it is another day there. An unknown zone name counts as UTC.
    """
    if moment is None:
        return ""
    reader = _zone(reader_zone) or timezone.get_current_timezone()
    place = _zone(place_zone) or reader
    there, here = moment.astimezone(place), moment.astimezone(reader)
    words = f"{date_format(there, 'j F Y')}, {_clock(there, place)}"
    if there.utcoffset() != here.utcoffset():
        theirs = _clock(here, reader)
        if there.date() != here.date():
            theirs = f"{date_format(here, 'j F Y')}, {theirs}"
        words = f"{words} ({theirs})"
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), words)


@register.simple_tag
def span_in_zones(
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
    place_zone: Any = None,
    dated: bool = True,
) -> SafeString | str:
    """Return a span of time by the clock of the place and always by the reader's too.

    "20 November 2026, 18:00–19:30 in Nairobi (15:00–16:30 UTC)", the place's clock in two <time>.
    Where both clocks agree it says so: a reader should not have to work it out. `dated=False`
    leaves the day of the place out where a heading says it.
    """
    if starts_at is None or ends_at is None:
        return ""
    reader = timezone.get_current_timezone()
    place = _zone(place_zone) or reader
    there, here = starts_at.astimezone(place), starts_at.astimezone(reader)
    until, until_here = ends_at.astimezone(place), ends_at.astimezone(reader)
    time = '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>'
    clock = (starts_at.isoformat(), date_format(there, "H:i"), ends_at.isoformat())
    words = format_html(time, *clock, _clock(until, place))
    if dated:
        words = format_html("{}, {}", date_format(there, "j F Y"), words)
    if str(place) == str(reader):
        return words
    if there.utcoffset() == here.utcoffset():
        return format_html("{} ({})", words, _("the same by your clock"))
    theirs = f"{date_format(here, 'H:i')}–{_clock(until_here, reader)}"
    if there.date() != here.date():
        theirs = f"{date_format(here, 'j F Y')}, {theirs}"
    return format_html("{} ({})", words, theirs)


@register.filter
def in_days(moment: Moment | None) -> str:
    """Return how far a moment is: "in 17 days", "tomorrow", "3 days ago"; "" for None.

    Days are those of the reader's calendar. On the day itself a datetime counts in hours.
    """
    if not moment:
        return ""
    days = _days_until(moment)
    if days == 0:
        return _hours(moment) if isinstance(moment, dt.datetime) else _("today")
    if abs(days) == 1:
        return _("tomorrow") if days > 0 else _("yesterday")
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}


@register.filter
def in_words(moment: Moment | None, what: str = "due") -> str:
    """Return a clock in words: "due by 12 December, in 17 days"; "" for None.

    `what` is "due", "closes" or "expires"; any other words stand before the date as they are
    ("sign-on ends 12 December, in 17 days"). When the moment is over the words say so: "was due
    on 12 December, 3 days late". The year stands only when it is not the present one.
    """
    if not moment:
        return ""
    date = _short_date(_local(moment))
    if what not in ("due", "closes", "expires"):
        return _("%(what)s %(date)s, %(distance)s") % {
            "what": what,
            "date": date,
            "distance": in_days(moment),
        }
    if not is_past(moment):
        before = {
            "due": _("due by %(date)s, %(distance)s"),
            "closes": _("closes on %(date)s, %(distance)s"),
            "expires": _("expires on %(date)s, %(distance)s"),
        }
        return before[what] % {"date": date, "distance": in_days(moment)}
    late = -_days_until(moment)
    if what == "due" and late > 0:
        return ngettext(
            "was due on %(date)s, %(n)s day late", "was due on %(date)s, %(n)s days late", late
        ) % {"date": date, "n": late}
    after = {
        "due": _("was due on %(date)s, %(distance)s"),
        "closes": _("closed on %(date)s, %(distance)s"),
        "expires": _("expired on %(date)s, %(distance)s"),
    }
    return after[what] % {"date": date, "distance": in_days(moment)}


@register.filter
def is_past(moment: Moment | None) -> bool:
    """Tell whether a moment is over; a date is over when the reader's day has ended."""
    if not moment:
        return False
    if isinstance(moment, dt.datetime):
        return moment < timezone.now()
    return moment < timezone.localdate()


@register.filter
def is_near(moment: Moment | None) -> bool:
    """Tell whether a moment is to come within three days of the reader's calendar."""
    return moment is not None and not is_past(moment) and _days_until(moment) <= NEAR


@register.simple_tag
def desk_cell(cell: Mapping[str, Any]) -> SafeString:
    """Return a cell of components/desk.html. Written by hand: a page has a hundred of them.

    `cell`: `label` (the column, said on small screens) and one of `state` (marked as in
    components/state.html, in the words of the staff), `due` (a clock) and `text` (escaped, unless
    it is safe HTML of ours); `late` marks a text as over.
    """
    inside, late = cell.get("text"), cell.get("late")
    if state := cell.get("state"):
        inside = f'<span class="state {escape(state.tone)}">{escape(str(state.staff))}</span>'
    elif due := cell.get("due"):
        mark = ' class="late"' if is_past(due) else ""
        inside = f"<span{mark}>{escape(in_words(due))}</span>"
    elif inside:
        inside = conditional_escape(inside)
        inside = f'<span class="late">{inside}</span>' if late else inside
    label = cell.get("label")
    label = f' data-label="{escape(str(label))}"' if label else ""
    return mark_safe(f"<td{label}>{inside or ''}</td>")  # noqa: S308 - each part is escaped above


@register.simple_tag
def bidi(text: Any, lang: str = "") -> SafeString:
    """Return a name or text that keeps its own direction and language inside any page.

    With `lang` (a code such as "ar") the element carries lang and dir; without, the browser
    decides the direction from the first strong letter.
    """
    if not lang:
        return format_html('<bdi dir="auto">{}</bdi>', text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', lang, direction(lang), text)


@register.simple_tag
def new_token() -> str:
    """Return the one-time token of a form that has only a button."""
    return str(uuid.uuid4())


@register.filter
def direction(lang: str | None) -> str:
    """Return "rtl" or "ltr" for a language code, "auto" for an unknown or empty one."""
    if not lang:
        return "auto"
    try:
        return "rtl" if get_language_info(lang)["bidi"] else "ltr"
    except KeyError:
        return "auto"


@register.filter
def label_and_hint(label: Any) -> tuple[str, str]:
    """Split the label of a choice at its first line break: what it is, and what it means."""
    first, _break, rest = str(label).partition("\n")
    return first, rest.strip()


@register.filter
def is_optional(field: Any) -> bool:
    """Tell whether a form field deserves the word "optional": only where others are required.

    A field that is one piece of a row says nothing where the row does (`said_by_row`).
    """
    if field.field.required or getattr(field.field, "said_by_row", False):
        return False
    others = field.form.fields.values()
    return any(other.required and not other.widget.is_hidden for other in others)


@register.filter
def errors_by_field(form: Any) -> list[tuple[Any, list[str]]]:
    """Return the (bound field, messages) pairs of a form that have errors, in the form's order.

    Errors of hidden fields are left out: they stand with the form's own (`non_field_errors`).
    """
    return [(field, list(field.errors)) for field in form.visible_fields() if field.errors]


@register.filter
def page_numbers(page: Any) -> list[int]:
    """Return the page numbers to show round a `Page`, 0 where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in numbers]


def _local(moment: Moment) -> Moment:
    aware = isinstance(moment, dt.datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment) if aware else moment  # type: ignore[arg-type]


def _days_until(moment: Moment) -> int:
    local = _local(moment)
    day = local.date() if isinstance(local, dt.datetime) else local
    return (day - timezone.localdate()).days


def _hours(moment: dt.datetime) -> str:
    seconds = (moment - timezone.now()).total_seconds()
    hours = int(abs(seconds) // 3600)
    if seconds >= 0:
        if hours == 0:
            return _("in less than an hour")
        return ngettext("in %(n)s hour", "in %(n)s hours", hours) % {"n": hours}
    if hours == 0:
        return _("less than an hour ago")
    return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}


def _short_date(day: Moment) -> str:
    return date_format(day, "j F" if day.year == timezone.localdate().year else "j F Y")


def _zone(zone: Any) -> dt.tzinfo | None:
    if not isinstance(zone, str):
        return zone or None
    if not zone:
        return None
    try:
        return zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def _clock(local: dt.datetime, zone: dt.tzinfo) -> str:
    name = str(zone)
    time = date_format(local, "H:i")
    if name in UTC_NAMES or "/" not in name:
        return _("%(time)s UTC") % {"time": time} if name in UTC_NAMES else f"{time} {name}"
    place = name.rpartition("/")[2].replace("_", " ")
    return _("%(time)s in %(place)s") % {"time": time, "place": place}
