"""The main job, walked by people who have never seen the place: an organization registers and is
vetted; a coordinator brings a letter in, reviews its names and opens it; a representative signs;
it is closed, sealed, checked, delivered."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

from tests.journeys.conftest import Walker

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
REFERENCE = Path(os.environ.get("REFERENCE_DIR") or "../shared/reference") / "letter-2018.txt"
INVENTED = """Ms. Amara Okonjo
Under-Secretary-General
Office of Counter-Terrorism
3 November 2026

Re: Country visits and the ninth review

Your Excellency,

We write because the people best placed to say what a measure does are seldom asked.1 We ask that
the Office meets independent organizations on every visit, in private.

1 Resolution 77/298, paragraph 9.

Yours sincerely,

Aldern Law Clinic (ALC), Germany
Ms. Noor Siddiqui, Chair, Réseau des femmes pour la paix, Mali
The Maldives Youth Forum, The Maldives
"""


def register_organization(walk: Walker, name: str) -> None:
    """Register an organization from the home page to the receipt."""
    walk.open("/organizations/start/")
    walk.follow("Register an organization")
    walk.press("Go on|Continue|Save|Next|Begin")
    walk.fill("^Name", name)
    walk.fill("Acronym", "TST")
    walk.page.locator("input[name=kinds]").first.check()
    walk.page.locator("textarea[name=about]").fill("We listen to people along the river.")
    walk.page.locator("[name=mandate_by]").fill("the board")
    walk.page.locator("[name=mandate_on]").fill("2026-03-02")
    walk.press("Go on|Continue|Save|Next")
    walk.page.locator("[name=country_of_registration]").select_option("KE")
    walk.page.locator("[name=countries_of_work]").fill("Kenya")
    walk.press("Go on|Continue|Save|Next")
    walk.press("Go on|Continue|Next|Review", role="link")
    walk.press("Send to the Office")
    assert walk.sees("It has arrived")


def vet(walk: Walker, name: str) -> None:
    """Find the entry on the desk and accept it."""
    walk.sign_out()
    walk.sign_in("officer")
    walk.open("/organizations/")
    walk.follow(re.escape(name))
    walk.page.locator("[name=step][value=accept]").check()
    walk.page.locator("[name=reason]").fill("All criteria are met.")
    walk.press("Decide|Record|Save")


def bring_in(walk: Walker, path: Path) -> str:
    """Bring the letter in as still collecting and add its names; returns the letter's address."""
    walk.sign_out()
    walk.sign_in("coordinator")
    walk.open("/letters/")
    walk.follow("Bring a letter in")
    walk.choose("still collecting")
    walk.page.locator("input[name=name_mode][value='public']").check()
    walk.page.locator("input[name=level][value='10']").check()
    walk.page.locator("input[type=file]").set_input_files(path)
    walk.press("Read the letter")
    assert walk.sees("Review the names")
    walk.press("^Add .* to the letter")
    return walk.page.url


def complete_notes(walk: Walker) -> None:
    """Write the notes whose text was lost: the page asks for each."""
    asked = re.findall(r"Note (\d+) is called", walk.page.inner_text("body"))
    if not asked:
        return
    walk.follow("Edit the text")
    field = walk.page.locator("textarea[name=notes]")
    lost = "\n".join(f"{number}. See the letter as it was sent." for number in asked)
    field.fill(f"{field.input_value()}\n{lost}".strip())
    walk.press("Save the draft")
    assert walk.sees("The draft is saved")


def sign(walk: Walker, letter: str) -> None:
    """Sign the letter as the representative who registered."""
    walk.open(letter)
    walk.page.locator("#sign input[name=mode][value='public']").check()
    walk.choose("mandate to sign")
    walk.press("Sign the letter")
    assert walk.sees("You signed")


def take_step(walk: Walker, label: str) -> None:
    """Press a step's button, and again on the page that asks."""
    walk.follow(label)
    walk.press(label)


def download_sealed(walk: Walker, folder: Path) -> Path:
    """Ask for the sealed PDF, wait for the worker, download it."""
    walk.press("Make the sealed PDF")
    for _ in range(60):
        link = walk.page.get_by_role("link", name=re.compile("Download"))
        if link.count():
            break
        walk.page.wait_for_timeout(1000)
        walk.page.reload()
    walk.look()
    with walk.page.expect_download() as waiting:
        link.first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def verdict(walk: Walker, path: Path) -> str:
    """Show a file to the verify page; returns what it says."""
    walk.open("/verify/")
    walk.page.locator("input[type=file]").set_input_files(path)
    walk.press("Check")
    return walk.page.inner_text("main")


def flip_a_byte(path: Path) -> Path:
    """Return a copy with one byte inside the signed range changed."""
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    changed = path.with_name("changed.pdf")
    changed.write_bytes(data)
    return changed


def pdfsig(path: Path) -> str:
    """Return what poppler's own tool says about the seal."""
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig is not installed")
    run = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True)
    return run.stdout


def test_letter_travels_from_registration_to_delivery(walker: Walker, tmp_path: Path):
    real = REFERENCE.is_file()
    source = REFERENCE if real else tmp_path / "letter.txt"
    if not real:
        source.write_text(INVENTED, encoding="utf-8")
    mark = uuid.uuid4().hex[:8]
    name, email = f"Centre for Open Rivers {mark}", f"ada.{mark}@mail.example"

    walker.sign_up(email)
    register_organization(walker, name)
    vet(walker, name)
    letter = bring_in(walker, source)
    complete_notes(walker)
    take_step(walker, "Open for sign-on")
    assert walker.sees("Text fixed on")

    walker.sign_out()
    walker.open("/accounts/login/")
    walker.fill("Email", email)
    walker.fill("Password", "quiet-harbour-lamp-27")
    walker.press("^Sign in$")
    sign(walker, letter)

    walker.sign_out()
    walker.sign_in("coordinator")
    walker.open(letter)
    take_step(walker, "Close the sign-on")
    sealed = download_sealed(walker, tmp_path)
    assert "valid" in pdfsig(sealed).lower()
    assert re.search("unchanged|has not been changed", verdict(walker, sealed))
    changed = flip_a_byte(sealed)
    assert "Digest Mismatch" in pdfsig(changed)
    assert re.search("was changed|has been changed", verdict(walker, changed))

    walker.open(letter)
    take_step(walker, "Mark as delivered")
    walker.sign_out()
    walker.open(letter)
    assert walker.sees("Delivered")
    if real:  # 63 names have a page of their own
        walker.follow("See all names")
    assert walker.sees(name)
