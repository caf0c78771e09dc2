"""Bodies that try to reach out, to run or to hide: each goes the whole way from the form to the PDF.

Form, canonical text, the letter's page, the page in a file, the PDF: nothing is fetched, no element
or attribute appears that we did not write, and the words stand in the PDF as they were typed.
"""

from __future__ import annotations

import http.server
import re
import socketserver
import threading
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

import pypdfium2
import pytest
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from foundation.documents import fetching
from foundation.documents.rendering import render_pdf
from foundation.documents.sheets import Sheet
from letters.documents.copies import paper
from letters.documents.exports import page
from letters.forms import DraftForm
from letters.text import LetterText, parse_body, parse_notes
from letters.text.plain import plain_text
from organizations.models import Network
from tests.letters.factories import make_coordinator
from tests.letters.paper_letters import FIXED, organization, printed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{}</svg>'
LONG = "Donaudampfschifffahrtsgesellschaft" * 40

# HERE is the address of a web server that nobody may ask.
BODIES = {
    "picture over http": '<img src="HERE/a.png" alt="x">',
    "picture from a file": '<img src="file:///etc/passwd" alt="x">',
    "picture over ftp": '<img src="ftp://127.0.0.1/a.png">',
    "picture as data": '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "page as data": '<iframe src="data:text/html,<script>alert(1)</script>"></iframe>',
    "script": "<script>alert(1)</script>",
    "script elsewhere": '<script src="HERE/a.js"></script>',
    "handler": '<p onclick="alert(1)" onmouseover=alert(2)>press</p>',
    "handler of a broken picture": "<img src=x onerror=alert(1)>",
    "address that runs": '<a href="javascript:alert(1)">press</a>',
    "address that hides": '<a href="jav&#x09;ascript:alert(1)">press</a>',
    "drawing": SVG.format('<image href="HERE/a.svg"/>'),
    "drawing that uses": SVG.format('<use href="HERE/a.svg#x"/>'),
    "drawing with a script": SVG.format("<script>alert(1)</script>"),
    "drawing with a style": SVG.format("<style>@import 'HERE/a.css'</style>"),
    "drawing with foreign matter": SVG.format("<foreignObject><body onload=alert(1)>"),
    "entities of XML": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "attachment in the head": '<link rel="attachment" href="file:///etc/passwd">',
    "attachment of a link": '<a rel="attachment" href="HERE/a.bin">take</a>',
    "style sheet": '<link rel="stylesheet" href="HERE/a.css">',
    "style": "<style>* { background: url(HERE/a.png) }</style>",
    "import": "<style>@import url(HERE/a.css);</style>",
    "font": "<style>@font-face { font-family: x; src: url(HERE/a.ttf) }</style>",
    "style of an element": '<p style="background:url(HERE/a.png);position:fixed;inset:0">over</p>',
    "end of the style": "</style><script>alert(1)</script>",
    "end of the title": "</title><script>alert(1)</script>",
    "end of the page": "</section></body></html><h1>Another letter</h1>",
    "content by CSS": "p::before { content: url(HERE/a.png) }",
    "escape in CSS": "\\3c script\\3e alert(1)",
    "object": '<object data="HERE/a.svg"></object>',
    "embed": '<embed src="file:///etc/hostname">',
    "base": '<base href="HERE/"><img src="a.png">',
    "refresh": '<meta http-equiv="refresh" content="0;url=HERE/">',
    "policy": '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    "form": '<form action="HERE/"><input name="password"><button>Send</button></form>',
    "video": '<video src="HERE/a.mp4" poster="HERE/a.png"></video>',
    "many sources": '<img srcset="HERE/a.png 2x" src="">',
    "frame": '<iframe src="HERE/" srcdoc="<script>alert(1)</script>"></iframe>',
    "mXSS through noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "mXSS through math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "mXSS through a template": "<template><s><template><img src=x onerror=alert(1)></s></template>",
    "mXSS through a comment": "<!--><img src=x onerror=alert(1)>-->",
    "CDATA": "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "processing": '<?xml-stylesheet href="HERE/a.css"?>',
    "server side": '<!--#include file="/etc/passwd" -->',
    "template of ours": "{{ printed.letterhead }} {% include '/etc/passwd' %} {% debug %}",
    "template of others": "${7*7} #{7*7} <%= 7*7 %>",
    "entity twice": "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "attribute that ends": "\" onfocus=alert(1) autofocus x=\"' onfocus=alert(1) x='",
    "note that is none": "word[^999] word[^] word[^-1] word[^1e3]",
    "note called a thousand times": " ".join(["again[^1]"] * 300),
    "note in a note": "first[^1] second[^2]",
    "address like a note": '<a id="note-1" href="#ref-1">1</a><span class="note">x</span>',
    "very long word": LONG,
    "very long line": "word " * 900,
    "deep list": "\n".join(f"{n}. item" for n in range(1, 99)),
    "Windows path": "\\\\10.0.0.1\\share\\a.png and C:\\Windows\\win.ini",
}
NOTES = '1. <img src="HERE/n.png" onerror=alert(1)> [^2] [^1]\n2. <a href="#ref-1">1.</a> file:///etc/passwd'
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "p", "br", "span", "bdi", "b", "h1", "h2", "a",
    "ul", "ol", "li", "section", "img", "dl", "dt", "dd", "div", "strong", "sup",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "class", "id", "href", "title", "start", "value",
    "src", "alt", "type", "aria-label",
}  # fmt: skip


