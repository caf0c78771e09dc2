"""Telling several people the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation.notifications.outbox import notify
from meetings.models import Meeting
from meetings.rules import want_no_mail


def tell(
    kind: str, people: Iterable[Any], meeting: Meeting, *, but: Any = None, dedupe: str = ""
) -> None:
    """Notify each of `people` once, the one who acted left out; inside the portal only who wants no
    mail about this meeting."""
    silent = want_no_mail(meeting.pk)
    for one in {person.pk: person for person in people if person is not None}.values():
        if but is None or one.pk != but.pk:
            mail = one.pk not in silent
            notify(kind, to=one, about=meeting, dedupe=dedupe or None, mail=mail)
