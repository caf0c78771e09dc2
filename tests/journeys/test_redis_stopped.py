"""Redis stops answering while people work: every form works, security mail leaves, the rest waits.

The server is frozen (SIGSTOP), not gone: it accepts connections and never answers, which is worse
than being away, since whoever talks to it hangs.
"""

from __future__ import annotations

import os
import re
import signal
import time
import uuid
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Walker
from tests.journeys.test_letter_travels import register_organization
from tests.launcher.house import House

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("launcher")]
NEW_PASSWORD = "a-second-harbour-lamp-28"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A portal whose Redis this test may freeze."""
    made = House(tmp_path_factory.mktemp("frozen"))
    started = made.start()
    started.await_ready()
    yield made
    started.end(signal.SIGINT)


@pytest.fixture
def walker(house: House, chromium: object) -> Iterator[Walker]:
    """A person without scripts: every answer is a whole page."""
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield Walker(f"http://localhost:{house.port}", context.new_page(), scripts=False)
    context.close()


@pytest.fixture
def frozen_redis(house: House) -> Iterator[int]:
    """Freeze the portal's Redis; it goes on at the end of the test at the latest."""
    pid = int((house.var / "run" / "valkey.pid").read_text().split()[0])
    os.kill(pid, signal.SIGSTOP)
    yield pid
    os.kill(pid, signal.SIGCONT)


def subjects_to(walk: Walker, email: str) -> list[str]:
    """Return the subjects of the mails that left to this address."""
    walk.page.goto(f"{walk.portal}/demo/mailbox/?to={email}")
    return walk.page.locator("article h2").all_inner_texts()


def await_subject(walk: Walker, email: str, subject: str, seconds: float) -> bool:
    """Wait for a mail with this subject; False when none came in time."""
    end = time.monotonic() + seconds
    while subject not in subjects_to(walk, email):
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def reset_password(walk: Walker, email: str) -> None:
    """Ask for a code, type it, choose a new password."""
    walk.sign_out()
    walk.open("/accounts/password/reset/")
    walk.fill("Email", email)
    walk.page.locator("main form button[type=submit]").first.click()
    here = walk.page.url
    code = walk.code_for(email)
    walk.page.goto(here)
    walk.fill("Code", code)
    walk.press("Confirm|Continue")
    walk.page.locator("input[type=password]").first.fill(NEW_PASSWORD)
    walk.page.locator("main form button[type=submit]").first.click()


def test_portal_works_while_redis_does_not_answer(
    house: House, walker: Walker, frozen_redis: int
) -> None:
    mark = uuid.uuid4().hex[:8]
    email = f"ada.{mark}@mail.example"
    started = time.monotonic()
    walker.sign_up(email)  # the code arrives: the relay itself sends it
    assert time.monotonic() - started < 60
    register_organization(walker, f"Centre for Open Rivers {mark}")
    assert not await_subject(walker, email, "You have an update", 3)  # it waits for Redis
    reset_password(walker, email)
    os.kill(frozen_redis, signal.SIGCONT)
    assert await_subject(walker, email, "You have an update", 90)
    assert not re.search("error", house.started[0].said(), re.IGNORECASE)
