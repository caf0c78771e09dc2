"""What waits for a person after sign-in, gathered from the rooms that have something to say."""

from __future__ import annotations

from typing import Any

from letters.waiting import letters_waiting_for
from meetings.waiting import meetings_waiting_for
from organizations.waiting import organizations_waiting_for
from recommendations.waiting import recommendations_waiting_for


def waiting_for(user: Any) -> list[Any]:
    """Return the things that wait for `user`, most urgent first (each: sentence, url, state, due)."""
    items = [
        *organizations_waiting_for(user),
        *recommendations_waiting_for(user),
        *meetings_waiting_for(user),
        *letters_waiting_for(user),
    ]
    return sorted(items, key=lambda item: (item.due is None, item.due))
