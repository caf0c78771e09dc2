"""Asks the database who sees which meeting, and writes it as a table for docs/who-sees-what.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.enums import LEVELS, MeetingState
from meetings.models import Meeting, NamedReader
from meetings.transitions import MEETING
from tests.factories import (
    make_approver,
    make_membership,
    make_network,
    make_officer,
    make_organization,
    make_user,
)
from tests.meetings.factories import make_contributor, make_meeting, make_participant

Line = tuple[list[str], list[str]]


def meetings(staff: Callable[[], dict[str, Any]], table: Callable[..., str]) -> str:
    """Return the table: for each level and state, what each person of the cast sees."""
    lines: list[Line] = []
    cast: dict[str, Any] = {}
    for level in LEVELS:
        for state in MeetingState:
            meeting = make_meeting(state=state, level=level)
            cast = _cast_of(meeting) | staff()
            cells = [_sight(meeting, viewer) for viewer in cast.values()]
            lines.append(([level.label, str(MEETING.states[state].staff)], cells))
    return table(("level", "state"), cast, lines)


def of_a_network(staff: Callable[[], dict[str, Any]], table: Callable[..., str]) -> str:
    """Return the table of a meeting that was asked for in the name of a network."""
    lines: list[Line] = []
    cast: dict[str, Any] = {}
    for level in LEVELS:
        coordinator, member, officer = make_user(), make_user(), make_officer()
        organization = make_organization(representative=member)
        make_membership(officer, organization, role="contributor")
        network = make_network(coordinators=(coordinator,), members=(organization,))
        meeting = make_meeting(network=network, by=coordinator, level=level)
        own = {"coordinator": coordinator, "representative of a member": member}
        cast = {**own, "officer who belongs to a member": officer} | staff()
        cells = [_sight(meeting, viewer) for viewer in cast.values()]
        lines.append(([level.label], cells))
    return table(("level",), cast, lines)


def _cast_of(meeting: Meeting) -> dict[str, Any]:
    """Return those who have something to do with it."""
    named, gone, listed = make_officer(), make_user(), make_user()
    officer = make_officer()
    NamedReader.objects.create(meeting=meeting, user=named, named_by=make_approver())
    make_membership(gone, meeting.organization, ended=True)
    make_participant(meeting, user=listed)
    make_membership(officer, meeting.organization, role="contributor")
    return {
        "representative": meeting.created_by,
        "contributor": make_contributor(meeting.organization),
        "who left it": gone,
        "on the list only": listed,
        "officer who belongs to it": officer,
        "officer named for it": named,
    }


def _sight(meeting: Meeting, viewer: Any) -> str:
    rows = Meeting.objects.visible_to(viewer).filter(pk=meeting.pk)
    if not rows.exists():
        return "–"
    return "own" if rows.filter(Meeting.objects.all().mine(viewer)).exists() else "desk"
