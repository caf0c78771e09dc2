"""A small calendar program: reads files with a second library and applies them one after another.

It is as strict as RFC 5546 allows (sections 2.1.4 and 2.1.5): a file counts only if its SEQUENCE is
higher than what the program has seen under that UID. `remembers=False` is a program that forgets
what was cancelled, as many do.
"""

from dataclasses import dataclass, field
from typing import Any

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event


@dataclass(frozen=True)
class Read:
    """One file as the second library reads it."""

    method: str
    event: Event

    @property
    def sequence(self) -> int:
        """0 where there is none (RFC 5545, section 3.8.7.4)."""
        return self.event.sequence or 0

    @property
    def status(self) -> str:
        """CONFIRMED or CANCELLED."""
        return str(self.event.status.value) if self.event.status else ""

    @property
    def attendees(self) -> list[str]:
        """The URIs of all attendees."""
        return [str(one.uri) for one in self.event.attendees]


def read(data: bytes) -> Read:
    """Read one file; raises what the library raises, and AssertionError unless it is one event."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))
    assert len(calendar.events) == 1, "one meeting per file"
    assert not (calendar.todos or calendar.journal or calendar.timezones or calendar.extras)
    (event,) = calendar.events
    assert not event.extras, "no property of our own"
    return Read(calendar.method or "", event)


@dataclass
class CalendarClient:
    """The calendar of one person."""

    remembers: bool = True
    entries: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def apply(self, *files: bytes) -> "CalendarClient":
        """Apply the files in this order."""
        for data in files:
            self._apply(read(data))
        return self

    def _apply(self, file: Read) -> None:
        uid = file.event.uid or ""
        if file.sequence <= self.seen.get(uid, -1):
            return
        if file.method == "CANCEL":
            self.entries.pop(uid, None)
            if self.remembers:
                self.seen[uid] = file.sequence
            else:
                self.seen.pop(uid, None)
        elif file.method == "REQUEST":
            self.entries[uid] = file.event
            self.seen[uid] = file.sequence
        else:
            raise AssertionError(f"a method that nobody writes: {file.method}")
