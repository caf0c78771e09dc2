"""Word and OpenDocument files are packed anew, without authors, programs, remarks' names, thumbnails.

Their XML is never expanded: a document type is refused before anything parses it. What runs
(macros), what hides (embedded objects) and what calls home (remote templates and pictures) is
refused, with words.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from organizations.enums import FileKind
from organizations.uploads.kinds import NotTaken
from organizations.uploads.pictures import clean_picture

MOST_BYTES = 60 * 1024 * 1024  # unpacked
MOST_PARTS = 2_000
MOMENT = (1980, 1, 1, 0, 0, 0)  # no part tells when it was made

BLANK = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
    "word/people.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
}
RUNS_OR_HIDES = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|^basic/|^scripts/|^object "
)
TEXT_PART = re.compile(r"\.(xml|rels|rdf)$")
PICTURE = {"png": FileKind.PNG, "jpg": FileKind.JPEG, "jpeg": FileKind.JPEG}
OTHER_PARTS = re.compile(r"\.(gif|bmp|emf|wmf|tiff?|ttf|odttf|bin|svg|wdp)$")

# Names of people in remarks and tracked changes; ids of editing sessions.
PEOPLE = (
    (re.compile(rb'(w\d*:(?:author|initials|date|userId|providerId))\s*=\s*"[^"]*"'), rb'\1=""'),
    (re.compile(rb"(w\d*:(?:author|initials|date|userId|providerId))\s*=\s*'[^']*'"), rb'\1=""'),
    (re.compile(rb"<(dc:creator|meta:creator-initials|dc:date)>[^<]*</\1>"), rb"<\1></\1>"),
    (re.compile(rb'\sw:rsid\w*\s*=\s*"[^"]*"'), b""),
)
EMPTY_DATES = re.compile(rb'\sw\d*:date=""')  # an empty date is no date: Word refuses the file
RELATION = re.compile(rb"<Relationship\b[^>]*>", re.DOTALL)
REMOTE_PICTURE = re.compile(
    rb"<draw:(?:image|object|plugin|applet)\b[^>]*xlink:href\s*=\s*[\"']\s*(?:https?:|ftp:|//|file:)",
    re.IGNORECASE | re.DOTALL,
)


def clean_office(data: bytes, kind: FileKind) -> bytes:
    """Return the document packed anew; NotTaken when it is damaged or holds what must not be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _pack(_cleaned_parts(archive))
    except NotTaken:
        raise
    except Exception as error:  # zipfile raises anything on a hostile archive
        raise NotTaken(
            _("This document is damaged. Please save it as PDF and send that.")
        ) from error


def _cleaned_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or len({entry.filename for entry in entries}) != len(entries):
        raise NotTaken(_("This document has too many parts. Please save it as PDF and send that."))
    room = MOST_BYTES
    for entry in entries:
        if entry.is_dir() or "thumbnail" in entry.filename.lower():
            continue
        part = _read(archive, entry, room)
        room -= len(part)
        cleaned = _clean_part(entry.filename, part)
        if cleaned is not None:
            yield entry.filename, cleaned


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Return a part, never more than `room` bytes, whatever its header promises."""
    with archive.open(entry) as part:
        content = part.read(room + 1)
    if len(content) > room:
        raise NotTaken(_("This document is too large once unpacked. Please send it as PDF."))
    return content


def _clean_part(name: str, content: bytes) -> bytes | None:
    lower = name.lower()
    if RUNS_OR_HIDES.search(lower) or ".." in name.split("/") or name.startswith("/"):
        raise NotTaken(
            _("This document holds macros or embedded files. Please save it as PDF and send that.")
        )
    if name in BLANK:
        return BLANK[name]
    if TEXT_PART.search(lower):
        return _clean_xml(lower, content)
    ending = lower.rpartition(".")[2]
    if ending in PICTURE:
        return clean_picture(content, PICTURE[ending])
    if name == "mimetype" or OTHER_PARTS.search(lower):
        return content
    return None


def _clean_xml(name: str, content: bytes) -> bytes:
    """Return an XML part without names of people; NotTaken for what calls home."""
    if content[:4].startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
        content = content.decode("utf-16").encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotTaken(_("This document cannot be read safely. Please save it as PDF."))
    if name.endswith(".rels"):
        content = _thumbnails_out(content)
        _refuse_remote(content)
    if REMOTE_PICTURE.search(content):
        raise _calls_home()
    for pattern, bare in PEOPLE:
        content = pattern.sub(bare, content)
    return EMPTY_DATES.sub(b"", content)


def _thumbnails_out(content: bytes) -> bytes:
    return RELATION.sub(
        lambda found: b"" if b"thumbnail" in found[0].lower() else found[0], content
    )


def _refuse_remote(content: bytes) -> None:
    for relation in RELATION.findall(content):
        if b"External" in relation and b"/hyperlink" not in relation:
            raise _calls_home()


def _calls_home() -> NotTaken:
    return NotTaken(
        _("This document loads parts from elsewhere. Please save it as PDF and send that.")
    )


def _pack(parts: Iterator[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, MOMENT)
            # OpenDocument 1.2 part 3, 3.3: "mimetype" comes first and is not compressed.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
