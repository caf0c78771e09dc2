"""A joint letter, to the end: delivered, opened, acknowledged with a receipt, its asks taken from a
list and one marked by hand, one of them answered, a reply filed to the whole letter, the letter put
on the public register; a signatory sees it, and so does everyone, as far as it is public."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.journeys.conftest import Walker
from tests.journeys.test_ask_gets_an_answer import be, take_step
from tests.journeys.test_letter_travels import (
    INVENTED,
    REFERENCE,
    bring_in,
    complete_notes,
    download_sealed,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
ANSWERED = "3.a"  # the ask that is answered: it stands in the real list and in the invented one
LISTED = """ref,ask,addressee,action_type,pillar,topics,section
3.a,Meet independent organizations on every visit,The Office,engage,I,country visits,We write
3.b,Ask those who know what a measure does,The Office,engage,IV,evaluation; tea,We write
O.1,We can bring them together,The Office,offer,,,Closing
"""
BY_HAND = "Say within a year what became of each of these asks."
REPLIED = "We thank all who wrote, and will meet you before the next visit."
SAID = "Yes, from the next visit on, and in private."


def sources(folder: Path) -> tuple[Path, Path, int]:
    """Return the letter, the list of its asks, and how many they are: the real ones where they are."""
    listed = REFERENCE.with_name("recommendations.csv")
    if REFERENCE.is_file() and listed.is_file():
        return REFERENCE, listed, 19
    letter, table = folder / "letter.txt", folder / "asks.csv"
    letter.write_text(INVENTED, encoding="utf-8")
    table.write_text(LISTED, encoding="utf-8")
    return letter, table, 3


def deliver(walk: Walker, source: Path, folder: Path) -> str:
    """Bring a letter in, let a representative sign it, deliver it; returns its address."""
    letter = bring_in(walk, source)
    complete_notes(walk)
    take_step(walk, "Open for sign-on")
    be(walk, "representative", letter)
    walk.page.locator("#sign input[name=mode][value='public']").check()
    walk.choose("mandate to sign")
    walk.press("Sign the letter")
    assert walk.sees("You signed")
    be(walk, "coordinator", letter)
    take_step(walk, "Close the sign-on")
    download_sealed(walk, folder)
    walk.open(letter)
    walk.follow("^Mark as delivered$")
    assert walk.sees("Names that are public")
    walk.page.locator("input[name=list_it]").check()
    walk.press("^Mark as delivered$")
    return letter


def find_at_the_desk(walk: Walker, letter: str) -> str:
    """Come from the triage page of recommendations to the letter; returns its address there."""
    be(walk, "officer", "/recommendations/")
    walk.follow("Letters to the Office")
    walk.open("/letters/?view=acknowledge")
    pk = letter.rstrip("/").rpartition("/")[2]
    links = walk.page.locator(f"a[href='/letters/desk/{pk}/']")
    assert links.count() == 1
    links.first.click()
    walk.page.wait_for_load_state()
    walk.look()
    return walk.page.url


def mark_by_hand(walk: Walker) -> None:
    """Mark an ask in the first paragraph."""
    walk.page.locator("a[href$='?place=1']").click()
    walk.page.wait_for_load_state()
    walk.look()
    walk.fill("Number", "H.1")
    walk.page.locator("textarea[name=text]").fill(BY_HAND)
    walk.page.locator("select[name=addressee]").select_option(label="The Office")
    walk.page.locator("select[name=action_asked]").select_option(label="Review or evaluate")
    walk.page.locator("textarea[name=quote]").fill("words that nobody wrote")
    walk.page.locator("input[name=pillars]").first.check()
    walk.press("Mark it")
    assert walk.sees("do not stand in that paragraph")
    walk.page.locator("textarea[name=quote]").fill("")
    walk.press("Mark it")
    assert walk.sees("H.1 is marked")


def answer(walk: Walker, desk: str) -> None:
    """Lead one ask through draft, clearance and publication, and say what was done."""
    walk.page.locator(f"[id='ask-{ANSWERED}'] h3 + p a").click()
    walk.page.wait_for_load_state()
    walk.look()
    item = walk.page.url
    walk.follow("^Assign$")
    walk.press("^Assign$")
    walk.follow("Write the answer")
    walk.page.locator("input[name=position][value=accepted]").check()
    walk.page.locator("textarea[name=text]").fill(SAID)
    walk.press("Save and send for clearance")
    be(walk, "approver", item)
    take_step(walk, "Clear")
    be(walk, "officer", item)
    take_step(walk, "Publish the answer")
    walk.follow("Report progress")
    walk.page.locator("input[name=progress][value=under_way]").check()
    walk.page.locator("textarea[name=text]").fill("The first one was held.")
    walk.press("^Report$")


def reply(walk: Walker, desk: str, folder: Path) -> None:
    """File a reply with a PDF, cleared by a second person, and agree to the register."""
    paper = folder / "reply.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(paper)
    be(walk, "officer", desk)
    walk.follow("^Write the reply$")
    walk.page.locator("textarea[name=text]").fill(REPLIED)
    walk.page.locator("input[name=file]").set_input_files(paper)
    walk.press("Save and send for clearance")
    be(walk, "approver", desk)
    take_step(walk, "Clear")
    be(walk, "officer", desk)
    take_step(walk, "File the reply")
    walk.follow("Agree to list it in the register")
    walk.press("Put it on the public register")
    assert walk.sees("It stands in the public register.")


def test_letter_is_answered(walker: Walker, operator: Callable[..., str], tmp_path: Path) -> None:
    source, table, count = sources(tmp_path)
    letter = deliver(walker, source, tmp_path)
    desk = find_at_the_desk(walker, letter)
    reference = re.search(r"LTR-\d{4}-\w{6}", walker.page.inner_text("main"))
    assert reference
    take_step(walker, "I have opened it")
    assert walker.sees("Opened, to acknowledge")
    take_step(walker, "Acknowledge")
    assert walker.sees("Receipt of the Office (PDF)")
    assert walker.sees("asks to mark")

    for made in (count, 0):  # the second run finds them all
        printed = operator("extract_asks", reference[0], "--from", str(table.resolve()))
        assert printed.splitlines()[-1] == str(made)
    walker.open(desk)
    assert walker.page.locator("[id^='ask-']").count() == count
    mark_by_hand(walker)
    walker.open(desk)
    answer(walker, desk)
    walker.open(desk)
    take_step(walker, "Acknowledge the offer")
    reply(walker, desk, tmp_path)

    be(walker, "representative", letter)
    walker.follow("What was asked, answered, done")
    for words in (
        SAID,
        BY_HAND,
        REPLIED,
        "Receipt of the Office (PDF)",
        "The first one was held.",
        "Accepted",
        "Under way",
    ):
        assert walker.sees(words)
    assert walker.page.locator("section[id^='ask-']").count() == count + 1
    walker.page.locator(f"[id='ask-{ANSWERED}'] a").first.click()
    walker.page.wait_for_load_state()
    assert "#p-" in walker.page.url
    assert walker.page.locator(walker.page.url.partition("#")[2].join(("[id='", "']"))).count() == 1
    walker.open("/notices/")
    assert walker.sees("The Office has replied to a letter of yours.")
    assert walker.sees("The Office has answered something that a letter of yours asks.")

    walker.sign_out()
    walker.open("/letters/register/")
    assert walker.sees(reference[0])
    walker.open(letter)
    walker.follow("What was asked, answered, done")
    assert walker.sees(REPLIED)
    assert walker.sees(SAID)
    assert not walker.sees(BY_HAND)
    assert walker.page.locator("section[id^='ask-']").count() == 1
