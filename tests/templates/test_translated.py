"""Every text of a template can be translated: none stands bare, and makemessages finds them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
PAGES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for ending in ("*.html", "*.txt")
    for path in TEMPLATES.rglob(ending)
)
# The gallery shows the people who build pages what they are made of; invented words, not a page.
BUILDERS_ONLY = {"components/gallery.html"}

TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->"
    r"|{%\s*block (?:wrap|body_class)\s*%}[a-z -]*{%\s*endblock\b.*?%}",  # words of the style sheet
    re.S,
)
CODE = re.compile(r"<(script|style|code|pre|samp|kbd)\b.*?</\1>", re.S | re.I)
TAG_OF_DJANGO = re.compile(r"{%.*?%}|{{.*?}}", re.S)
SPOKEN = re.compile(r"\s(?:title|alt|placeholder|aria-label|aria-description|content)=\"([^\"]*)\"")
MARK = re.compile(r"<[^>]*>", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
HANDED = re.compile(r"=[\"']([A-Z][^\"'/]*)[\"']")
ENTITY = re.compile(r"&#?\w+;")
# Said the same in every language, or read by machines.
SAME_EVERYWHERE = re.compile(
    r"\bwidth=device-width, initial-scale=1\b|\bpdfsig\b.*|\bopenssl\b.*|\bSHA-256\b|\bhtmx\b"
    r"|\bLinux\b|\bmacOS\b|\bWindows\b"
)


def bare_words(text: str) -> list[str]:
    """Return the pieces of a template that people read and that no translator is given."""
    text = CODE.sub(" ", TRANSLATED.sub(" ", text))
    text = TAG_OF_DJANGO.sub("\x00", text)
    spoken = [value for value in SPOKEN.findall(text) if not _is_machine(value)]
    pieces = [*spoken, *MARK.sub("\x00", text).split("\x00")]
    plain = (SAME_EVERYWHERE.sub("", ENTITY.sub("", piece)).strip() for piece in pieces)
    return [piece for piece in plain if WORD.search(piece)]


def _is_machine(value: str) -> bool:
    """Tell whether an attribute `content` speaks to machines (`light dark`, `noindex`)."""
    return bool(re.fullmatch(r"[a-z-]+(?:[ ,]+[a-z-]+)*", value)) or "width=" in value


@pytest.mark.parametrize("name", [page for page in PAGES if page not in BUILDERS_ONLY])
def test_no_text_stands_bare(name: str) -> None:
    assert bare_words((TEMPLATES / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", [page for page in PAGES if page not in BUILDERS_ONLY])
def test_no_sentence_is_handed_to_a_component_bare(name: str) -> None:
    """`{% include … with text="Like this" %}` escapes the translators; `_("Like this")` does not."""
    tags = TAG_OF_DJANGO.findall((TEMPLATES / name).read_text(encoding="utf-8"))
    handed = [tag for tag in tags if tag.startswith(("{% include", "{% with"))]
    assert [found for tag in handed for found in HANDED.findall(tag)] == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ('<p>{% translate "Hello" %} friend {{ name }}</p>', ["friend"]),
        ('<a title="Leave now">{{ x }}</a>', ["Leave now"]),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %} · 5 – &middot;", []),
        ("{# a word #}<script src='x'></script>{% comment %}words{% endcomment %}", []),
    ],
)
def test_search_finds_bare_words(text: str, bare: list[str]) -> None:
    assert bare_words(text) == bare


def test_makemessages_finds_the_words_of_pages() -> None:
    """What `makemessages` reads: the templates as Django hands them to xgettext."""
    found = sum(
        len(re.findall(r"\bgettext\(|\bngettext\(|\bpgettext\(", _as_source(name)))
        for name in PAGES
    )
    assert found > 300


def _as_source(name: str) -> str:
    return templatize((TEMPLATES / name).read_text(encoding="utf-8"), origin=name)


def test_every_language_of_the_united_nations_is_offered() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["ar", "zh-hans", "en", "fr", "ru", "es"]


SAID_TO_PEOPLE = {"label", "help_text", "verbose_name", "empty_label", "title", "sentence"}
ROOMS = ("accounts", "organizations", "letters", "foundation", "portal")


def untranslated(source: str) -> list[str]:
    """Return the plain strings that code says to people: flash messages, labels, refusals."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        said = [word.value for word in call.keywords if word.arg in SAID_TO_PEOPLE]
        if re.fullmatch(r"messages\.\w+", name):
            said += call.args[1:2]
        if re.fullmatch(
            r"(?:forms\.|exceptions\.)?ValidationError|WrongState|NotYours|Refused", name
        ):
            said += call.args[:1]
        if name.endswith(".add_error"):
            said += call.args[1:2]
        found += [ast.unparse(node) for node in said if _is_plain(node)]
    return found


def _is_plain(node: ast.expr) -> bool:
    """Tell whether the expression is a literal with at least one word in it."""
    if isinstance(node, ast.JoinedStr):
        return any(
            isinstance(part, ast.Constant) and WORD.search(part.value) for part in node.values
        )
    return isinstance(node, ast.Constant) and bool(WORD.search(str(node.value or "")))


@pytest.mark.parametrize("room", ROOMS)
def test_code_says_nothing_to_people_untranslated(room: str) -> None:
    """Commands of manage.py speak to operators, in English."""
    found = {
        f"{path.relative_to(ROOT)}: {words}"
        for path in (ROOT / room).rglob("*.py")
        if not {"migrations", "management", "operations"} & set(path.parts)
        and path.parent != ROOT / "letters" / "text"  # tables of words in the letter's language
        for words in untranslated(path.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('messages.success(request, "It is saved.")', ["'It is saved.'"]),
        ('messages.success(request, _("It is saved."))', []),
        ('forms.CharField(label="Name of it")', ["'Name of it'"]),
        ('forms.CharField(label=_("Name of it"), help_text="")', []),
        ('raise WrongState(f"not now: {state}")', ["f'not now: {state}'"]),
    ],
)
def test_search_finds_plain_strings(source: str, found: list[str]) -> None:
    assert untranslated(source) == found


def test_search_finds_bare_sentences_of_components() -> None:
    assert HANDED.findall('{% include "a.html" with text="Like this" %}') == ["Like this"]
    assert HANDED.findall('{% include "a.html" with text=_("Like this") only %}') == []
