"""A browser without a server: what it asks for is answered from here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, sync_playwright

ORIGIN = "http://portal.test"
STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of this machine, without a network."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def pages() -> dict[str, str]:
    """Body of each path that the browser may ask for; a test fills it."""
    return {}


@pytest.fixture
def page(browser: Browser, pages: dict[str, str]) -> Iterator[Page]:
    """A tab of its own whose every request is answered from `pages` and `static/`."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        elif path in pages:
            route.fulfill(content_type="text/html; charset=utf-8", body=frame(pages[path]))
        else:
            route.fulfill(status=404, body="nothing here")

    context = browser.new_context()
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def frame(body: str) -> str:
    """Return a page with our style and script round `body`."""
    return (
        '<!doctype html><html lang="en"><head><title>Page</title>'
        '<link rel="stylesheet" href="/static/css/portal.css">'
        f'<script src="/static/js/portal.js" defer></script></head><body>{body}</body></html>'
    )
