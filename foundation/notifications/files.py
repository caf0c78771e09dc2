"""Files that travel with a mail. Imports nothing of the package: rooms and delivery both know it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
WORD = r"[A-Za-z0-9!#$&^_.+-]+"
CONTENT_TYPE = re.compile(rf"{WORD}/{WORD}(; ?{WORD}={WORD})*")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail: `data` under the plain `name`, of the MIME type `content_type`.

    With `alternative` it is no attachment but another form of the mail's text, which a mail
    program may show in its place: an invitation of a calendar travels so, as
    "text/calendar; method=REQUEST" (RFC 6047, section 2.4). Without, it is a file to be kept.

    Name and type stand in headers, so they are of the letters that need no quoting there; in the
    type no charset: text is UTF-8, and that is said for it. ValueError for anything else.
    """

    name: str
    content_type: str
    data: bytes = field(repr=False)
    alternative: bool = False

    def __post_init__(self) -> None:
        """Refuse what would have to be quoted, or could end a header."""
        if not NAME.fullmatch(self.name):
            raise ValueError("the name of a mail's file is of plain letters")
        if not CONTENT_TYPE.fullmatch(self.content_type) or "charset" in self.content_type:
            raise ValueError("the type of a mail's file is type/subtype; name=value, no charset")
