"""Times as people type them: a day and two clock times in a zone, read into moments.

Plain inputs, so that they work without JavaScript. A clock time that does not exist or comes twice
(the night on which clocks change) is said at its field, not guessed.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import TokenForm, VersionedForm
from meetings.forms.fields import ZoneField
from meetings.moments import NoSuchMoment, Window, at_place

AHEAD = timedelta(days=2 * 366)
PIECES = ("day", "begins", "ends")


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """Return the moment, in UTC, at which clocks in `zone` show this.

    ValidationError for a time that the clocks skip or show twice that night, that is over, or
    that lies more than two years ahead.
    """
    today = timezone.now().date()
    if day < today - timedelta(days=1):
        raise ValidationError(_("This moment has passed."))
    if day > today + AHEAD:
        raise ValidationError(_("Choose a day within two years."))
    typed = datetime.combine(day, clock.replace(second=0, microsecond=0))
    try:
        moment = at_place(typed, zone)
    except NoSuchMoment as refusal:
        raise ValidationError(str(refusal)) from refusal
    if typed.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=1).astimezone(UTC) != moment:
        raise ValidationError(
            _("The clocks there are put back that night: this time comes twice. Choose another.")
        )
    if moment <= timezone.now():
        raise ValidationError(_("This moment has passed."))
    return moment


class SpansForm(TokenForm):
    """Up to `most` spans by the clock of one place; rows that are left empty do not count.

    `needed`: at least one has to be there. Each row has fields `day_0`, `begins_0`, `ends_0` and
    `note_0`.
    """

    template_name = "meetings/_spans.html"
    most, shown, noted, needed, words_first = 5, 2, True, True, False
    row_label = gettext_lazy("Time %(n)s")
    zone = ZoneField(
        help_text=gettext_lazy(
            "All times below are by the clock of this place. Everybody is shown their own clock too."
        )
    )

    def __init__(self, *args: Any, spans: Any = (), zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spans = list(spans)
        zone = zone or (spans[0].zone if spans else timezone.get_current_timezone_name())
        self.fields["zone"].offer(zone)  # type: ignore[attr-defined]
        for number in range(max(self.most, len(spans)) if self.most > 1 else 1):
            self._add_row(number, spans[number] if number < len(spans) else None, zone)
        self.count = number + 1

    def _add_row(self, number: int, span: Any, zone: str) -> None:
        there = zoneinfo.ZoneInfo(zone)
        starts = span.starts_at.astimezone(there) if span else None
        ends = span.ends_at.astimezone(there) if span else None
        must = self.needed and self.most == 1
        self.fields[f"day_{number}"] = forms.DateField(
            label=gettext_lazy("Day"),
            required=must,
            initial=starts.date() if starts else None,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        for name, label, at in (
            ("begins", gettext_lazy("From"), starts),
            ("ends", gettext_lazy("To"), ends),
        ):
            self.fields[f"{name}_{number}"] = forms.TimeField(
                label=label,
                required=must,
                initial=at.time() if at else None,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )
        if self.noted:
            self.fields[f"note_{number}"] = CleanCharField(
                label=gettext_lazy("Remark"),
                required=False,
                initial=span.note if span else "",
            )
        self._name_row(number)

    def _name_row(self, number: int) -> None:
        """Name each field with its row, for the summary of errors; beside it the short name stands."""
        for name in (*PIECES, "note"):
            field: Any = self.fields.get(f"{name}_{number}")
            if field is not None:
                field.short_label, field.said_by_row = field.label, True
                if self.most > 1:
                    field.label = f"{self._legend(number)}: {field.label}"

    def _legend(self, number: int) -> str:
        return str(self.row_label) % {"n": number + 1}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows for the template: the legend, the bound fields, whether it is in use."""
        for number in range(self.count):
            names = [f"{name}_{number}" for name in (*PIECES, "note")]
            fields = [self[name] for name in names if name in self.fields]
            yield {
                "legend": self._legend(number) if self.most > 1 else "",
                "fields": fields,
                "used": number < self.shown
                or any(field.value() or field.errors for field in fields),
            }

    def has_more(self) -> bool:
        """Tell whether rows stay folded away."""
        return not all(row["used"] for row in self.rows())

    def other_fields(self) -> list[Any]:
        """Return the visible fields that are no part of a row, but the zone: they come last."""
        rowed = {field.name for row in self.rows() for field in row["fields"]}
        return [f for f in self.visible_fields() if f.name not in rowed and f.name != "zone"]

    def clean(self) -> dict[str, Any]:
        """Read the rows into `spans`; each mistake is said at its own field."""
        data = super().clean() or self.cleaned_data
        found = [self._read(number, data) for number in range(self.count)]
        data["spans"] = sorted((one for one in found if one), key=lambda one: one.starts_at)
        if self.needed and not self.errors and not data["spans"]:
            self.add_error("day_0", _("Give at least one day and time."))
        return data

    def _read(self, number: int, data: dict[str, Any]) -> Window | None:
        names = {piece: f"{piece}_{number}" for piece in PIECES}
        note = data.get(f"note_{number}", "")
        wrong = [name for name in names.values() if name in self.errors]
        given = [piece for piece in PIECES if data.get(names[piece]) is not None]
        if wrong or "zone" in self.errors or not (given or note):
            return None
        for piece in PIECES:
            if piece not in given:
                self.add_error(
                    names[piece], _("This is missing: day, beginning and end are needed.")
                )
        if len(given) < len(PIECES):
            return None
        day, zone = data[names["day"]], data["zone"]
        starts = self._moment(names["begins"], day, data[names["begins"]], zone)
        if starts is None:
            return None
        ends = self._moment(names["ends"], day, data[names["ends"]], zone)
        if ends is None:
            return None
        if ends <= starts:
            self.add_error(names["ends"], _("The end lies before the beginning."))
            return None
        return Window(starts, ends, zone, note)

    def _moment(self, field: str, day: date, clock: time, zone: str) -> datetime | None:
        try:
            return moment_of(day, clock, zone)
        except ValidationError as error:
            self.add_error(field, error)
            return None


