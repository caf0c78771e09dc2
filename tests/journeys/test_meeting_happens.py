"""A meeting happens, or nearly: asked for with times, proposed, chosen, each invited as they like,
moved, cancelled. The calendar file of each step comes out of the mailbox, is read by a second
library and applied to a calendar, which ends empty."""

from __future__ import annotations

import random
import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.conftest import Walker
from tests.journeys.test_ask_gets_an_answer import be, take_step
from tests.meetings.calendars.client import CalendarClient, Read, read

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

PLACE = "Room 7, second floor"
ZONE = "Africa/Nairobi"
NAMES = {"representative": "Adaeze Lindqvist", "contributor": "Joel Marangu"}  # of the demo
STYLES = {"representative": "neutral", "contributor": "fuller"}
PATIENCE = 60  # seconds for a mail
FILE = re.compile(r"/demo/mailbox/files/\d+/")


@dataclass
class Guest:
    """Somebody with an account, whose mails and calendar are looked at."""

    walk: Walker
    role: str
    minute: int
    known: set[str] = field(default_factory=set)
    files: list[bytes] = field(default_factory=list)

    def look_into_the_mailbox(self) -> None:
        """Save the files that are new in the mailbox, the oldest first; keep those of our meeting,
        which begins at a minute of its own: the demo has meetings too."""
        self.walk.open(f"/demo/mailbox/?to={self.role}@demo.example")
        for path in reversed(FILE.findall(self.walk.page.content())):
            if path not in self.known:
                self.known.add(path)
                data = self._save(path)
                begins = read(data).event.dtstart
                assert isinstance(begins, datetime)
                if begins.minute == self.minute:
                    self.files.append(data)

    def _save(self, path: str) -> bytes:
        """Save a file as a person does."""
        with self.walk.page.expect_download() as download:
            self.walk.page.locator(f"a[href='{path}']").click()
        assert download.value.suggested_filename.endswith(".ics")
        return Path(download.value.path()).read_bytes()

    def gets_a_file(self) -> Read:
        """Wait for the next file of our meeting and read it."""
        before, end = len(self.files), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.look_into_the_mailbox()
            if len(self.files) > before:
                assert len(self.files) == before + 1
                return read(self.files[-1])
            time.sleep(0.5)
        raise AssertionError(f"no calendar file came to {self.role}")


@dataclass(frozen=True)
class Hour:
    """An hour by the clock of Nairobi, so many days from now."""

    days: int
    begins: int = 10
    minute: int = 0

    @property
    def day(self) -> date:
        """The day there."""
        return (datetime.now(ZoneInfo(ZONE)) + timedelta(days=self.days)).date()

    @property
    def moment(self) -> datetime:
        """When it begins, in UTC."""
        local = datetime(self.day.year, self.day.month, self.day.day, self.begins, self.minute)
        return local.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)

    def type_into(self, walk: Walker, row: int) -> None:
        """Fill a row of a form of times."""
        for name, value in (
            ("day", self.day.isoformat()),
            ("begins", f"{self.begins:02}:{self.minute:02}"),
            ("ends", f"{self.begins + 1:02}:{self.minute:02}"),
        ):
            walk.page.locator(f"[name={name}_{row}]").fill(value)


def by_the_clock_of_nairobi(walk: Walker, *hours: Hour) -> None:
    """Say in which zone times are typed, then type them."""
    walk.page.locator("select[name=zone]").select_option(value=ZONE)
    for row, hour in enumerate(hours):
        hour.type_into(walk, row)


def ask(walk: Walker, purpose: str) -> str:
    """Ask for a meeting, with windows and two who take part; returns the address of its page."""
    walk.sign_in("representative")
    walk.open("/meetings/")
    walk.follow("Ask for a meeting")
    walk.page.locator("input[name=level][value='30']").check()
    walk.press("Go on")
    walk.fill("Purpose, in one line", purpose)
    walk.page.locator("textarea[name=text]").fill("What we saw when the schools were closed.")
    walk.press("Save the draft")
    walk.follow("When you could meet")
    by_the_clock_of_nairobi(walk, Hour(12), Hour(13))
    walk.press("^Save$")
    for role, name in NAMES.items():
        walk.follow("Who takes part")
        walk.page.locator("select[name=user]").select_option(label=name)
        walk.press("^Add$")
        assert walk.sees(name), role
        walk.follow("Back to the meeting")
    take_step(walk, "Send to the Office")
    assert walk.sees("It has arrived. Its reference is MTG-")
    return walk.page.url


