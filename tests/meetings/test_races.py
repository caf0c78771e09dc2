"""Many press at once: one time stands, nobody's calendar is left behind."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError

from foundation.web.forms import EditConflict
from foundation.workflow import Refused
from meetings import actions
from meetings.actions import inviting, people, scheduling
from meetings.enums import InvitationStyle as Style
from meetings.enums import MeetingState as S
from meetings.models import CalendarStep, Meeting, Participant, Slot
from tests.factories import make_membership, make_officer, make_user
from tests.meetings.factories import at, make_meeting, make_slot, take_part
from tests.organizations.test_races import MANY, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def answer(do: Any) -> str:
    """Return what came of an action, in a word."""
    try:
        do()
    except (Refused, EditConflict):
        return "refused"
    except IntegrityError:
        return "broken"
    return "done"


def steps_of(one: Participant) -> list[tuple[int, str]]:
    steps = CalendarStep.objects.unguarded("test").filter(participant=one).in_order()
    return list(steps.values_list("sequence", "method"))


def choose_at_once(meeting: Meeting) -> list[str]:
    slots = [make_slot(meeting, days=11 + number) for number in range(4)]
    return at_once(
        lambda number: answer(
            lambda: actions.choose(meeting=meeting, slot=slots[number % 4], by=meeting.created_by)
        )
    )


def unlocked(pk: Any) -> Meeting:
    """Return the meeting without its lock: what the lock is there against."""
    return Meeting.objects.unguarded("test").get(pk=pk)


def without_lock(monkeypatch: pytest.MonkeyPatch, *modules: Any) -> None:
    """Take the lock out, and let everyone have read before the first one writes."""
    all_here = threading.Barrier(MANY)

    def read(pk: Any) -> Meeting:
        meeting = unlocked(pk)
        all_here.wait(timeout=60)
        return meeting

    for module in modules:
        monkeypatch.setattr(module, "lock", read)


def test_twenty_choose_at_once_one_time_stands_and_one_file_goes_out() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    one = take_part(meeting, Style.NEUTRAL)
    assert sorted(choose_at_once(meeting)) == ["done"] + ["refused"] * (MANY - 1)
    assert steps_of(one) == [(0, "REQUEST")]


def test_without_the_lock_more_than_one_would_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with the lock taken out, the test above would see it."""
    without_lock(monkeypatch, scheduling)
    meeting = make_meeting(state=S.PROPOSED)
    take_part(meeting, Style.NEUTRAL)
    assert choose_at_once(meeting).count("refused") < MANY - 1


def restyle_and_move(meeting: Meeting, one: Participant) -> list[str]:
    """Let a person change their mind ten times while the Office moves the meeting ten times."""
    styles = (Style.NEUTRAL, Style.FULLER)

    def press(number: int) -> str:
        if number % 2:
            chosen = styles[number // 2 % 2]
            return answer(lambda: actions.choose_style(participant=one, style=chosen, by=one.user))
        times = {"starts_at": at(20 + number), "ends_at": at(20 + number, 10), "zone": "UTC"}
        now = unlocked(meeting.pk)
        return answer(
            lambda: actions.move(
                meeting=meeting, place="", version=now.version, by=meeting.owner, **times
            )
        )

    return at_once(press)


def test_style_and_move_at_once_leave_no_hole_and_no_double_in_the_sequence() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    answers = restyle_and_move(meeting, one)
    assert "broken" not in answers
    steps = steps_of(one)
    assert [sequence for sequence, _method in steps] == list(range(len(steps)))
    last = CalendarStep.objects.unguarded("test").in_order().last()
    after, person = unlocked(meeting.pk), Participant.objects.unguarded("test").get(pk=one.pk)
    assert (last.starts_at, last.style) == (after.starts_at, person.style)
    assert last.sequence == person.calendar_sequence


def test_without_the_lock_files_would_come_twice_under_one_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: the constraint, the last wall, would break what the lock prevents."""
    without_lock(monkeypatch, scheduling, people)
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    assert "broken" in restyle_and_move(meeting, one)


def test_style_and_cancel_at_once_leave_every_calendar_empty() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    everybody = []
    for _ in range(MANY - 1):
        user = make_user()
        make_membership(user, meeting.organization, role="contributor")
        everybody.append(take_part(meeting, user=user))

    def press(number: int) -> str:
        if number == MANY // 2:
            return answer(lambda: actions.cancel(meeting=meeting, reason="Ill.", by=meeting.owner))
        one = everybody[number if number < MANY // 2 else number - 1]
        return answer(
            lambda: actions.choose_style(participant=one, style=Style.NEUTRAL, by=one.user)
        )

    assert at_once(press) == ["done"] * MANY
    for one in everybody:
        assert not inviting.holds_entry(Participant.objects.unguarded("test").get(pk=one.pk))
        assert steps_of(one) in ([], [(0, "REQUEST"), (1, "CANCEL")])


def test_twenty_moves_from_one_page_one_is_accepted() -> None:
    meeting = make_meeting(state=S.CONFIRMED)

    def press(number: int) -> str:
        times = {"starts_at": at(20 + number), "ends_at": at(20 + number, 10), "zone": "UTC"}
        return answer(
            lambda: actions.move(meeting=meeting, place="", version=0, by=meeting.owner, **times)
        )

    assert sorted(at_once(press)) == ["done"] + ["refused"] * (MANY - 1)


def test_take_back_and_choose_at_once_one_of_both_wins() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    slot = Slot.objects.unguarded("test").offered(meeting).get()

    def press(number: int) -> str:
        if number % 2:
            return answer(lambda: actions.take_back(meeting=meeting, by=meeting.owner))
        return answer(lambda: actions.choose(meeting=meeting, slot=slot, by=meeting.created_by))

    assert sorted(at_once(press)) == ["done"] + ["refused"] * (MANY - 1)
    after = unlocked(meeting.pk)
    assert (after.state == S.CONFIRMED) == (after.starts_at is not None)


def test_one_person_is_put_on_the_list_once() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    officer = make_officer()

    def press(number: int) -> str:
        return answer(
            lambda: actions.add_participant(
                meeting=meeting, name="Ilo", function="", side="office", user=officer,
                by=meeting.owner,
            )
        )  # fmt: skip

    assert sorted(at_once(press)) == ["done"] + ["refused"] * (MANY - 1)