class _Listening(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A web server that no letter may reach; its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Listening) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


@pytest.fixture
def here(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same, with nothing asked yet; every address that a fetcher is given is noted."""
    _Listening.asked.clear()
    wanted: list[str] = []
    fetch = fetching.ClosedFetcher.fetch

    def noted(self, url, headers=None):
        if not url.startswith("data:image/svg+xml"):  # our QR code
            wanted.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(fetching.ClosedFetcher, "fetch", noted)
    yield address
    assert wanted == []
    assert _Listening.asked == []


class _Allowed(HTMLParser):
    """Notes whatever a page has that we did not write."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.foreign.append(tag)
        for name, value in attrs:
            ours = name in ATTRIBUTES
            if name == "href":
                ours = value.startswith(("#note-", "#ref-", "https://portal.example/"))
            elif name == "src":
                ours = value.startswith("data:image/svg+xml")
            if not ours:
                self.foreign.append(f"{tag} {name}={value}")

    def handle_comment(self, data):
        self.foreign.append(f"comment {data}")

    def handle_pi(self, data):
        self.foreign.append(f"instruction {data}")


def foreign(html: str) -> list[str]:
    parser = _Allowed()
    parser.feed(html.removeprefix("<!doctype html>"))
    parser.close()
    return parser.foreign


def drafted(body: str, notes: str) -> LetterText:
    """Return the text as it comes out of the coordinators' form."""
    _user, network = make_coordinator()
    values = {
        "version": 0, "level": 20, "network": network.pk, "language": "en", "addressee": body[:500],
        "date_as_printed": "3 November 2026", "subject": body[:290].replace("\n", " "),
        "salutation": "Your Excellency,", "body": body, "notes": notes, "closing": "Sincerely,",
        "arrangement": "name", "grouped": "on", "deadline_zone": "UTC",
    }  # fmt: skip
    form = DraftForm(values, networks=Network.objects.unguarded("test").filter(pk=network.pk))
    assert form.is_valid() or set(form.errors) <= {"level"}, form.errors
    data = form.cleaned_data
    return LetterText(
        language="en", place="", date=data["date_as_printed"], subject=data["subject"],
        addressee=data["addressee"], salutation=data["salutation"], body=data["body"],
        closing=data["closing"], notes=data["notes"],
    )  # fmt: skip


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, in order, without what breaks lines."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isalnum())


def pdf_of(html: str) -> bytes:
    return render_pdf(Sheet(html=html, language="en", title="x", created=FIXED))


def words_of(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return re.sub(r"\s*LTR-2026-7K3QXP\s*\d+ / \d+\s*|\s*\d+ / \d+\s*", "\n", text)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BODIES)
def test_hostile_body_reaches_nothing_runs_nothing_and_is_printed(name, here):
    body = BODIES[name].replace("HERE", here)
    text = drafted(body, NOTES.replace("HERE", here))
    letter = printed("en", (organization(body[:290].replace("\n", " ")),), text=text)
    shown = {"text": text, "blocks": parse_body(text.body), "notes": parse_notes(text.notes)}
    numbers = {note.number for note in shown["notes"]}
    on_page = render_to_string("letters/_text.html", {**shown, "numbers": numbers})
    assert foreign(on_page) == []
    assert foreign(page(letter)) == []
    html = paper(letter)
    assert foreign(html) == []
    found = letters_of(words_of(pdf_of(html)))
    for block in parse_body(text.body):
        for item in block.items:
            whole = letters_of("".join(piece.text or str(piece.note) for piece in item))
            # A note at the foot of a page may stand between two halves of a long text.
            for part in (whole[:40], whole[-40:]):
                assert part in found, part
    assert letters_of(text.subject)[:200] in found
    assert letters_of(text.body)[:60] in letters_of(plain_text(letter))


def test_every_kind_of_body_is_tried():
    assert len(BODIES) >= 40


@pytest.mark.parametrize(
    "body", ["<p>a\0b</p>", "a\x1bb", "a\x07b", "\ud800", "e" + "\u0301" * 200]
)
@pytest.mark.django_db
def test_body_that_nobody_types_is_refused_by_the_form(body):
    _user, network = make_coordinator()
    networks = Network.objects.unguarded("test").filter(pk=network.pk)
    form = DraftForm({"body": body}, networks=networks)
    assert "body" in form.errors
    assert "body" not in form.cleaned_data


@pytest.mark.django_db
def test_hidden_marks_of_direction_are_taken_out_by_the_form():
    text = drafted("safe \u202eexe.txt\u202c and \u2066more\u2069 \u200btext", "")
    assert text.body == "safe exe.txt and more text"


def test_same_server_hears_a_renderer_that_is_open(address):
    """Positive control: without our fetcher and our escaping, the body would have reached out."""
    _Listening.asked.clear()
    body = BODIES["picture over http"].replace("HERE", address)
    HTML(string=f"<p>{body}</p>", url_fetcher=URLFetcher()).write_pdf()
    assert _Listening.asked == ["/a.png"]


def test_foreign_matter_is_seen():
    """Positive control of the list of what is ours."""
    assert foreign('<p onclick="x">a</p><script>b</script><!--c--><a href="http://x">d</a>')
