"""The stylesheet: fresh, small, direction-neutral, without anything from elsewhere."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SOURCES = sorted((STATIC / "src").glob("*.scss"))
CSS = (STATIC / "css" / "portal.css").read_text()
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right)"
    r"|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FIRST_VISIT = 60_000  # bytes, compressed, of page, style and scripts together


def without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*", "", text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_source_uses_logical_properties_only(source: Path) -> None:
    assert PHYSICAL.findall(without_comments(source.read_text())) == []


def test_result_uses_logical_properties_only() -> None:
    assert PHYSICAL.findall(CSS) == []


@pytest.mark.parametrize(
    "rule", ["margin-left: 1px", "text-align: right", "left: 0", "border-top-left-radius: 1px"]
)
def test_the_search_finds_physical_properties(rule: str) -> None:
    assert PHYSICAL.search(f"p {{ {rule}; }}")


def test_nothing_comes_from_elsewhere() -> None:
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,40})", CSS)
    assert [address for address in addresses if not address.startswith("data:")] == []
    assert "@import" not in CSS
    assert "@font-face" not in CSS


def test_result_is_made_from_these_sources() -> None:
    """The head of the result carries the fingerprint of its sources: else run `make assets`."""
    digest = hashlib.sha256()
    for path in sorted((STATIC / "src").iterdir(), key=lambda path: path.name):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    assert f"static/src ({digest.hexdigest()[:16]})" in CSS[:200]


def test_lock_names_no_registry() -> None:
    lock = (STATIC.parent / "package-lock.json").read_text()
    assert '"resolved"' not in lock


def test_style_and_scripts_leave_room_in_the_first_visit() -> None:
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    files = [STATIC / "css/portal.css", STATIC / "js/portal.js", htmx]
    size = sum(len(brotli.compress(path.read_bytes())) for path in files)
    assert size < FIRST_VISIT - 12_000  # 12 kB for the page itself and the mark


def test_every_class_of_the_templates_is_styled() -> None:
    """A class that no style knows is a slip of the pen (`btn-outline` for `btn-outline-primary`)."""
    known = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", CSS))
    unknown = set()
    for path in (STATIC.parent / "templates").rglob("*.html"):
        if "paper" in path.name or path.name == "receipt.html":  # printed by a sheet of its own
            continue
        text = re.sub(r"{[%{#].*?[%}#]}", " ", path.read_text())
        for value in re.findall(r'class="([^"]*)"', text):
            unknown |= {f"{path.name}: {word}" for word in value.split() if word not in known}
    assert unknown == set()
