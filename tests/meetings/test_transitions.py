"""The truth table: every state × step × role, allowed or refused as the table says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.workflow import NotYours, WrongState
from meetings import actions
from meetings.enums import MeetingState as S
from meetings.models import Meeting, Slot
from meetings.transitions import MEETING
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_officer,
    make_user,
)
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_note,
    make_slot,
    make_submitter,
    window,
)

pytestmark = pytest.mark.django_db


def take(name: str, meeting: Meeting, by: Any) -> None:
    """Take a step as its page does."""
    day = timezone.now().date() + timedelta(days=9)
    slot = Slot.objects.unguarded("test").about(meeting).proposed().first()
    slot = slot or make_slot(meeting)
    times = {"starts_at": at(12), "ends_at": at(12, 10), "zone": "Europe/Vienna", "place": "Hall"}
    steps = {
        "request": lambda: actions.request(meeting=meeting, by=by),
        "assign": lambda: actions.assign(
            meeting=meeting, owner=meeting.owner or by, answer_by=day, by=by
        ),
        "decline": lambda: actions.decline(meeting=meeting, reason="Not now.", by=by),
        "propose": lambda: actions.propose(meeting=meeting, slots=[window()], by=by),
        "choose": lambda: actions.choose(meeting=meeting, slot=slot, by=by),
        "ask_other_times": lambda: actions.ask_other_times(
            meeting=meeting, text="Later, please.", by=by
        ),
        "take_back": lambda: actions.take_back(meeting=meeting, by=by),
        "move": lambda: actions.move(meeting=meeting, version=0, by=by, **times),
        "cancel": lambda: actions.cancel(meeting=meeting, reason="Ill.", by=by),
        "hold": lambda: actions.hold(meeting=meeting, attended=[], by=by),
        "file_note": lambda: actions.file_note(meeting=meeting, by=by),
        "withdraw": lambda: actions.withdraw(meeting=meeting, by=by),
    }
    steps[name]()


ROLES = {
    "representative": {"requester"},
    "contributor": {"contributor"},
    "other representative": set(),
    "expert": set(),
    "coordinator": set(),
    "officer": {"officer"},
    "approver": {"officer"},
    "officer of the requester": {"contributor"},
    "approver who represents it": {"requester"},
    "auditor": set(),
    "administrator": set(),
    "stranger": set(),
}


def cast(role: str, meeting: Meeting) -> Any:
    """Return a person of this role towards the meeting."""
    makers = {
        "representative": lambda: meeting.created_by,
        "contributor": lambda: make_contributor(meeting.organization),
        "other representative": lambda: make_submitter()[0],
        "expert": lambda: make_expert().user,
        "coordinator": lambda: coordinator(),
        "officer": make_officer,
        "approver": make_approver,
        "officer of the requester": lambda: joined(make_officer(), meeting, "contributor"),
        "approver who represents it": lambda: joined(make_approver(), meeting, "representative"),
        "auditor": lambda: make_user("", "auditor"),
        "administrator": lambda: make_user("", "administrator"),
        "stranger": make_user,
    }
    return makers[role]()


def coordinator() -> Any:
    user = make_user()
    make_network(coordinators=(user,))
    return user


def joined(user: Any, meeting: Meeting, role: str) -> Any:
    """Return a member of staff who belongs to who asked: a stake, so no officer here."""
    make_membership(user, meeting.organization, role=role)
    return user


def words_of(role: str, meeting: Meeting) -> set[str]:
    """Return the words of the table for this role; a draft is nobody's business but its own."""
    words = ROLES[role]
    return words - {"officer"} if meeting.requested_at is None else words


def ready(state: str, name: str) -> Meeting:
    """Return a meeting in `state`, with what `name` needs besides."""
    begun = name == "hold" and state == S.CONFIRMED
    meeting = make_meeting(state=state, days=-1 if begun else None)
    if name == "file_note" and state == S.HELD:
        make_note(meeting)
    return meeting


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [step.name for step in MEETING.transitions])
@pytest.mark.parametrize("state", S.values)
def test_step_in_state_by_role(state: str, name: str, role: str) -> None:
    meeting = ready(state, name)
    who = cast(role, meeting)
    step = MEETING.transition(name)
    words = words_of(role, meeting)
    if not words & step.who:
        with pytest.raises(NotYours):
            take(name, meeting, who)
    elif state not in step.sources:
        with pytest.raises(WrongState):
            take(name, meeting, who)
    else:
        take(name, meeting, who)
    after = Meeting.objects.unguarded("test").get(pk=meeting.pk).state
    allowed = bool(words & step.who) and state in step.sources
    assert after == (step.target if allowed else state)


@pytest.mark.parametrize("state", S.values)
def test_buttons_are_those_of_the_table(state: str) -> None:
    meeting = make_meeting(state=state)
    for role in ROLES:
        words = words_of(role, meeting)
        who = cast(role, meeting)
        shown = {step.name for step in MEETING.available(meeting, who)}
        assert shown == {
            step.name for step in MEETING.transitions if state in step.sources and step.who & words
        }, role
