"""The lanes of the relay: which table, and to whom its rows are handed.

An app registers its lanes in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.leases.work import Work


@dataclass(frozen=True)
class Lane:
    """A table of work and its way out.

    `hand_over(ids)` publishes the ids to a broker, or, in a `direct` lane, does the work itself.
    It gets at most `batch` ids at once. `lease` is how many seconds a row waits for its worker
    before it is handed over again. `ahead` is how many rows may be handed over and unfinished:
    with it a worker that stands still does not fill the broker. `label` is the lane's name for
    people (translated lazily).
    """

    name: str
    model: Work
    hand_over: Callable[[list[Any]], None]
    batch: int = 50
    direct: bool = False
    lease: float = 30.0
    ahead: int = 1000
    label: Any = ""


_lanes: dict[str, Lane] = {}


def register_lane(lane: Lane) -> None:
    """Add `lane`; a lane of the same name is replaced."""
    _lanes[lane.name] = lane


def lanes() -> tuple[Lane, ...]:
    """All registered lanes, in the order of their registration."""
    return tuple(_lanes.values())


def lane(name: str) -> Lane:
    """The lane of that name; KeyError if there is none."""
    return _lanes[name]
