"""Looking for a name in whatever leaves the house: its ways of being written, and readers of files.

`words_in` turns anything (a page, a PDF, a workbook, an archive, a mail, a box) into text; `found`
says which of some names that text tells, in whichever of the usual codes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import io
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pypdf
import pypdfium2
import redis
from openpyxl import load_workbook

MOST_LAYERS = 4  # a zipped table in a mail in a queue


def in_base64(raw: bytes) -> Iterable[str]:
    """Yield how `raw` looks inside a longer base64 text, for each place it may begin at."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw).decode()
        yield coded[-(-before * 8 // 6) : len(coded.rstrip("=")) - 1].casefold()


def forms_of(name: str) -> set[str]:
    """Return the ways in which a name may be written: folded, taken apart, coded, hashed."""
    written = {name, name.upper(), unicodedata.normalize("NFD", name)}
    forms = {hashlib.new(how, name.encode()).hexdigest() for how in ("md5", "sha1", "sha256")}
    for one in written:
        raw = one.encode()
        forms |= {
            one.casefold(),
            one.replace(" ", "-").casefold(),
            quote(one).casefold(),
            html.escape(one).casefold(),
            one.encode("ascii", "xmlcharrefreplace").decode().casefold(),
            quopri.encodestring(raw).decode().casefold().strip().replace("=\n", ""),
            raw.hex(),
            one.encode("unicode_escape").decode().casefold(),
            "".join(f"\\u{ord(char):04x}" for char in one),
            *in_base64(raw),
        }
    return forms


class Names:
    """Names that are looked for, each under the word that says whose it is."""

    def __init__(self, **names: str) -> None:
        self.names = names
        self.forms = {key: forms_of(name) for key, name in names.items()}

    def found(self, told: Any) -> set[str]:
        """Return the keys of the names that `told` (text or bytes of any kind) tells."""
        return {key for key, times in self.count(told).items() if times}

    def count(self, told: Any) -> dict[str, int]:
        """Return how often `told` tells each of the names."""
        read = told if isinstance(told, str) else words_in(told)
        once_more = {read, html.unescape(read), unquote(read), read.replace("=\n", "")}
        texts = [text.casefold() for text in once_more]
        return {
            key: sum(text.count(form) for text in texts for form in forms)
            for key, forms in self.forms.items()
        }


def words_in(data: bytes, layers: int = MOST_LAYERS) -> str:
    """Return all words of a file or message, whatever it is, and of the files inside it."""
    plain = [data.decode(errors="replace")]
    if b"\0" in data[:4000]:
        plain += [data[start:].decode("utf-16-le", "replace") for start in (0, 1)]
    if layers:
        plain += [words_in(part, layers - 1) for part in parts_of(data)]
    return "\n".join(plain)


def parts_of(data: bytes) -> Iterable[bytes]:
    """Yield what lies packed inside `data`, as far as its kind is known."""
    if data.startswith(b"%PDF") and b"%%EOF" in data:
        yield from _parts_of_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _parts_of_archive(data)
    elif data.startswith((b"\x1f\x8b", b"\x78\x9c", b"\x78\xda")):
        try:
            yield zlib.decompress(data, wbits=47)
        except zlib.error:
            return
    else:
        for coded in re.findall(rb"[A-Za-z0-9+/_-]{40,}={0,2}", data[:4_000_000]):
            try:
                yield base64.b64decode(coded.translate(bytes.maketrans(b"-_", b"+/")) + b"==")
            except binascii.Error:
                continue


def _parts_of_pdf(data: bytes) -> Iterable[bytes]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.xmp_metadata:
        yield reader.xmp_metadata.stream.get_data()
    yield f"{reader.metadata} {reader.outline}".encode(errors="replace")
    for name, files in reader.attachments.items():
        yield name.encode()
        yield from files
    for page in reader.pages:
        yield page.extract_text().encode(errors="replace")
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        yield document[number].get_textpage().get_text_range().encode(errors="replace")
    for thing in reader.xref[0] if reader.xref else ():  # every stream, drawn or not
        found = reader.get_object(pypdf.generic.IndirectObject(thing, 0, reader))
        if isinstance(found, pypdf.generic.StreamObject) and found.get("/Subtype") != "/Image":
            yield found.get_data()


def _parts_of_archive(data: bytes) -> Iterable[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        yield "\n".join(names).encode()
        yield from (archive.read(name) for name in names)
    if "xl/workbook.xml" in names:
        book = load_workbook(io.BytesIO(data))
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        yield "\n".join(str(value) for value in cells).encode()
        yield f"{book.properties} {book.sheetnames}".encode()


def words_of_mail(message: Any) -> str:
    """Return a mail as it goes over the wire, and again with its headers and parts decoded."""
    raw = message.message().as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    headers = "\n".join(f"{name}: {value}" for name, value in read.items())
    parts = [part.get_payload(decode=True) or b"" for part in read.walk()]
    return "\n".join([raw.decode(errors="replace"), headers, *map(words_in, parts)])


def words_of_answer(answer: Any) -> str:
    """Return all words of an HTTP answer: headers, cookies, body, files inside it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers}\n{answer.cookies}\n{words_in(body)}"


def words_of_folder(folder: Path) -> str:
    """Return the names of all files below `folder`, and all words in them."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return "\n".join(f"{path.relative_to(folder)}\n{words_in(path.read_bytes())}" for path in files)


def words_of_redis(url: str) -> str:
    """Return all keys and values of a Redis or Valkey server."""
    server, read = redis.Redis.from_url(url), []
    ask: dict[bytes, Any] = {
        b"string": lambda key: [server.get(key)],
        b"list": lambda key: server.lrange(key, 0, -1),
        b"set": lambda key: server.smembers(key),
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"hash": lambda key: [part for pair in server.hgetall(key).items() for part in pair],
        b"stream": lambda key: [repr(server.xrange(key)).encode()],
    }
    for key in server.scan_iter():
        read += [words_in(key), *map(words_in, ask[server.type(key)](key))]
    return "\n".join(read)
