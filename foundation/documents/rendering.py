"""From a sheet to PDF bytes: tagged, PDF/A-3a and PDF/UA-1 in one file, the same bytes each time.

WeasyPrint writes one variant per file. PDF/A-3a and PDF/UA-1 do not contradict each other, so we let
it write PDF/A-3a and add PDF/UA-1's mark to the same metadata packet. Not validated with veraPDF
(docs/): call these files "tagged for PDF/UA-1", not "conformant".
"""

from datetime import UTC, datetime

import pydyf
from django.utils.translation import gettext as _
from weasyprint import HTML, Attachment, Document
from weasyprint.pdf.metadata import DocumentMetadata

from foundation.documents import structure, text_layer
from foundation.documents.enums import Stage
from foundation.documents.fetching import ClosedFetcher
from foundation.documents.fonts import font_configuration, style
from foundation.documents.listening import LONGEST, Heard, TooLong, listening
from foundation.documents.sheets import Progress, Sheet, SheetFile, no_progress

VARIANT = "pdf/a-3a"

# Says "PDF/UA-1", and describes that mark to PDF/A, which knows no foreign ones
# (ISO 14289-1, 5; ISO 19005-3, 6.6.2.3.2).
_UA_MARK = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>
"""


class RenderingFailed(Exception):
    """The document cannot be made as it is; `reason` is a sentence for the people who wait."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def render_pdf(sheet: Sheet, progress: Progress = no_progress) -> bytes:
    """The PDF of `sheet`, unsealed; `progress` hears each step.

    Two calls with an equal sheet give equal bytes (as long as WeasyPrint and the fonts stay).
    Raises RenderingFailed when WeasyPrint reports an error (a picture without alternative text, a
    note without its place), when the document asks for anything foreign, when its language is not
    the one that the sheet names, or when it grows past 600 pages.
    """
    fetcher = ClosedFetcher()
    progress(Stage.READING, 0)
    with listening(progress) as heard:
        try:
            data = _render(sheet, fetcher)
        except TooLong as error:
            reason = _("It has more than %(pages)d pages.") % {"pages": LONGEST}
            raise RenderingFailed(reason) from error
    _refuse_what_went_wrong(heard, fetcher)
    return data


def _render(sheet: Sheet, fetcher: ClosedFetcher) -> bytes:
    document = _laid_out(sheet.html, sheet, fetcher)
    for html in sheet.shorter:
        if len(document.pages) <= sheet.most_pages:
            break
        document = _laid_out(html, sheet, fetcher)
    _describe(document.metadata, sheet)
    return document.write_pdf(
        pdf_variant=VARIANT,
        attachments=[_attachment(file, sheet.created) for file in sheet.attachments],
        finisher=_finish,
    )


def _laid_out(page: str, sheet: Sheet, fetcher: ClosedFetcher) -> Document:
    html = HTML(string=page, url_fetcher=fetcher, media_type="print")
    look = style(sheet.css)
    return html.render(
        font_config=font_configuration(),
        counter_style=look.counters.copy(),
        stylesheets=[look.css],
        pdf_variant=VARIANT,
        cache={},
    )


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    structure.complete(document, pdf)
    text_layer.repair(pdf)


def _describe(metadata: DocumentMetadata, sheet: Sheet) -> None:
    """Title and dates come from the sheet alone; whatever the page's head claims is dropped."""
    if metadata.lang != sheet.language:
        raise RenderingFailed(
            _("Its text is marked as “%(found)s” where “%(expected)s” is expected.")
            % {"found": metadata.lang, "expected": sheet.language}
        )
    metadata.title = sheet.title
    metadata.authors, metadata.keywords = [], []
    metadata.description = metadata.generator = None
    created = sheet.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    metadata.created = metadata.modified = created
    plain = metadata.generate_rdf_metadata

    def with_ua_mark(*variant: object) -> bytes:
        packet: bytes = plain(*variant)
        return packet.replace(b"</rdf:RDF>", _UA_MARK + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_ua_mark


def _attachment(file: SheetFile, created: datetime) -> Attachment:
    moment = created.astimezone(UTC)
    return Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=moment,
        modified=moment,
    )


def _refuse_what_went_wrong(heard: Heard, fetcher: ClosedFetcher) -> None:
    if fetcher.blocked:
        reason = _("It asks for something outside itself, which no document may do: %(what)s")
        raise RenderingFailed(reason % {"what": fetcher.blocked[0]})
    if heard.errors:
        raise RenderingFailed(heard.errors[0][:300])
