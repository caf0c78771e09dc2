"""Where a brief hears of what lies in rooms above: each registers a source of past dealings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from foundation.confidentiality import Viewer
from meetings.briefs.content import Past

Source = Callable[[Any, Viewer], Iterable[Past]]
"""Given who asks for the meeting (an organization, an expert, a network) and for whom the brief is
made, gives the past dealings with them that this reader may see."""

_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Make a source known; one of the same name is replaced. Call in AppConfig.ready()."""
    _sources[name] = source


def past_dealings(requester: Any, viewer: Viewer) -> list[Past]:
    """Return what all sources know, the latest first."""
    found = [past for name in sorted(_sources) for past in _sources[name](requester, viewer)]
    return latest_first(found)


def latest_first(found: Iterable[Past]) -> list[Past]:
    """Return past dealings in the order of a brief: the latest first, then by reference."""
    return sorted(found, key=lambda past: (-past.day.toordinal(), past.reference))
