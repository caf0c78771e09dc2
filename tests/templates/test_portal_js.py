"""What the one script adds: the exit, drafts, counts, menus."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.templates.conftest import ORIGIN

EXIT = '<a class="leave" href="http://portal.test/weather" data-quick-exit>Leave</a>'
FORM = """
<form method="post" action="/sent" data-draft="letter-1">
  <p data-draft-note hidden>What you typed is back.</p>
  <label>Text <textarea name="text"></textarea></label>
  <label>Title <input type="text" name="title"></label>
  <label>Password <input type="password" name="password"></label>
  <button>Send</button>
</form>
"""


def test_exit_leaves_no_step_back_to_the_page(page: Page, pages: dict[str, str]) -> None:
    pages.update({"/before": "before", "/secret": EXIT, "/weather": "sunny"})
    page.goto(f"{ORIGIN}/before")
    page.goto(f"{ORIGIN}/secret")
    page.click(".leave")
    expect(page.locator("body")).to_have_text("sunny")
    page.go_back()
    expect(page.locator("body")).to_have_text("before")


def test_exit_forgets_the_drafts(page: Page, pages: dict[str, str]) -> None:
    pages.update({"/write": EXIT + FORM, "/weather": "sunny"})
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "half a letter")
    page.click(".leave")
    expect(page.locator("body")).to_have_text("sunny")
    page.goto(f"{ORIGIN}/write")
    expect(page.locator("textarea")).to_have_value("")


def test_draft_comes_back_after_a_reload_but_no_password(page: Page, pages: dict[str, str]) -> None:
    pages["/write"] = FORM
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "half a letter")
    page.fill("[name=title]", "Visits")
    page.fill("[name=password]", "secret")
    assert "secret" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.reload()
    expect(page.locator("textarea")).to_have_value("half a letter")
    expect(page.locator("[name=title]")).to_have_value("Visits")
    expect(page.locator("[name=password]")).to_have_value("")
    expect(page.locator("[data-draft-note]")).to_be_visible()


def test_draft_never_overwrites_what_the_server_gave_back(
    page: Page, pages: dict[str, str]
) -> None:
    pages["/write"] = FORM
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "old")
    pages["/write"] = FORM.replace("</textarea>", "from the server</textarea>")
    page.reload()
    expect(page.locator("textarea")).to_have_value("from the server")


def test_draft_without_a_name_belongs_to_its_page(page: Page, pages: dict[str, str]) -> None:
    nameless = FORM.replace('data-draft="letter-1"', "data-draft")
    pages.update({"/letters/1": nameless, "/letters/2": nameless})
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{ORIGIN}/letters/1")
    page.fill("textarea", "of the first letter")
    page.goto(f"{ORIGIN}/letters/2")
    expect(page.locator("textarea")).to_have_value("")
    page.goto(f"{ORIGIN}/letters/1")
    expect(page.locator("textarea")).to_have_value("of the first letter")


def test_draft_is_gone_once_the_form_was_taken(page: Page, pages: dict[str, str]) -> None:
    pages.update({"/write": FORM, "/sent": "thank you"})
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "a whole letter")
    page.click("button")
    expect(page.locator("body")).to_have_text("thank you")
    page.wait_for_function("sessionStorage.getItem('sent') === null")  # the script of that page
    page.goto(f"{ORIGIN}/write")
    expect(page.locator("textarea")).to_have_value("")


def test_draft_stays_when_the_form_comes_back(page: Page, pages: dict[str, str]) -> None:
    pages.update({"/write": FORM, "/sent": FORM})
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "a whole letter")
    page.click("button")
    page.wait_for_url(f"{ORIGIN}/sent")
    expect(page.locator("textarea")).to_have_value("a whole letter")


def test_signing_out_forgets_the_drafts(page: Page, pages: dict[str, str]) -> None:
    out = (
        '<form method="post" action="/out" data-sign-out><button id="out">Sign out</button></form>'
    )
    pages.update({"/write": FORM + out, "/out": "bye"})
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{ORIGIN}/write")
    page.fill("textarea", "half a letter")
    page.click("#out")
    expect(page.locator("body")).to_have_text("bye")
    assert "half a letter" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_characters_left_are_said_when_it_gets_tight(page: Page, pages: dict[str, str]) -> None:
    pages["/count"] = (
        '<textarea id="t" maxlength="20"></textarea>'
        '<p data-count-for="t" data-count-text="%s characters left" hidden></p>'
    )
    page.goto(f"{ORIGIN}/count")
    expect(page.locator("p")).to_be_hidden()
    page.fill("#t", "fifteen letters")
    expect(page.locator("p")).to_have_text("5 characters left")


def test_only_the_preview_of_the_choice_is_shown(page: Page, pages: dict[str, str]) -> None:
    pages["/who"] = """<form>
      <input type="radio" name="level" value="10" checked><input type="radio" name="level" value="30">
      <p data-show-when="level=10">By name</p><p data-show-when="level=30">Without</p></form>"""
    page.goto(f"{ORIGIN}/who")
    expect(page.get_by_text("By name")).to_be_visible()
    expect(page.get_by_text("Without")).to_be_hidden()
    page.check("[value='30']")
    expect(page.get_by_text("Without")).to_be_visible()
    expect(page.get_by_text("By name")).to_be_hidden()


def test_menu_closes_with_escape_and_keeps_the_focus(page: Page, pages: dict[str, str]) -> None:
    pages["/menu"] = (
        '<details class="menu"><summary>Menu</summary><ul><li><a href="/">One</a></li></ul></details>'
    )
    page.goto(f"{ORIGIN}/menu")
    page.click("summary")
    page.get_by_role("link", name="One").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="One")).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()


def test_one_tick_chooses_all_rows(page: Page, pages: dict[str, str]) -> None:
    pages["/desk"] = """<table><thead><tr><th><input type="checkbox" id="all" data-check-all
      data-needs-script hidden></th></tr></thead><tbody><tr><td><input type="checkbox" name="a"></td>
      <td><input type="checkbox" name="b"></td></tr></tbody></table>"""
    page.goto(f"{ORIGIN}/desk")
    page.check("#all")
    expect(page.locator("tbody :checked")).to_have_count(2)
