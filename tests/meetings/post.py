"""The post of a test: what waits in the outbox leaves, and is looked at as its reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import mail

from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails
from tests.meetings.calendars.client import Read, read


@dataclass(frozen=True)
class Letter:
    """A mail that left: whom it went to, all its words, and the calendar file if it has one."""

    to: str
    words: str
    file: bytes | None
    types: tuple[str, ...]

    def read(self) -> Read:
        """The file as a second library reads it."""
        assert self.file is not None
        return read(self.file)


def deliver() -> list[Letter]:
    """Let everything leave that waits, in the order in which it was written."""
    waiting = Outbox.objects.filter(done_at=None).order_by("created_at", "pk")
    before = len(mail.outbox)
    deliver_mails(list(waiting.values_list("pk", flat=True)))
    assert not Outbox.objects.filter(done_at=None).exists(), "a mail could not be made"
    return [_letter(message) for message in mail.outbox[before:]]


def _letter(message: Any) -> Letter:
    """All parts are decoded, headers too: what is in none of them is not in the mail."""
    (to,) = message.recipients()
    tree = message.message()
    parts = list(tree.walk())
    headers = [f"{name}: {value}" for part in parts for name, value in part.items()]
    texts = [part.get_payload(decode=True).decode() for part in parts if not part.is_multipart()]
    files = [part.get_payload(decode=True) for part in parts if part.get_filename()]
    forms = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert [form.get_payload(decode=True) for form in forms] == files, "both forms are one file"
    for form in forms:
        assert form.get_param("method") == read(files[0]).method
    unfolded = [text.replace("\r\n ", "") for text in texts]
    return Letter(
        to=to,
        words="\n".join([*headers, *unfolded]),
        file=files[0] if files else None,
        types=tuple(part.get_content_type() for part in parts),
    )
