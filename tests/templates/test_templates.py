"""Templates are tested like code: they compile, and carry nothing that the CSP would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html

from foundation.web.templatetags.portal_tags import desk_cell

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html"))

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "script without src": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "htmx code": re.compile(r"\shx-(?:on|vals=[\"']js:)", re.I),
}
# A file that is taken away and opened alone brings its style along.
SELF_CONTAINED = {"letters/paper_page.html"}
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|object)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
    re.I,
)


def offences(text: str) -> list[str]:
    """Return the names of what `text` carries and must not."""
    found = [name for name, pattern in INLINE.items() if pattern.search(text)]
    return found + (["asset from elsewhere"] if ELSEWHERE.search(text) else [])


@pytest.mark.parametrize("name", PAGES)
def test_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_template_carries_nothing_inline(name: str) -> None:
    allowed = ["style element"] if name in SELF_CONTAINED else []
    assert offences((TEMPLATES / name).read_text()) == allowed


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ('<p style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ('<a onclick="x()">', "event attribute"),
        ("<script>x()</script>", "script without src"),
        ('<a href="javascript:x()">', "javascript address"),
        ('<p hx-on:click="x()">', "htmx code"),
        ('<script src="https://cdn.example/x.js"></script>', "asset from elsewhere"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "asset from elsewhere"),
    ],
)
def test_the_search_finds_what_it_should(text: str, offence: str) -> None:
    assert offence in offences(text)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_documented(name: str) -> None:
    if name != "gallery.html":
        assert f"| `{name}` |" in (TEMPLATES / "components" / "README.md").read_text()


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_used(name: str) -> None:
    if name == "gallery.html":
        pytest.skip("the demo shows it")
    users = [page for page in PAGES if f'"components/{name}"' in (TEMPLATES / page).read_text()]
    assert users


def test_readme_names_only_components_that_exist() -> None:
    readme = (TEMPLATES / "components" / "README.md").read_text()
    assert set(re.findall(r"^\| `(\w+\.html)`", readme, re.M)) <= set(COMPONENTS)


def test_every_form_of_a_page_posts_with_a_token() -> None:
    changes_nothing = {"documents/_check_form.html"}  # needs no token, so that it sets no cookie
    for page in set(PAGES) - changes_nothing:
        text = (TEMPLATES / page).read_text()
        posts = len(re.findall(r'<form\b[^>]*method="post"', text))
        tokens = text.count("{% csrf_token %}") + text.count("csrfmiddlewaretoken")
        assert tokens >= posts, page


def test_error_page_500_needs_no_context() -> None:
    html = render_to_string("500.html")
    assert "Something broke on our side" in html
    assert offences(html) == []


def test_gallery_renders_every_component() -> None:
    html = render_to_string("components/gallery.html")
    assert offences(html) == []
    for part in ("state", "way", "facts", "desk", "views", "sheet", "who", "rows", "danger"):
        assert f'class="{part}' in html


def test_desk_cell_escapes_words_and_keeps_our_own_html() -> None:
    assert desk_cell({"text": "<b>loud</b>"}) == "<td>&lt;b&gt;loud&lt;/b&gt;</td>"
    moment = format_html('<time datetime="{}">{}</time>', "2026-12-04", "4 December")
    assert desk_cell({"text": moment}) == f"<td>{moment}</td>"
