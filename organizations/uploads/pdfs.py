"""PDFs are opened and written anew without what they say about their makers, and without powers."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Name

from organizations.uploads.kinds import NotTaken
from organizations.uploads.pictures import strip_jpeg

# Metadata, private data of programs, attachments, scripts and actions: wherever they stand.
FORBIDDEN = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/EmbeddedFiles",
    "/EmbeddedFile",
    "/AF",
    "/EF",
    "/JavaScript",
    "/JS",
    "/AA",
    "/OpenAction",
    "/XFA",
    "/Collection",
    "/AuthorInfo",
)
ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition")
WITH_FILES = ("/FileAttachment", "/RichMedia", "/Screen", "/Sound", "/Movie", "/3D")
OF_REMARKS = ("/T", "/M", "/CreationDate", "/NM")  # who wrote a remark in the margin, and when


def clean_pdf(data: bytes) -> bytes:
    """Return the PDF anew; NotTaken when it is damaged or locked by a password."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _drop_information(pdf)
            for page in pdf.pages:
                _clean_remarks(page)
            for item in pdf.objects:
                _clean_object(item)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, fix_metadata_version=False)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise NotTaken(_("This PDF asks for a password. Please send it without one.")) from error
    except Exception as error:  # a hostile file makes the library raise anything
        raise NotTaken(
            _("This PDF is damaged. Please print it to a new PDF and send that.")
        ) from error


def _drop_information(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _clean_remarks(page: pikepdf.Page) -> None:
    """Take out annotations that carry files; forget who wrote the others."""
    remarks = page.obj.get("/Annots")
    if remarks is None:
        return
    kept = [note for note in remarks if str(note.get("/Subtype", "")) not in WITH_FILES]
    for note in kept:
        if note.get("/Subtype") != Name.Widget:
            _drop(note, OF_REMARKS)
    page.obj["/Annots"] = pikepdf.Array(kept)


def _clean_object(item: Any, depth: int = 0) -> None:
    """Clean an object and what is written inside it (not what it only points at), 12 deep."""
    if depth > 12:
        return
    if isinstance(item, pikepdf.Stream):
        _clean_picture(item)
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        _drop(item, FORBIDDEN)
        if str(item.get("/S", "")) in ACTIONS:
            _drop(item, ("/S", "/F", "/Win", "/D", "/Next"))
        inside = [item.get(key) for key in list(item.keys())]
    elif isinstance(item, pikepdf.Array):
        inside = list(item)
    else:
        return
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            _clean_object(part, depth + 1)


def _clean_picture(stream: pikepdf.Stream) -> None:
    if stream.get("/Filter") == Name.DCTDecode:
        raw = stream.read_raw_bytes()
        bare = strip_jpeg(raw)
        if bare != raw:
            parms: Any = stream.get("/DecodeParms")
            stream.write(bare, filter=Name.DCTDecode, decode_parms=parms)


def _drop(item: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]
