"""Times in forms and on pages: by the clock of the place, what cannot be is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from meetings.enums import MeetingState as S
from meetings.enums import SlotKind
from tests.meetings.factories import (
    make_meeting,
)
from tests.meetings.pages import day, row, slots, token, url

pytestmark = pytest.mark.django_db


NEW_YORK = {"zone": "America/New_York"}


@pytest.fixture
def in_january(time_machine_at: Any) -> None:
    time_machine_at("2027-01-15 12:00")


@pytest.fixture
def time_machine_at() -> Any:
    import time_machine

    travels = []

    def travel(moment: str) -> None:
        import datetime as dt

        there = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
        travels.append(time_machine.travel(there, tick=True))
        travels[-1].start()

    yield travel
    for one in travels:
        one.stop()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        (row(0, "2027-03-14", "02:30", "04:00"), "begins_0", "does not exist"),
        (row(0, "2027-03-14", "01:00", "02:30"), "ends_0", "does not exist"),
        (row(0, "2027-11-07", "01:30", "03:00"), "begins_0", "comes twice"),
        (row(0, "2027-01-15", "06:59", "09:00"), "begins_0", "has passed"),
        (row(0, "2026-01-01"), "begins_0", "has passed"),
        (row(0, "0001-01-01"), "begins_0", "has passed"),
        (row(0, "9999-12-31", "23:00", "23:59"), "begins_0", "within two years"),
        (row(0, "2027-02-30"), "day_0", "valid date"),
        (row(0, "tomorrow"), "day_0", "valid date"),
        (row(0, "2027-02-01", "25:00"), "begins_0", "valid time"),
        (row(0, "2027-02-01", "11:00", "10:00"), "ends_0", "before the beginning"),
        (row(0, "2027-02-01", "11:00", "11:00"), "ends_0", "before the beginning"),
        (row(0, "2027-02-01", "", "11:00"), "begins_0", "missing"),
        ({"day_2": "2027-02-01"}, "begins_2", "missing"),
        ({}, "day_0", "at least one"),
    ],
)
def test_time_that_cannot_be_gets_a_clear_error_and_loses_nothing(
    client: Client, in_january: None, values: dict[str, str], field: str, words: str
) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    form = {**NEW_YORK, **row(1, "2027-02-02"), "note_1": "a quiet hour", **values, **token()}
    if not values:
        form = {**NEW_YORK, "place": "Room 7", **token()}
    answer = client.post(url("propose", meeting), form)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    body = answer.content.decode()
    for name in values:
        assert f'value="{values[name]}"' in body or not values[name]
    assert "a quiet hour" in body or not values
    assert not slots().filter(kind=SlotKind.PROPOSED).exists()


@pytest.mark.parametrize("zone", ["Atlantis/Deep", "../etc", "", "UTC\x00"])
def test_zone_that_nobody_knows_is_an_error_of_the_form(client: Client, zone: str) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    answer = client.post(url("propose", meeting), {"zone": zone, **row(0, day()), **token()})
    assert answer.status_code in (400, 422)
    assert not slots().filter(kind=SlotKind.PROPOSED).exists()


def test_times_are_shown_by_the_clock_of_the_place_and_of_the_reader(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    User.objects.filter(pk=meeting.created_by_id).update(time_zone="Asia/Tokyo")
    client.force_login(User.objects.get(pk=meeting.created_by_id))
    body = client.get(url("detail", meeting)).content.decode()
    assert f'<time datetime="{meeting.starts_at.isoformat()}">12:00</time>' in body
    assert "13:00 in Nairobi</time> (18:00–19:00 in Tokyo)" in body
    row_of_list = client.get(reverse("meetings:list")).content.decode()
    assert "(18:00–19:00 in Tokyo)" in row_of_list
    assert "&lt;time" not in row_of_list
