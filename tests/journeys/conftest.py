"""The portal as a newcomer has it: started by `make run`, walked in a real browser.

One portal a test process; every walk makes its own people and letters. A walker notes each
message about the Content-Security-Policy and, where scripts run, what axe finds on each page.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from launcher.folders import ROOT
from tests.launcher.house import FOREIGN, House

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House | None]:
    """A running house; none where PORTAL_URL names a portal that runs already."""
    if os.environ.get("PORTAL_URL"):
        yield None
        return
    made = House(tmp_path_factory.mktemp("portal"))
    started = made.start()
    started.await_ready()
    yield made
    started.end(signal.SIGINT)


@pytest.fixture(scope="session")
def portal(house: House | None) -> str:
    """The address of a running portal; PORTAL_URL names one that runs already."""
    return f"http://localhost:{house.port}" if house else os.environ["PORTAL_URL"]


@pytest.fixture(scope="session")
def operator(house: House | None) -> Callable[..., str]:
    """Runs a manage.py command beside the portal; gives what it prints. Beside a portal that runs
    already from this checkout, PORTAL_URL_VAR names its folder."""

    def manage(*words: str) -> str:
        if house is not None:
            run = house.manage(*words)
        else:
            kept = {k: v for k, v in os.environ.items() if k not in FOREIGN and k[-4:] != "_KEY"}
            run = subprocess.run(
                [".venv/bin/python", "manage.py", *words],
                cwd=ROOT,
                env={**kept, "PORTAL_VAR": os.environ["PORTAL_URL_VAR"]},
                capture_output=True,
                text=True,
                check=False,
            )
        assert run.returncode == 0, run.stderr
        return run.stdout

    return manage


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Walker:
    """A person with a browser window of their own."""

    portal: str
    page: object
    scripts: bool
    complaints: list[str] = field(default_factory=list)
    checked: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def open(self, path: str) -> None:
        """Open a page of the portal and look at it."""
        self.page.goto(self.portal + path if path.startswith("/") else path)
        self.look()

    def press(self, name: str, *, role: str = "button") -> None:
        """Press the button (or follow the link) with this name and look at what comes."""
        self.page.get_by_role(role, name=re.compile(name)).first.click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str) -> None:
        """Follow the link with this name."""
        self.press(name, role="link")

    def look(self) -> None:
        """Check the page: no error page, nothing wider than the window, nothing that axe finds."""
        title = self.page.title()
        assert "Something went wrong" not in title, self.page.url
        if self.scripts:
            width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert width <= 0, f"{self.page.url} scrolls sideways by {width} px"
            self.check_accessibility()

    def check_accessibility(self) -> None:
        """Run axe once on each kind of page."""
        kind = re.sub(r"[0-9a-f-]{36}|\?.*|#.*", "", self.page.url)
        if kind in self.checked:
            return
        self.checked.add(kind)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run().then(result => result.violations)")
        self.complaints += [
            f"axe {item['id']} on {kind}: {item['help']}: {item['nodes'][0]['html'][:160]}"
            for item in found
        ]

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(re.compile(label)).first.fill(value)

    def choose(self, label: str) -> None:
        """Tick the box or radio button with this label."""
        self.page.get_by_label(re.compile(label)).first.check()

    def sees(self, text: str) -> bool:
        """Tell whether the page shows this text."""
        return text in self.page.inner_text("body")

    def sign_in(self, role: str) -> None:
        """Sign in by the demo's button for a role."""
        self.open("/demo/")
        row = self.page.locator("form", has=self.page.get_by_role("button"))
        row.locator(f"xpath=self::*[contains(@action, '/sign-in/{role}/')]").get_by_role(
            "button"
        ).click()
        self.page.wait_for_load_state()
        self.look()

    def sign_out(self) -> None:
        """Forget the session, as a browser does that is closed."""
        self.page.context.clear_cookies()

    def sign_up(self, email: str) -> None:
        """Make an account, with the code that arrives in the mailbox."""
        self.open("/accounts/signup/")
        self.fill("Email", email)
        self.fill("Password", "quiet-harbour-lamp-27")
        self.press("Make the account")
        here = self.page.url
        code = self.code_for(email)
        self.page.goto(here)
        self.fill("Code", code)
        self.press("Confirm")

    def code_for(self, email: str) -> str:
        """Return the newest code sent to this address that was not used yet."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.page.goto(f"{self.portal}/demo/mailbox/?to={email}")
            for mail in self.page.inner_text("main").split("\nTo "):
                match = re.search(r"\b([A-Z0-9]{3,4}-[A-Z0-9]{3,4})\b", mail)
                if email in mail and match and match[1] not in self.used:
                    self.used.add(match[1])
                    return match[1]
            time.sleep(0.5)
        raise AssertionError(f"no code came to {email}")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs JavaScript."""
    return bool(request.param)


@pytest.fixture(params=[1280, 320], ids=["desktop", "320 px"])
def width(request: pytest.FixtureRequest) -> int:
    """How wide the window is, in CSS pixels."""
    return int(request.param)


@pytest.fixture
def walker(portal: str, chromium: object, scripts: bool, width: int) -> Iterator[Walker]:
    """Somebody who walks through the portal; complaints fail the test at its end."""
    if scripts and not AXE.is_file() and not shutil.which("npm"):
        pytest.skip("axe-core comes from npm, which is not here")
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    walk = Walker(portal, page, scripts)
    page.on("console", lambda message: note_policy(walk, message.text))
    page.on("pageerror", lambda error: walk.complaints.append(f"script error: {error}"))
    yield walk
    context.close()
    assert walk.complaints == []


def note_policy(walk: Walker, text: str) -> None:
    """Keep what the browser says about the Content-Security-Policy."""
    if "Content Security Policy" in text or "Refused to" in text:
        walk.complaints.append(text[:300])
