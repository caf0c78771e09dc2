"""Renders a brief as the worker does, and reads what came out."""

from __future__ import annotations

import io

import pypdf
import pypdfium2

from foundation.documents.rendering import render_pdf
from foundation.documents.sheets import Sheet
from meetings.briefs import MOST_PAGES, BriefContent, paper


def sheet_of(content: BriefContent) -> Sheet:
    """Return the sheet of a brief."""
    longest, *shorter = paper(content)
    return Sheet(
        html=longest,
        language=content.language,
        title=f"Meeting brief {content.reference}",
        created=content.drawn_up,
        css="brief",
        most_pages=MOST_PAGES,
        shorter=tuple(shorter),
    )


def rendered(content: BriefContent) -> bytes:
    """Return the PDF of a brief."""
    return render_pdf(sheet_of(content))


def pages_of(data: bytes) -> list[str]:
    """Return the words of each page as Chrome's engine reads them, on one line each."""
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    return [" ".join(text.split()) for text in texts]


def everything_in(data: bytes) -> str:
    """Return all words of a PDF, its metadata, outline and attachments."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    packet = reader.xmp_metadata.stream.get_data().decode()
    more = [str(reader.metadata), str(reader.outline), str(reader.attachments), packet]
    return "\n".join([*pages_of(data), *more])
