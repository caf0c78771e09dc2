"""Clocks of places, windows that are asked for, times that are proposed, chosen, moved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.web.forms import EditConflict
from foundation.workflow import Refused, WrongState
from meetings import actions
from meetings.enums import MeetingState as S
from meetings.enums import SlotKind
from meetings.models import Meeting, Slot
from meetings.moments import NoSuchMoment, at_place
from tests.meetings.factories import (
    at,
    make_meeting,
    make_slot,
    window,
)

pytestmark = pytest.mark.django_db
TIMES: dict[str, Any] = {"zone": "Europe/Vienna", "place": "Hall"}


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.unguarded("test").get(pk=meeting.pk)


def begin_the(meeting: Meeting) -> None:
    """Let the moment of meeting be past."""
    rows = Meeting.objects.unguarded("test").filter(pk=meeting.pk)
    rows.update(starts_at=at(-1), ends_at=at(-1, 10))


@pytest.mark.parametrize(
    ("clock", "zone", "moment"),
    [
        (datetime(2027, 3, 28, 3, 30), "Europe/Vienna", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # An hour that is there twice: the first one.
        (datetime(2027, 10, 31, 2, 30), "Europe/Vienna", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (datetime(2027, 6, 1, 9, 0), "Asia/Kathmandu", datetime(2027, 6, 1, 3, 15, tzinfo=UTC)),
        (datetime(2027, 6, 1, 9, 0), "Pacific/Chatham", datetime(2027, 5, 31, 20, 15, tzinfo=UTC)),
    ],
)
def test_clock_on_a_wall_is_one_moment(clock: datetime, zone: str, moment: datetime) -> None:
    assert at_place(clock, zone) == moment


@pytest.mark.parametrize(
    ("clock", "zone", "words"),
    [
        (datetime(2027, 3, 28, 2, 30), "Europe/Vienna", "does not exist"),
        (datetime(2027, 3, 14, 2, 0), "America/New_York", "does not exist"),
        (datetime(2027, 6, 1, 9, 0), "Europe/Atlantis", "not known"),
        (datetime(2027, 6, 1, 9, 0), "", "not known"),
    ],
)
def test_clock_that_nobody_can_read_is_refused(clock: datetime, zone: str, words: str) -> None:
    with pytest.raises(NoSuchMoment, match=words):
        at_place(clock, zone)


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ([], "one to five"),
        ([window(day) for day in range(2, 8)], "one to five"),
        ([window(-1)], "over"),
        ([window(5, hours=13)], "too long"),
        ([window(5, hours=-1)], "ends before"),
        ([window(5), window(5)], "over each other"),
        ([window(5, 9, hours=2), window(5, 10)], "over each other"),
        ([window(5, zone="Europe/Atlantis")], "not known"),
    ],
)
def test_times_that_cannot_be_are_not_proposed(slots: list, words: str) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    with pytest.raises(Refused, match=words):
        actions.propose(meeting=meeting, slots=slots, by=meeting.owner)
    assert fresh(meeting).state == S.ASSIGNED
    assert not Slot.objects.unguarded("test").proposed().exists()


def test_times_that_touch_are_proposed() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    slots = [window(5, 9), window(5, 10)]
    assert actions.propose(meeting=meeting, slots=slots, by=meeting.owner).round == 1


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        ([window(-3)], "over"),
        ([window(2, hours=24 * 32)], "too long"),
        ([window(2, hours=48), window(3)], "over each other"),
        ([window(day) for day in range(1, 12)], "Ten"),
    ],
)
def test_windows_that_cannot_be_are_not_kept(windows: list, words: str) -> None:
    meeting = make_meeting(state=S.DRAFT)
    with pytest.raises(Refused, match=words):
        actions.set_windows(meeting=meeting, windows=windows, by=meeting.created_by)
    assert Slot.objects.unguarded("test").asked().count() == 1


def test_only_what_is_offered_now_is_chosen() -> None:
    meeting = make_meeting(state=S.PROPOSED, round=2)
    offered = Slot.objects.unguarded("test").offered(meeting).get()
    earlier = make_slot(meeting, round=1, days=9)
    asked = Slot.objects.unguarded("test").about(meeting).asked().first()
    elsewhere = (
        Slot.objects.unguarded("test").offered(other := make_meeting(state=S.PROPOSED)).get()
    )
    for slot in (earlier, asked, elsewhere):
        with pytest.raises(WrongState, match="no longer offered"):
            actions.choose(meeting=meeting, slot=slot, by=meeting.created_by)
    Slot.objects.unguarded("test").filter(pk=offered.pk).update(starts_at=at(-1))
    with pytest.raises(Refused, match="over"):
        actions.choose(meeting=meeting, slot=offered, by=meeting.created_by)
    assert (fresh(meeting).state, fresh(other).state) == (S.PROPOSED, S.PROPOSED)


def test_times_taken_back_cannot_be_chosen_though_the_page_still_shows_them() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    slot = Slot.objects.unguarded("test").offered(meeting).get()
    actions.take_back(meeting=meeting, by=meeting.owner)
    actions.propose(meeting=meeting, slots=[window(11)], by=meeting.owner)
    with pytest.raises(WrongState, match="no longer offered"):
        actions.choose(meeting=meeting, slot=slot, by=meeting.created_by)


def test_move_is_refused_to_the_past_to_the_same_and_from_an_older_page() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    change = {"meeting": meeting, "by": meeting.owner}
    with pytest.raises(NoSuchMoment, match="over"):
        actions.move(starts_at=at(-1), ends_at=at(-1, 10), version=0, **TIMES, **change)
    same = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "zone": meeting.zone}
    with pytest.raises(Refused, match="already"):
        actions.move(place=meeting.place, version=0, **same, **change)
    actions.move(starts_at=at(12), ends_at=at(12, 10), version=0, **TIMES, **change)
    with pytest.raises(EditConflict):
        actions.move(starts_at=at(13), ends_at=at(13, 10), version=0, **TIMES, **change)
    assert fresh(meeting).starts_at == at(12)


def test_slot_kinds_are_not_mixed_up() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    rows = Slot.objects.unguarded("test").about(meeting)
    assert {one.kind for one in rows.asked()} == {SlotKind.ASKED}
    assert {one.kind for one in rows.offered(meeting)} == {SlotKind.PROPOSED}
