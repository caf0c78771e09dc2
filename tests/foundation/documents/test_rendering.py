"""The PDF itself: what is in it, that it is always the same, and what it refuses."""

import io
import itertools
import logging
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from foundation.documents.enums import Stage
from foundation.documents.listening import LONGEST
from foundation.documents.rendering import RenderingFailed, render_pdf
from foundation.documents.sheets import Sheet, SheetFile
from tests.foundation.documents.letters import CREATED, LETTERS, letter

TABLE = """<table><tr><th>Country</th><th>Visits</th></tr>
<tr><th>Kenya</th><td>2</td></tr></table>"""


def sheet(body: str, **changes: object) -> Sheet:
    html = f'<!doctype html><html lang="en"><head><title>x</title></head><body>{body}</body></html>'
    plain = Sheet(html=html, language="en", title="A title – ü", created=CREATED)
    return replace(plain, **changes)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """All structure elements, in reading order."""
    found: list[pikepdf.Object] = []

    def walk(element: pikepdf.Object) -> None:
        found.append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found


def test_metadata_says_pdf_a_and_pdf_ua(unsealed):
    pdf = opened(unsealed)
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == LETTERS["en"].subject
        assert str(metadata["xmp:CreateDate"]).startswith("2026-11-03T09:12:00")
    assert pdf.docinfo["/CreationDate"] == "D:20261103091200+00'00"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_catalog_names_language_title_and_marks(unsealed):
    pdf = opened(unsealed)
    assert pdf.Root.Lang == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert all(page.Tabs == "/S" for page in pdf.pages)


@pytest.mark.parametrize("language", LETTERS)
def test_every_font_is_embedded_and_ours(language, run):
    fonts = run(render_pdf(letter(language)), "pdffonts", "FILE").splitlines()[2:]
    assert fonts
    for line in fonts:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line
        assert any(name in line for name in ("Noto-Serif", "Noto-Sans", "Amiri")), line


@pytest.mark.parametrize("which", ["unsealed", "sealed"])
def test_every_annotation_is_in_the_structure_and_described(which, request):
    pdf = opened(request.getfixturevalue(which))
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    annotations = [note for page in pdf.pages for note in page.get("/Annots", [])]
    kinds = {"/Link": "/Link", "/Widget": "/Form"}
    assert len(annotations) == 6 + (which == "sealed")
    for annotation in annotations:
        element = parents[annotation.StructParent]
        assert kinds[annotation.Subtype] == element.S
        assert annotation.get("/Contents") or annotation.get("/TU")
        assert int(annotation.F) & 0b111 == 0b100  # printed, neither hidden nor invisible


