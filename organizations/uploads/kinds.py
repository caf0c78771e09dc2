"""What a file is, told by its content. Its name and what the browser says are not asked."""

from __future__ import annotations

import io
import zipfile

import puremagic
from django.utils.translation import gettext as _

from organizations.enums import FileKind

STARTS = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
)
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


class NotTaken(ValueError):
    """The file cannot be taken; the text says why and what to do, for the person who sent it."""


def kind_of(data: bytes) -> FileKind:
    """Return the kind of `data`; NotTaken when it is none of ours or starts as something else.

    Two readers must agree: the first bytes, exactly at the start, and puremagic. Whether the rest
    is what the start promises is found when the file is cleaned.
    """
    kind = _by_start(data)
    if kind is None or not _puremagic_agrees(data, kind):
        raise NotTaken(
            _("This is not a file that we can take. Please send a PDF, DOCX, ODT, PNG or JPG.")
        )
    return kind


def _by_start(data: bytes) -> FileKind | None:
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    return _office_kind(data) if data.startswith(b"PK\x03\x04") else None


def _office_kind(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return FileKind.DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return FileKind.ODT if archive.read("mimetype").strip() == ODT_TYPE else None
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError):
        return None
    return None


def _puremagic_agrees(data: bytes, kind: FileKind) -> bool:
    if kind in (FileKind.DOCX, FileKind.ODT):
        return True  # a ZIP by its start; the members decide, and they were read above
    wanted = {FileKind.PDF: {".pdf"}, FileKind.PNG: {".png"}}.get(kind, {".jpg", ".jpeg", ".jfif"})
    try:
        found = {match.extension for match in puremagic.magic_string(data[:8192])}
    except puremagic.PureError:
        return False
    return bool(found & wanted)
