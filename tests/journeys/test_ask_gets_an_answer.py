"""An ask goes in and an answer comes out: written without a name, assigned, asked back, answered,
cleared by a second person, published; the public reads it and does not learn who asked."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.journeys.conftest import Walker

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
SENDER = "Centre for Open Valleys"  # of the demo's representative


def write_ask(walk: Walker, title: str) -> str:
    """Write a recommendation without the name and send it; returns the address of its page."""
    walk.sign_in("representative")
    walk.open("/recommendations/")
    walk.follow("Write a recommendation")
    walk.page.locator("input[name=level][value='20']").check()
    walk.press("Go on")
    walk.fill("What you ask, in one line", title)
    walk.page.locator("textarea[name=text]").fill("Meet people where they live, and in private.")
    walk.page.locator("select[name=addressee]").select_option(label="The Office")
    walk.page.locator("input[name=pillars]").last.check()
    walk.page.locator("input[name=topics]").first.check()
    walk.page.locator("[name=countries]").fill("Kenya")
    if walk.scripts:  # the draft is kept while it is typed
        walk.page.get_by_text("Draft kept at").wait_for()
    walk.press("Save the draft")
    assert walk.sees("The draft is saved")
    take_step(walk, "Send to the Office")
    assert walk.sees("It has arrived. Its reference is REC-")
    return walk.page.url


def take_step(walk: Walker, label: str) -> None:
    """Press a step's button, and again on the page that asks."""
    walk.follow(f"^{label}$")
    walk.press(f"^{label}$")


def be(walk: Walker, role: str, path: str) -> None:
    """Become somebody else and open a page."""
    walk.sign_out()
    walk.sign_in(role)
    walk.open(path)


def find_at_the_desk(walk: Walker, title: str) -> str:
    """Find the item by its words; returns the address of its page at the desk."""
    be(walk, "officer", "/recommendations/?view=unowned")
    walk.fill("Words or reference", title)
    walk.press("Show")
    walk.follow(re.escape(title))
    assert walk.sees(SENDER)  # the Office knows who asks
    return walk.page.url


def test_ask_gets_an_answer(walker: Walker) -> None:
    title = f"Meet the people of the valleys {uuid.uuid4().hex[:8]}"
    page = write_ask(walker, title)
    desk = find_at_the_desk(walker, title)

    walker.follow("^Assign$")
    walker.press("^Assign$")
    walker.follow("Ask for clarification")
    walker.page.locator("textarea[name=text]").fill("Which valleys do you mean?")
    walker.press("^Ask$")

    be(walker, "representative", page)
    assert walker.sees("Which valleys do you mean?")
    assert walker.sees("The clock of the Office stands still")
    walker.follow("Answer the question")
    walker.page.locator("textarea[name=text]").fill("The northern ones.")
    walker.press("^Send$")
    assert walker.sees("due by")

    be(walker, "officer", desk)
    walker.follow("Write the answer")
    walker.page.locator("input[name=position][value=not_accepted]").check()
    walker.page.locator("textarea[name=text]").fill("We cannot this year.")
    walker.press("Save and send for clearance")
    assert walker.sees("Choose the reason")  # a refusal needs one
    walker.page.locator("select[name=reason]").select_option(label="No means for it at present")
    walker.press("Save and send for clearance")
    assert walker.sees("waits for clearance")
    assert not walker.page.get_by_role("link", name=re.compile("^Clear$")).count()

    be(walker, "approver", desk)
    take_step(walker, "Clear")
    be(walker, "officer", desk)
    take_step(walker, "Publish the answer")
    walker.follow("Report progress")
    walker.page.locator("input[name=progress][value=under_way]").check()
    walker.page.locator("textarea[name=text]").fill("Money was asked for.")
    walker.press("^Report$")

    walker.sign_out()
    walker.open("/recommendations/")
    walker.fill("Words or reference", title)
    walker.press("Show")
    walker.follow(re.escape(title))
    for words in ("We cannot this year.", "No means for it at present", "Money was asked for."):
        assert walker.sees(words)
    assert walker.sees("Not accepted")
    assert walker.sees("Under way")
    assert walker.sees("known to the Office only")
    assert not walker.sees(SENDER)
    assert not walker.sees("Which valleys")
