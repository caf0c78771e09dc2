"""What waits for a person after sign-in, gathered from the rooms that have something to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.waiting import accounts_waiting_for
from foundation.web.waiting import MOST, Group, Rest, Waiting
from letters.waiting import letters_waiting_for
from meetings.waiting import meetings_waiting_for
from organizations.waiting import organizations_waiting_for
from recommendations.waiting import recommendations_waiting_for

Room = Callable[[Any], Iterable[Waiting]]
ROOMS: tuple[Room, ...] = (
    organizations_waiting_for,
    recommendations_waiting_for,
    meetings_waiting_for,
    letters_waiting_for,
    accounts_waiting_for,
)
"""Each yields at most MOST + 1 things of a kind, the most urgent first, with a constant number of
queries. A new room is one more line."""
SOON = timedelta(days=7)


@dataclass(frozen=True)
class WaitingGroup:
    """Things of which the same is to be done: at most MOST, and where the others stand."""

    key: str
    label: Any
    rows: list[Waiting]
    rest: list[Rest]


def waiting_for(user: Any) -> list[WaitingGroup]:
    """Return what waits for `user` in groups, the most urgent group and thing first."""
    found = [item for room in ROOMS for item in room(user)]
    kinds = Counter(item.rest for item in found if item.rest)
    there_are_more = {rest for rest, count in kinds.items() if count > MOST}
    return list(_groups(found, there_are_more))


def _groups(found: list[Waiting], there_are_more: set[Rest]) -> Iterator[WaitingGroup]:
    soon = timezone.now() + SOON
    for group in Group:
        rows = [item for item in found if _group_of(item, soon) == group]
        rows.sort(key=lambda item: (item.due is None, item.due))
        left = [item.rest for item in rows[MOST:] if item.rest]
        left += [item.rest for item in rows if item.rest in there_are_more]
        if rows:
            key = group.name.lower()
            yield WaitingGroup(key, group.value, rows[:MOST], list(dict.fromkeys(left)))


def _group_of(item: Waiting, soon: Any) -> Group:
    return Group.SOON if item.due is not None and item.due <= soon else item.group
