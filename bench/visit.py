"""Bytes on the wire of a stranger's first visit: the home page and everything that it loads."""

from __future__ import annotations

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.house import House
from bench.table import Goal, Row

HEADERS = {
    "Accept-Encoding": "br, gzip",
    "Accept-Language": "en",
    "User-Agent": "Mozilla/5.0",
    "Host": "127.0.0.1",
}
LOADED = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
IN_CSS = re.compile(rb"""url\(\s*["']?(?!data:|#)([^"')]+)""")


def measure(house: House) -> list[Row]:
    """One row; the floor is the page alone, without style, script and pictures."""
    with house.web() as port:
        sizes = weigh(port)
    total = sum(sizes.values())
    page = sizes["/"]
    return [
        Row(
            f"first visit, {len(sizes)} answers with their headers (bytes)",
            total, page, total / page, Goal("ours", "≤", 60_000),
        )
    ]  # fmt: skip


def weigh(port: int) -> dict[str, int]:
    """Bytes of every answer by path, as sent. Fetches more than a browser might (every font that
    a style sheet names), never less. RuntimeError for an answer that is not 200, or elsewhere."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sizes: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in sizes:
            continue
        sizes[path], more = _fetch(line, path)
        waiting.extend(more)
    line.close()
    return sizes


def _fetch(line: http.client.HTTPConnection, path: str) -> tuple[int, list[str]]:
    line.request("GET", path, headers=HEADERS)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    size = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n") + head + len(body)
    kind = answer.headers.get_content_type()
    plain = _unpacked(body, answer.headers.get("Content-Encoding", ""))
    return size, [_local(path, reference) for reference in _references(kind, plain)]


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        import brotli

        return bytes(brotli.decompress(body))
    if encoding == "gzip":
        import gzip

        return gzip.decompress(body)
    return body


def _references(kind: str, content: bytes) -> list[str]:
    if kind == "text/css":
        return [match.decode() for match in IN_CSS.findall(content)]
    if kind != "text/html":
        return []
    reader = _Reader()
    reader.feed(content.decode())
    return reader.found


def _local(page: str, reference: str) -> str:
    parts = urlsplit(urljoin(f"http://127.0.0.1{page}", reference))
    if parts.netloc != "127.0.0.1":
        raise RuntimeError(f"{page} loads something from {parts.netloc}")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class _Reader(HTMLParser):
    """Collects what a page makes a browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        target = values.get(LOADED.get(tag, ""))
        if not target or target.startswith("data:"):
            return
        if tag != "link" or RELATIONS & set((values.get("rel") or "").split()):
            self.found.append(target)
