"""A fetcher that can reach nothing: no network, no file, only pictures that we made ourselves.

WeasyPrint's own fetcher opens http, ftp and file addresses and puts local files into the PDF when a
document asks for it (`<link rel=attachment>`). Fonts need no fetching at all (see fonts.py).
"""

import base64
import binascii
import re
import struct
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

LETTERHEADS = Path(__file__).with_name("letterheads")
LARGEST_PICTURE = 256 * 1024
LARGEST_SIDE = 4000

_DATA = re.compile(r"data:(image/(?:png|svg\+xml))(?:;charset=utf-8)?(;base64)?,(.*)", re.S)
_PNG = b"\x89PNG\r\n\x1a\n"
# An SVG of ours is drawn with shapes alone; whatever can point elsewhere is refused.
_POINTS_ELSEWHERE = re.compile(
    rb"href|url\(|@import|<!|<\?xml-|<(?:image|use|style|script|foreign)", re.I
)


class Blocked(ValueError):
    """An address that a document may not reach."""


class ClosedFetcher(URLFetcher):
    """Serves `static:<name>` from letterheads/ and small data: pictures; refuses all else.

    `blocked` lists what was refused (first 120 characters each): WeasyPrint only warns about a
    picture it cannot have and says nothing about a font, but a document of ours that asks for
    something foreign is wrong and must fail.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=set(), allow_redirects=False)
        self.blocked: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The picture behind `url`; raises Blocked for everything that is not ours."""
        try:
            kind, content = self._ours(url)
        except Blocked:
            self.blocked.append(url[:120])
            raise
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _ours(self, url: str) -> tuple[str, bytes]:
        if url.startswith("static:"):
            return _letterhead(url.removeprefix("static:"))
        if match := _DATA.fullmatch(url):
            return match[1], _picture(match[1], bool(match[2]), match[3])
        raise Blocked(f"A document may not reach {url[:120]!r}.")


def _letterhead(name: str) -> tuple[str, bytes]:
    path = LETTERHEADS / name
    if not re.fullmatch(r"[a-z0-9-]+\.png", name) or path.is_symlink() or not path.is_file():
        raise Blocked(f"There is no letterhead picture named {name[:60]!r}.")
    return "image/png", path.read_bytes()


def _picture(kind: str, in_base64: bool, text: str) -> bytes:
    if len(text) > LARGEST_PICTURE * 4 // 3:
        raise Blocked("The picture inside the document is too large.")
    content = _decoded(in_base64, text)
    if kind == "image/png":
        _check_png(content)
    elif _POINTS_ELSEWHERE.search(content):
        raise Blocked("The drawing inside the document points to something else.")
    return content


def _decoded(in_base64: bool, text: str) -> bytes:
    from urllib.parse import unquote_to_bytes

    plain = unquote_to_bytes(text)
    if not in_base64:
        return plain
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Blocked("The picture inside the document is not valid base64.") from error


def _check_png(content: bytes) -> None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 33:
        raise Blocked("The picture inside the document is not a PNG.")
    width, height = struct.unpack(">II", content[16:24])
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise Blocked("The picture inside the document has too many pixels.")