def propose(walk: Walker, purpose: str, *hours: Hour) -> str:
    """Find the ask at the desk, take it, propose times; returns the address of its page there."""
    be(walk, "officer", "/meetings/?view=unowned")
    walk.fill("Words or reference", purpose)
    walk.press("Show")
    walk.follow(re.escape(purpose))
    desk = walk.page.url
    walk.follow("^Assign$")
    walk.press("^Assign$")
    walk.follow("Propose times")
    by_the_clock_of_nairobi(walk, *hours)
    walk.page.locator("input[name=place]").fill(PLACE)
    walk.press("Propose")
    return desk


def choose(walk: Walker, page: str, number: int) -> None:
    """Take one of the times proposed."""
    be(walk, "representative", page)
    walk.follow("^Choose a time$")
    walk.page.locator("input[name=slot]").nth(number).check()
    walk.press("Confirm this time")
    assert walk.sees("The meeting is confirmed")


def say_how(walk: Walker, role: str, page: str) -> None:
    """Say how one wants to be told: asked on the page of the meeting."""
    be(walk, role, page)
    assert walk.sees("How may we tell you?")
    walk.follow("^Choose$")
    assert not walk.page.locator("input[name=style]:checked").count()  # nothing is chosen for us
    walk.page.locator(f"input[name=style][value={STYLES[role]}]").check()
    walk.press("^Save$")
    assert walk.sees("Kept.")


def come_by_the_notice(walk: Walker, role: str, page: str) -> None:
    """Come to the meeting the way a mail leads: by the newest notice."""
    be(walk, role, "/notices/")
    walk.page.locator("main form[action$='/open/'] button").first.click()
    walk.page.wait_for_load_state()
    walk.look()
    assert walk.page.url.partition("?")[0] == page.partition("?")[0]


def move(walk: Walker, desk: str, hour: Hour) -> None:
    """Move it, after a look at what changes."""
    be(walk, "officer", desk)
    walk.follow("Change time or place")
    by_the_clock_of_nairobi(walk, hour)
    walk.press("Go on")
    assert walk.sees("Move the meeting?")
    walk.press("Move the meeting")
    assert walk.sees("The meeting is moved")


def cancel(walk: Walker, page: str) -> None:
    """The representative calls it off."""
    be(walk, "representative", page)
    walk.follow("Cancel the meeting")
    walk.page.locator("textarea[name=text]").fill("The road is flooded.")
    walk.press("Cancel the meeting")
    assert walk.sees("The road is flooded.")


def in_calendar(guest: Guest) -> list[object]:
    """What is in a calendar that took up all files of the guest so far."""
    return list(CalendarClient().apply(*guest.files).entries.values())


def test_meeting_is_asked_for_chosen_moved_and_cancelled(walker: Walker) -> None:
    purpose = f"Schools in the valleys {uuid.uuid4().hex[:8]}"
    minute = random.choice([number for number in range(60) if number % 5])
    first, second = Hour(12, minute=minute), Hour(13, minute=minute)
    moved = Hour(14, begins=15, minute=minute)
    guests = {role: Guest(walker, role, minute) for role in STYLES}
    for guest in guests.values():  # what is there already is of other meetings
        guest.look_into_the_mailbox()
        guest.files.clear()
    page = ask(walker, purpose)
    desk = propose(walker, purpose, first, second)
    choose(walker, page, 1)
    for guest in guests.values():  # nobody has said how they want to be told
        guest.look_into_the_mailbox()
        assert guest.files == []

    for role in STYLES:
        say_how(walker, role, page)
    for guest in guests.values():
        file = guest.gets_a_file()
        assert (file.method, file.sequence, file.event.dtstart) == ("REQUEST", 0, second.moment)
        assert file.attendees == [f"mailto:{guest.role}@demo.example"]
        assert not any(name.encode() in guest.files[0] for name in NAMES.values())
    neutral, fuller = (read(guests[role].files[0]).event for role in STYLES)
    assert (neutral.summary, neutral.location) == ("Meeting", None)
    assert (fuller.summary, fuller.location) == (purpose, PLACE)
    assert neutral.uid != fuller.uid

    move(walker, desk, moved)
    for guest in guests.values():
        file = guest.gets_a_file()
        assert (file.method, file.sequence, file.event.dtstart) == ("REQUEST", 1, moved.moment)
        assert len(in_calendar(guest)) == 1
        come_by_the_notice(walker, guest.role, page)

    cancel(walker, page)
    for guest in guests.values():
        file = guest.gets_a_file()
        assert (file.method, file.status, file.sequence) == ("CANCEL", "CANCELLED", 2)
        assert in_calendar(guest) == []
        assert CalendarClient(remembers=False).apply(*guest.files).entries == {}
    be(walker, "officer", desk)
    assert walker.sees("The road is flooded.")
