"""A message with files, for tests; what it says can be changed until it leaves."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from foundation.notifications import registry
from foundation.notifications.files import MailFile
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import notify
from foundation.notifications.registry import Notification
from tests.foundation.notifications.conftest import Told

Person = Callable[..., Any]
CALENDAR = (
    "BEGIN:VCALENDAR\r\nSUMMARY:Встреча – 会议 – اجتماع\r\n.dot\r\nEND:VCALENDAR\r\n".encode()
)
FILES = (
    MailFile("invitation.ics", "text/calendar; method=REQUEST", CALENDAR, alternative=True),
    MailFile("invitation.ics", "application/ics", CALENDAR),
)


class Invited(Notification):
    """A message with files; what it says can be changed until it leaves."""

    kind = "tests.invited"
    true = True
    asked = 0

    def still_true(self, user: Any, about_id: str) -> bool:
        return self.true

    def files(self, user: Any, about_id: str) -> tuple[MailFile, ...]:
        Invited.asked += 1
        return FILES


@pytest.fixture(autouse=True)
def invited(told: Told, monkeypatch: pytest.MonkeyPatch) -> Invited:
    message = Invited()
    monkeypatch.setattr(registry, "_kinds", {**registry._kinds, Invited.kind: message})
    monkeypatch.setattr(Invited, "asked", 0)
    return message


def rows(*kinds_and_readers: tuple[str, Any]) -> list[Any]:
    """Tell each reader that kind; return the ids of the rows in that order."""
    for kind, reader in kinds_and_readers:
        notify(kind, to=reader)
    by_reader = dict(Outbox.objects.values_list("recipient_id", "pk"))
    return [by_reader[reader.pk] for _, reader in kinds_and_readers]


def tree(message: EmailMessage) -> list[str]:
    """The types of all parts, in order."""
    return [part.get_content_type() for part in message.walk()]
