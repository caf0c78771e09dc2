"""What the tests of the pages share: rows past the guard, addresses, what a form posts."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, Participant, Slot


def meetings() -> Any:
    return Meeting.objects.unguarded("test")


def slots() -> Any:
    return Slot.objects.unguarded("test")


def people() -> Any:
    return Participant.objects.unguarded("test")


def fresh(meeting: Meeting) -> Meeting:
    return meetings().get(pk=meeting.pk)


def url(name: str, meeting: Meeting, *more: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def token() -> dict[str, Any]:
    return {"token": uuid.uuid4()}


def draft_form(meeting: Meeting, **changes: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "purpose": "Speak about schools",
        "text": "We want to say what the closures did.",
        "format": "online",
        "place_wished": "",
        "languages": ["fr", "ar"],
        "access_needs": "Captions.",
        "version": meeting.version,
        **token(),
        **changes,
    }


def row(number: int, day: Any, begins: str = "10:00", ends: str = "11:00") -> dict[str, Any]:
    return {f"day_{number}": day, f"begins_{number}": begins, f"ends_{number}": ends}


def day(days: int = 10) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()
