"""What stands in a file, byte by byte and as a second library reads it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.calendars import Invitation, write
from tests.meetings.calendars.client import read

START = datetime(2027, 3, 17, 14, 30, tzinfo=ZoneInfo("Europe/Zurich"))
INVITATION = Invitation(
    uid="6f1c2d34-0000-4000-8000-0123456789ab@portal.example",
    sequence=0,
    method="REQUEST",
    starts_at=START,
    ends_at=START + timedelta(minutes=45),
    stamped_at=datetime(2027, 2, 1, 8, 0, 5, 999999, tzinfo=UTC),
    organizer="no-reply@portal.example",
    recipient="ada@mail.example",
    link="https://portal.example/notices/",
    title="Meeting",
)
ARABIC = "اجتماع حول منع التطرف العنيف وحقوق الإنسان في المنطقة، مع المنظمات"
CHINESE = "关于预防暴力极端主义、保护人权和民间社会组织参与的会议,在日内瓦举行,时间待定"
NAMES = [
    "ATTENDEE",
    "BEGIN",
    "CALSCALE",
    "CLASS",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "END",
    "METHOD",
    "ORGANIZER",
    "PRODID",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "UID",
    "VERSION",
]


def names(data: bytes) -> list[str]:
    """The names of all properties, as a reader of lines finds them."""
    unfolded = data.replace(b"\r\n ", b"")
    return sorted(re.split(b"[:;]", line)[0].decode() for line in unfolded.split(b"\r\n")[:-1])


def test_request_says_who_when_and_nothing_else() -> None:
    file = read(write(INVITATION))
    event = file.event
    assert (file.method, file.status, file.sequence) == ("REQUEST", "CONFIRMED", 0)
    assert event.uid == INVITATION.uid
    assert event.dtstart == datetime(2027, 3, 17, 13, 30, tzinfo=UTC)
    assert event.dtend == datetime(2027, 3, 17, 14, 15, tzinfo=UTC)
    assert event.dtstamp == datetime(2027, 2, 1, 8, 0, 5, tzinfo=UTC)
    assert (event.summary, event.location) == ("Meeting", None)
    assert event.description == "https://portal.example/notices/"
    assert file.attendees == ["mailto:ada@mail.example"]
    assert event.organizer is not None
    assert str(event.organizer.uri) == "mailto:no-reply@portal.example"
    assert event.classification == "PRIVATE"
    assert sorted({*names(write(INVITATION))}) == NAMES


def test_nobody_is_asked_to_answer_and_nobody_is_named() -> None:
    (attendee,) = read(write(INVITATION)).event.attendees
    assert (attendee.rsvp, attendee.status, attendee.role) == (
        False,
        "NEEDS-ACTION",
        "REQ-PARTICIPANT",
    )
    assert attendee.common_name is None and b"CN=" not in write(INVITATION)


def test_cancellation_says_so_twice() -> None:
    file = read(write(replace(INVITATION, method="CANCEL", sequence=3)))
    assert (file.method, file.status, file.sequence) == ("CANCEL", "CANCELLED", 3)
    assert file.event.uid == INVITATION.uid


def test_fuller_file_has_purpose_and_place_and_still_the_link() -> None:
    fuller = replace(
        INVITATION,
        title="Meeting on national action plans",
        place="Room 7; Building B, second floor",
        description="Agenda:\n1. Plans\n2. Safeguards",
    )
    event = read(write(fuller)).event
    assert event.summary == "Meeting on national action plans"
    assert event.location == "Room 7; Building B, second floor"
    assert event.description == (
        "Agenda:\n1. Plans\n2. Safeguards\n\nhttps://portal.example/notices/"
    )


def test_the_same_step_is_the_same_file_to_the_byte() -> None:
    assert write(INVITATION) == write(replace(INVITATION))
    elsewhere = replace(INVITATION, starts_at=START.astimezone(ZoneInfo("Asia/Kathmandu")))
    assert write(elsewhere) == write(INVITATION)


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Asia/Kathmandu", (2027, 1, 5, 9, 0), (2027, 1, 5, 3, 15)),
        ("Pacific/Chatham", (2027, 1, 5, 9, 0), (2027, 1, 4, 19, 15)),
        ("America/New_York", (2027, 3, 15, 9, 0), (2027, 3, 15, 13, 0)),
        ("Europe/Zurich", (2027, 3, 29, 9, 0), (2027, 3, 29, 7, 0)),
    ],
)
def test_every_clock_becomes_utc_and_no_zone_is_written(
    zone: str, local: tuple[int, ...], utc: tuple[int, ...]
) -> None:
    starts_at = datetime(*local, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type]
    ends_at = starts_at + timedelta(hours=1)
    data = write(replace(INVITATION, starts_at=starts_at, ends_at=ends_at))
    assert read(data).event.dtstart == datetime(*utc, tzinfo=UTC)  # type: ignore[arg-type]
    assert b"TZID" not in data and b"VTIMEZONE" not in data


@pytest.mark.parametrize("text", [ARABIC, CHINESE, "🕊️" * 60, "é" * 200, "x" * 500])
def test_long_lines_are_folded_between_characters(text: str) -> None:
    data = write(replace(INVITATION, title=text, place=text, description=text))
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode("utf-8")  # not cut within a character
    event = read(data).event
    assert (event.summary, event.location) == (text, text)
    assert (event.description or "").startswith(text)


INJECTIONS = [
    "Meeting\r\nATTENDEE:mailto:spy@mail.example",
    "Meeting\nEND:VEVENT\nBEGIN:VEVENT\nUID:other",
    "Meeting\rMETHOD:CANCEL",
    "Meeting\x00\nX-ALT-DESC:x",
    "Meeting\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029ATTENDEE:x",
    "Meeting\\nATTENDEE:x\\",
    'Meeting";CN="x:y;z,',
    "Meeting\r\n ATTENDEE:x",
    "\ud800Meeting\udfff",
    "\x7f\x9bMeeting\x1b[2J",
]


@pytest.mark.parametrize("field", ["title", "place", "description", "link"])
@pytest.mark.parametrize("text", INJECTIONS)
def test_text_is_no_way_into_the_file(field: str, text: str) -> None:
    whole: Any = {"place": "Room 7", field: text}
    data = write(replace(INVITATION, **whole))
    assert names(data) == sorted([*NAMES, "BEGIN", "END", "LOCATION"])
    file = read(data)
    assert (file.method, file.attendees) == ("REQUEST", ["mailto:ada@mail.example"])
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", data)
    if field in ("title", "place"):
        one = file.event.summary if field == "title" else file.event.location
        assert one and "\n" not in one and "Meeting" in one


@given(title=st.text(), place=st.text(), description=st.text())
def test_whatever_is_written_one_event_is_read(title: str, place: str, description: str) -> None:
    data = write(replace(INVITATION, title=title, place=place, description=description))
    found = [name for name in names(data) if name != "LOCATION"]
    assert found == sorted([*NAMES, "BEGIN", "END"])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    file = read(data)
    assert file.event.uid == INVITATION.uid and len(file.attendees) == 1


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("ada+calendar@mail.example", "mailto:ada+calendar@mail.example"),
        ("ada@büro.example", "mailto:ada@xn--bro-hoa.example"),
        ("a%d?a&b#c;d:e,f@mail.example", "mailto:a%25d%3Fa%26b%23c%3Bd%3Ae%2Cf@mail.example"),
        ('"a b"@mail.example', "mailto:%22a%20b%22@mail.example"),
    ],
)
def test_address_is_written_as_a_uri(address: str, uri: str) -> None:
    assert read(write(replace(INVITATION, recipient=address))).attendees == [uri]


@pytest.mark.parametrize(
    "wrong",
    [
        {"uid": ""},
        {"uid": "a\r\nb"},
        {"uid": "a b"},
        {"sequence": -1},
        {"sequence": 2**31},
        {"method": "PUBLISH"},
        {"method": "REQUEST\r\nX:1"},
        {"method": "request"},
        {"ends_at": START},
        {"ends_at": START - timedelta(hours=1)},
        {"starts_at": START.replace(tzinfo=None)},
        {"ends_at": (START + timedelta(hours=1)).replace(tzinfo=None)},
        {"stamped_at": datetime(2027, 1, 1)},
        {"recipient": ""},
        {"recipient": "ada"},
        {"recipient": "ada@mail.example\r\nATTENDEE:x"},
        {"recipient": "Ada <ada@mail.example>"},
        {"organizer": "Portal <no-reply@portal.example>"},
        {"organizer": "no-reply@portal.example\n"},
    ],
    ids=str,
)
def test_step_that_no_calendar_could_use_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError) as refusal:
        replace(INVITATION, **wrong)
    assert "ada" not in str(refusal.value) and refusal.value.args


def test_fixed_offset_is_a_zone_too() -> None:
    starts_at = datetime(2027, 3, 17, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    data = write(replace(INVITATION, starts_at=starts_at))
    assert b"DTSTART:20270317T084500Z" in data
