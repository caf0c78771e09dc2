"""Telling several people the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation.notifications.outbox import notify
from meetings.models import Meeting


def tell(
    kind: str, people: Iterable[Any], meeting: Meeting, *, but: Any = None, dedupe: str = ""
) -> None:
    """Notify each of `people` once, the one who acted left out."""
    for one in {person.pk: person for person in people if person is not None}.values():
        if but is None or one.pk != but.pk:
            notify(kind, to=one, about=meeting, dedupe=dedupe or None)
