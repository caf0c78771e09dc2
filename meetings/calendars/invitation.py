"""What one file of a calendar says, checked before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

REQUEST: Final = "REQUEST"
CANCEL: Final = "CANCEL"
LAST_SEQUENCE: Final = 2**31 - 1  # RFC 5545, section 3.3.8: an integer has 32 bits and a sign

UID = re.compile(r"[A-Za-z0-9._:@-]{1,300}")
ADDRESS = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]+@[^\s\x00-\x1f\x7f-\x9f@<>\",;:/?#%]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One step of one person's invitation to one meeting (RFC 5546, section 3.2).

    `uid` is the person's own for this meeting and never changes; `sequence` starts at 0 and rises
    with each step; `method` is REQUEST (come, or come at another time) or CANCEL. All times are
    aware; `stamped_at` is when the step was made, not when it is sent, so that the same step is
    the same file. `organizer` and `recipient` are bare addresses: no name goes into the file.
    `link` leads into the portal; `title`, `place` and `description` are what the person chose to
    have in a file that lies in other people's systems.

    ValueError for what no calendar could use. The texts are not refused, whatever is in them:
    `write` makes them harmless.
    """

    uid: str
    sequence: int
    method: str
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    organizer: str
    recipient: str
    link: str
    title: str
    place: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        """Refuse what would make a broken file, or one that cannot be taken back."""
        _demand(UID.fullmatch(self.uid), "the uid is of letters, digits and . _ : @ -")
        _demand(0 <= self.sequence <= LAST_SEQUENCE, "the sequence is a number from 0")
        _demand(self.method in (REQUEST, CANCEL), "the method is REQUEST or CANCEL")
        for moment in (self.starts_at, self.ends_at, self.stamped_at):
            _demand(moment.utcoffset() is not None, "every time names its zone")
        _demand(self.starts_at < self.ends_at, "a meeting ends after its start")
        for address in (self.organizer, self.recipient):
            _demand(ADDRESS.fullmatch(address), "organizer and recipient are bare addresses")


def _demand(condition: object, otherwise: str) -> None:
    """Raise ValueError with a sentence that repeats nothing of what was given."""
    if not condition:
        raise ValueError(otherwise)