class WindowsForm(SpansForm):
    """When those who ask could meet."""

    row_label = gettext_lazy("Window %(n)s")
    most, needed = 6, False


class OtherTimesForm(WindowsForm):
    """What would fit instead: in words, and as windows where somebody knows them."""

    words_first = True
    text = CleanTextField(
        label=gettext_lazy("What would fit, in words"),
        max_length=10_000,
        rows=4,
        help_text=gettext_lazy("The owner at the Office reads this and proposes again."),
    )


class ProposeForm(SpansForm):
    """The one to five times that the Office proposes."""

    row_label = gettext_lazy("Proposed time %(n)s")
    shown = 3
    place = CleanCharField(
        label=gettext_lazy("Place, or how to join"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The same for all of them. You can also say it later."),
    )


class MoveForm(SpansForm, VersionedForm):
    """A new time or place for a meeting that stands."""

    most, shown, noted = 1, 1, False
    place = CleanCharField(
        label=gettext_lazy("Place, or how to join"),
        max_length=500,
        help_text=gettext_lazy(
            "Shown to the participants here; in mails only where they chose so."
        ),
    )


class ChooseForm(TokenForm):
    """One of the proposed times, grouped by the day of the place."""

    slot = forms.ChoiceField(
        label=gettext_lazy("Proposed times"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the times."),
            "invalid_choice": gettext_lazy("This time is not among those proposed now."),
        },
    )
    template_name = "meetings/_choose.html"

    def __init__(self, *args: Any, slots: Any, offered: Any, **kwargs: Any) -> None:
        """`slots`: all that were ever proposed, so that a form posted twice is still understood and
        an old one gets the action's own words; `offered`: those that can be chosen now."""
        super().__init__(*args, **kwargs)
        self.slots, self.offered = {str(slot.pk): slot for slot in slots}, list(offered)
        self.fields["slot"].choices = [(key, key) for key in self.slots]  # type: ignore[attr-defined]

    def days(self) -> dict[date, list[dict[str, Any]]]:
        """Return the times by day, each with what its radio button needs."""
        found: dict[date, list[dict[str, Any]]] = {}
        for number, slot in enumerate(self.offered):
            day = slot.starts_at.astimezone(zoneinfo.ZoneInfo(slot.zone)).date()
            radio = {"id": f"id_slot_{number}", "value": str(slot.pk), "slot": slot}
            radio["checked"] = self["slot"].value() == str(slot.pk)
            radio["over"] = slot.starts_at <= timezone.now()
            found.setdefault(day, []).append(radio)
        return found

    def chosen(self) -> Any:
        """Return the slot that was chosen."""
        return self.slots[self.cleaned_data["slot"]]
