"""A document that tries to reach anything outside itself."""

import base64
import http.server
import socketserver
import struct
import threading
import zlib
from collections.abc import Iterator

import pytest
from weasyprint import HTML

from foundation.documents.fetching import Blocked, ClosedFetcher
from foundation.documents.rendering import RenderingFailed, render_pdf
from foundation.documents.sheets import Sheet
from tests.foundation.documents.letters import CREATED

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * min(width, 9)) * min(height, 9)))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


def data_uri(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


HOSTILE = {
    "picture over http": '<img alt="x" src="{server}/a.png">',
    "picture from a file": '<img alt="x" src="file:///etc/hostname">',
    "picture over ftp": '<img alt="x" src="ftp://127.0.0.1/a.png">',
    "protocol in capitals": '<img alt="x" src="FILE:///etc/passwd">',
    "letterhead outside its folder": '<img alt="x" src="static:../fonts/fonts.conf">',
    "letterhead far outside": '<img alt="x" src="static:../../../../etc/passwd">',
    "absolute letterhead": '<img alt="x" src="static:/etc/passwd">',
    "encoded letterhead": '<img alt="x" src="static:..%2f..%2fetc%2fpasswd">',
    "letterhead that is none": '<img alt="x" src="static:nothing.png">',
    "style sheet over http": '<link rel="stylesheet" href="{server}/a.css">',
    "style sheet from a file": '<link rel="stylesheet" href="file:///etc/passwd">',
    "import in a style": "<style>@import url({server}/a.css);</style>",
    "import of a file": "<style>@import 'file:///etc/passwd';</style>",
    "background": '<p style="background: url({server}/a.png)">x</p>',
    "list picture": '<ul style="list-style-image: url({server}/a.png)"><li>x</li></ul>',
    "border picture": '<p style="border-image: url({server}/a.png) 3; border: 1px solid">x</p>',
    "content picture": "<style>p::before {{ content: url({server}/a.png) }}</style><p>x</p>",
    "font": "<style>@font-face {{ font-family: F; src: url({server}/a.ttf) }}</style>",
    "font from a file": "<style>@font-face {{ font-family: F; src: url(file:///etc/passwd) }}</style>",
    "attachment in the head": '<link rel="attachment" href="file:///etc/passwd">',
    "attachment over http": '<link rel="attachment" href="{server}/a.bin">',
    "attachment link": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "object": '<object data="{server}/a.svg">x</object>',
    "embed": '<embed src="{server}/a.svg">',
    "metadata service": '<object data="http://169.254.169.254/latest/"></object>',
    "picture in a drawing": SVG.format('<image href="file:///etc/passwd" width="5" height="5"/>'),
    "base address": '<base href="{server}/"><img alt="x" src="a.png">',
    "base of files": '<base href="file:///etc/"><img alt="x" src="passwd">',
    "data of another kind": '<img alt="x" src="data:text/html;base64,PGI+">',
    "data of a style": '<link rel="stylesheet" href="data:text/css,p{{}}">',
    "data of a font": "<style>@font-face {{ font-family: F; src: url(data:font/ttf;base64,AAEA) }}</style>",
    "data that is no base64": '<img alt="x" src="data:image/png;base64,****">',
    "data that is no picture": f'<img alt="x" src="{data_uri(b"GIF89a")}">',
    "picture of many pixels": f'<img alt="x" src="{data_uri(png(60000, 60000))}">',
    "picture of many bytes": f'<img alt="x" src="{data_uri(png() + bytes(300_000))}">',
    "drawing that reads a file": '<img alt="x" src="{}">'.format(
        data_uri(SVG.format('<image href="file:///etc/passwd"/>').encode(), "image/svg+xml")
    ),
    "drawing with a style": '<img alt="x" src="{}">'.format(
        data_uri(
            SVG.format("<style>@import 'file:///etc/passwd'</style>").encode(), "image/svg+xml"
        )
    ),
    "drawing with entities": '<img alt="x" src="{}">'.format(
        data_uri(b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + SVG.encode(), "image/svg+xml")
    ),
    "postscript": f'<img alt="x" src="{data_uri(b"%!PS-Adobe", "application/postscript")}">',
}


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), _Counting) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


@pytest.fixture
def server(address: str) -> str:
    """A web server that no document may reach; its address."""
    _Counting.asked.clear()
    return address


def page(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>x</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("name", HOSTILE)
def test_document_that_reaches_out_fails_and_reaches_nothing(name, server):
    body = HOSTILE[name].replace("{server}", server).replace("{{", "{").replace("}}", "}")
    with pytest.raises(RenderingFailed) as failed:
        render_pdf(Sheet(html=page(body), language="en", title="x", created=CREATED))
    assert failed.value.reason
    assert _Counting.asked == []


def test_drawing_that_uses_another_file_reaches_nothing(server):
    """WeasyPrint ignores such a `use` without asking its fetcher, so the document stands."""
    body = SVG.format(f'<title>x</title><use href="{server}/a.svg#x"/>')
    render_pdf(Sheet(html=page(body), language="en", title="x", created=CREATED))
    assert _Counting.asked == []


def test_open_fetcher_would_have_reached_out(server):
    """Positive control: the same server hears a renderer without our fetcher."""
    HTML(string=page(f'<img alt="x" src="{server}/a.png">')).write_pdf()
    assert _Counting.asked == ["/a.png"]


def test_our_own_pictures_are_served():
    drawing = SVG.format('<path d="M0 0h9v9z"/>').encode()
    fetcher = ClosedFetcher()
    assert fetcher(data_uri(png())).read() == png()
    assert fetcher(data_uri(drawing, "image/svg+xml")).read() == drawing
    assert fetcher.blocked == []


def test_refusal_is_remembered_and_shortened():
    fetcher = ClosedFetcher()
    with pytest.raises(Blocked):
        fetcher("http://host/" + "a" * 500)
    assert len(fetcher.blocked[0]) == 120
