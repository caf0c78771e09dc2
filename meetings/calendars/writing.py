"""The file of an invitation, as RFC 5545 (iCalendar) and RFC 5546 (iTIP) want it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from meetings.calendars.invitation import CANCEL, Invitation

PRODUCT: Final = "-//Civil Society Portal//Meetings//EN"
LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNQUOTED: Final = "!$'*+-=_~."
"""What may stand in an address beside letters and digits without being quoted (RFC 6068)."""


def write(invitation: Invitation) -> bytes:
    """The file that says `invitation`: the same one gives the same bytes, whenever it is made.

    - One event for one person. UID is that person's own and stable, so that a later file with a
      higher SEQUENCE replaces this one, and CANCEL takes it back (RFC 5546, sections 2.1.4, 2.1.5
      and 3.2.5). Whoever has the file learns of no other participant: the only ATTENDEE is the
      recipient (RFC 5545, section 3.8.4.1), without a name.
    - METHOD and STATUS go together: REQUEST with CONFIRMED, CANCEL with CANCELLED.
    - Times are in UTC (RFC 5545, section 3.3.5, form 2). A VTIMEZONE of ours would be read in as
      many ways as there are programs; the clock of the place is shown in the portal.
    - DTSTAMP is when the step was made, for METHOD is there (section 3.8.7.2).
    - ORGANIZER is the Office's neutral address (section 3.8.4.3). No answer is asked for: it would
      go to that box, and the portal is where people answer.
    - CLASS is PRIVATE (section 3.8.1.3): who shares a calendar shows that there is something, not
      what. Not every program obeys; so title and description say only what the person chose.
    - Lines end in CRLF and are folded at 75 octets, between characters (section 3.1). In texts
      line ends, commas, semicolons and backslashes are escaped (section 3.3.11); other control
      characters, which must not occur, become spaces.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical(sorted=True))


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", _in_utc(invitation.stamped_at))
    event.add("dtstart", _in_utc(invitation.starts_at))
    event.add("dtend", _in_utc(invitation.ends_at))
    event.add("summary", _line(invitation.title))
    event.add("description", _lines(invitation.description, invitation.link))
    if place := _line(invitation.place):
        event.add("location", place)
    event.add("status", "CANCELLED" if invitation.method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event["organizer"] = vCalAddress(_mailto(invitation.organizer))
    event["attendee"] = _attendee(invitation.recipient)
    return event


def _attendee(address: str) -> vCalAddress:
    """The one who is invited, and who is not asked to answer by mail."""
    attendee = vCalAddress(_mailto(address))
    facts = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    attendee.params.update({name: vText(value) for name, value in facts.items()})
    return attendee


def _mailto(address: str) -> str:
    """The address as a URI of ASCII letters (RFC 6068), its domain as mail servers know it."""
    box, _, domain = address.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("an address whose domain no mail server knows") from error
    return f"mailto:{quote(box, safe=UNQUOTED)}@{host}"


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _line(text: str) -> str:
    """`text` as one line without control characters."""
    return " ".join(_harmless(text).split())


def _lines(*texts: str) -> str:
    """The texts below each other, an empty line between two."""
    kept = ("\n".join(_line(line) for line in LINE_ENDS.split(text)).strip() for text in texts)
    return "\n\n".join(text for text in kept if text)


def _harmless(text: str) -> str:
    """Spaces for control characters and for halves of characters, which no file can hold."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