def test_structure_has_headings_notes_and_figures_with_alternatives(unsealed):
    pdf = opened(unsealed)
    tags = [str(element.S) for element in elements(pdf)]
    headings = [int(tag[2]) for tag in tags if tag in ("/H1", "/H2", "/H3")]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    notes = [element for element in elements(pdf) if element.S == "/Note"]
    assert len(notes) == 3
    index = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
    assert {str(note.ID) for note in notes} == {str(name) for name in index[::2]}
    figures = [element for element in elements(pdf) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["QR code: portal.example/verify/"]


def test_links_are_announced_by_their_titles(unsealed):
    said = [
        str(note.Contents) for page in opened(unsealed).pages for note in page.get("/Annots", [])
    ]
    assert said[:2] == ["Note 1", "Note 2"]
    assert "Back to the text, note 1" in said


def test_header_cells_head_their_column_or_row():
    pdf = opened(render_pdf(sheet(TABLE)))
    headers = [element for element in elements(pdf) if element.S == "/TH"]
    assert [str(header.A.Scope) for header in headers] == ["/Column", "/Column", "/Row"]


def test_attachment_is_associated_once_and_dated(run):
    file = SheetFile("signatories.json", b'{"signatories": []}', "The list as data")
    data = render_pdf(sheet("<p>x</p>", attachments=(file,)))
    pdf = opened(data)
    (associated,) = pdf.Root.AF
    assert associated.AFRelationship == "/Data"
    assert associated.EF.F.read_bytes() == file.data
    assert associated.EF.F.Params.CreationDate == "D:20261103091200Z"
    assert "1 embedded file" in run(data, "pdfdetach", "-list", "FILE")


@pytest.mark.parametrize("which", ["unsealed", "sealed"])
def test_qpdf_finds_nothing_wrong(which, request, run):
    said = run(request.getfixturevalue(which), "qpdf", "--check", "FILE")
    assert "No syntax or stream encoding errors" in said
    assert "WARNING" not in said


def test_seal_keeps_every_byte_of_what_was_rendered(unsealed, sealed):
    assert sealed.startswith(unsealed)


HASH = """
import hashlib, django
from django.conf import settings
settings.configure(USE_I18N=False)
from dataclasses import replace
from foundation.documents.rendering import render_pdf
from foundation.documents.sheets import SheetFile
from tests.foundation.documents.letters import letter
for language in ("ar", "zh", "en"):
    sheet = replace(letter(language), attachments=(SheetFile("a.json", b"[]", "data"),))
    print(hashlib.sha256(render_pdf(sheet)).hexdigest())
"""


def test_same_sheet_gives_the_same_bytes_in_another_process():
    def hashes(seed: str) -> str:
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": f"UTC+{seed}"}
        command = [sys.executable, "-W", "ignore", "-c", HASH]
        for _ in range(3):  # a crash inside a C library is seldom and another matter: the lease's
            result = subprocess.run(
                command, capture_output=True, text=True, env=environment, check=False
            )
            if result.returncode >= 0:
                break
        assert result.returncode == 0, result.stderr
        return result.stdout

    first = hashes("1")
    assert len(set(first.split())) == 3
    assert first == hashes("2")


def test_same_sheet_gives_the_same_bytes_after_other_documents():
    first = render_pdf(letter("ru"))
    render_pdf(letter("ar"))
    assert render_pdf(letter("ru")) == first


def test_date_of_the_sheet_changes_the_bytes():
    later = replace(letter("en"), created=datetime(2026, 11, 4, tzinfo=UTC))
    assert render_pdf(later) != render_pdf(letter("en"))


def test_sheet_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        replace(letter("en"), created=datetime(2026, 11, 4))


def test_progress_tells_each_step():
    heard: list[tuple[Stage, int]] = []
    render_pdf(letter("en", 200), lambda stage, page: heard.append((stage, page)))
    assert heard[0] == (Stage.READING, 0)
    assert (Stage.LAYING_OUT, 3) in heard
    assert heard[-1] == (Stage.WRITING, 0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            '<img src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E">',
            "alt",
        ),
        ('<a href="#note-9">9</a>', "note-9"),
        ('<a href="../x">9</a><img alt="x" src="x.png">', "without a base"),
    ],
)
def test_error_of_the_renderer_fails_the_document_with_its_reason(body, reason):
    with pytest.raises(RenderingFailed) as failed:
        render_pdf(sheet(body))
    assert reason in failed.value.reason


def test_wrong_language_fails_the_document():
    with pytest.raises(RenderingFailed, match="“en” where “fr”"):
        render_pdf(sheet("<p>x</p>", language="fr"))


def test_endless_document_is_stopped(monkeypatch):
    monkeypatch.setattr("foundation.documents.listening.LONGEST", 5)
    with pytest.raises(RenderingFailed, match=f"more than {LONGEST} pages"):
        render_pdf(sheet('<p style="break-after: page">x</p>' * 20))


PAGE = '<p style="break-after: page">x</p>'


def in_forms(*pages: int, most: int = 2) -> Sheet:
    """A sheet that may have `most` pages, in forms of so many pages."""
    first, *rest = (sheet(PAGE * (number - 1) + "<p>end</p>").html for number in pages)
    return sheet("", html=first, most_pages=most, shorter=tuple(rest))


@pytest.mark.parametrize(
    ("forms", "taken"), [((2, 1), 2), ((5, 3, 2, 1), 2), ((4, 3), 3), ((1,), 1)]
)
def test_first_form_that_fits_is_taken_else_the_shortest(forms, taken):
    assert len(opened(render_pdf(in_forms(*forms))).pages) == taken


def test_shorter_forms_without_a_number_of_pages_are_refused():
    with pytest.raises(ValueError, match="how long"):
        in_forms(3, 2, most=0)


def test_messages_of_the_renderer_stay_out_of_the_logs():
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())
    logging.getLogger().addHandler(handler)
    try:
        with pytest.raises(RenderingFailed):
            render_pdf(sheet('<a href="#canary-name">9</a>'))
        logging.getLogger("other").error("positive control")
    finally:
        logging.getLogger().removeHandler(handler)
    assert heard == ["positive control"]
