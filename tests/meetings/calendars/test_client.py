"""A calendar that applies our files, in whatever order they come, ends empty."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from meetings.calendars import Invitation, write
from tests.meetings.calendars.client import CalendarClient
from tests.meetings.calendars.test_files import INVITATION, START

Change = Callable[[Invitation], Invitation]


def steps(change: Change = lambda one: one) -> list[Invitation]:
    """Invited, moved twice, cancelled; `change` makes another writer of it."""
    later = [timedelta(0), timedelta(days=1), timedelta(days=8, hours=2)]
    requests = [
        replace(
            INVITATION,
            sequence=number,
            starts_at=START + by,
            ends_at=START + by + timedelta(minutes=45),
            stamped_at=INVITATION.stamped_at + timedelta(hours=number),
        )
        for number, by in enumerate(later)
    ]
    last = replace(
        requests[-1],
        sequence=len(later),
        method="CANCEL",
        stamped_at=INVITATION.stamped_at + timedelta(days=1),
    )
    return [change(one) for one in [*requests, last]]


def written(invitations: Iterable[Invitation]) -> list[bytes]:
    return [write(one) for one in invitations]


def test_each_file_replaces_the_one_before_and_the_last_takes_it_out() -> None:
    calendar = CalendarClient()
    *requests, last = steps()
    for one in requests:
        calendar.apply(write(one))
        (entry,) = calendar.entries.values()
        assert entry.dtstart == one.starts_at
    assert calendar.apply(write(last)).entries == {}


def test_program_that_forgets_ends_empty_too_when_they_come_in_order() -> None:
    assert CalendarClient(remembers=False).apply(*written(steps())).entries == {}


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_in_whatever_order_they_come_the_calendar_ends_empty(order: tuple[int, ...]) -> None:
    files = written(steps())
    assert CalendarClient().apply(*(files[number] for number in order)).entries == {}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whatever_order_they_come_the_last_time_holds(order: tuple[int, ...]) -> None:
    requests = steps()[:-1]
    files = written(requests)
    (entry,) = CalendarClient().apply(*(files[number] for number in order)).entries.values()
    assert entry.dtstart == requests[-1].starts_at


def test_file_that_comes_twice_changes_nothing() -> None:
    files = written(steps())
    assert CalendarClient().apply(*(file for file in files for _ in range(2))).entries == {}


def test_one_persons_cancellation_takes_out_nobody_elses_entry() -> None:
    mine, theirs = steps(), steps(lambda one: replace(one, uid="another@portal.example"))
    calendar = CalendarClient().apply(write(mine[0]), write(theirs[0]), write(mine[-1]))
    assert list(calendar.entries) == ["another@portal.example"]


# Positive controls: what this client finds in writers that get it wrong ------------------------
def _always_zero(one: Invitation) -> Invitation:
    return replace(one, sequence=0)


def _another_uid_each_time(one: Invitation) -> Invitation:
    return replace(one, uid=f"{one.sequence}@portal.example")


def _another_uid_to_cancel(one: Invitation) -> Invitation:
    return replace(one, uid="other@portal.example") if one.method == "CANCEL" else one


def _never_cancels(one: Invitation) -> Invitation:
    return replace(one, method="REQUEST")


@pytest.mark.parametrize(
    "wrong", [_always_zero, _another_uid_each_time, _another_uid_to_cancel, _never_cancels]
)
def test_writer_that_gets_it_wrong_leaves_something_in_the_calendar(wrong: Change) -> None:
    assert CalendarClient().apply(*written(steps(wrong))).entries


def test_program_that_forgets_is_why_an_overtaken_mail_must_not_leave() -> None:
    first, *_, last = written(steps())
    assert CalendarClient(remembers=False).apply(last, first).entries
