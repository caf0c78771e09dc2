"""The letter on paper: six languages read back as they were written, what is tagged, how it is laid out."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from foundation.documents.rendering import render_pdf
from foundation.documents.revisions import before_the_seal
from foundation.documents.sheets import Sheet
from letters.documents.copies import paper
from letters.enums import Layout
from letters.text.labels import PAPER_WORDS, moment_words
from letters.text.plain import plain_text
from letters.text.printed import PrintedLetter
from tests.letters.paper_letters import FIXED, FORTY, TEXTS, organization, printed

# Marks that readers put round runs of another direction.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")
UNSEEN = dict.fromkeys([0x200E, 0x200F, 0xFEFF, 0xAD])
WORDS = {"ar": r"[\u0620-\u0669\u0670-\u06d3]+", "zh-hans": r"[\u4e00-\u9fff]+"}


def pdf_of(letter: PrintedLetter) -> bytes:
    sheet = Sheet(html=paper(letter), language=letter.language, title="x", created=letter.frozen_at)
    return render_pdf(sheet)


@cache
def made(language: str, layout: str = Layout.LETTER) -> bytes:
    return pdf_of(printed(language, layout=layout, letterhead="Réseau «Мост» جسر"))


def with_pdfium(data: bytes, path: Path) -> str:
    pdf = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text


def with_poppler(data: bytes, path: Path) -> str:
    path.write_bytes(data)
    command = ["pdftotext", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


READERS = {"pdfium": with_pdfium, "poppler": with_poppler}


def plain(text: str, *, marks: bool = True) -> str:
    text = unicodedata.normalize("NFC", text.translate(TURNS).translate(UNSEEN))
    return text if marks else re.sub("[\u064b-\u065f]", "", text)


def source(letter: PrintedLetter) -> str:
    """Return all that the letter says, as it was written."""
    text = letter.text
    parts = [text.addressee, text.place, text.date, text.subject, text.salutation, text.closing]
    # Calls of notes become links, and marks of items the letters of the language.
    body = re.sub(r"(?m)\[\^\d+\]|^\s*\w{1,3}\)", " ", text.body)
    parts += [body, text.notes, letter.counts, letter.fixed]
    parts += [name.line for group in letter.groups for name in group.names]
    words = letter.words
    return "\n".join([*parts, words.about, words.sealed, words.no_signature, words.without_us])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", TEXTS)
def test_letter_reads_back_as_it_was_written(language, reader, tmp_path):
    # pdfium gives each Arabic vowel sign one place too early, and breaks a line at some: the words
    # that carry one are compared with poppler alone.
    read = plain(READERS[reader](made(language), tmp_path / "x.pdf"))
    written = plain(source(printed(language)))
    if reader == "pdfium":
        written = re.sub(r"[\u0620-\u0669]*[\u064b-\u065f][\u0620-\u0669]*", " ", written)
    if language == "zh-hans":
        together = re.sub(r"\s", "", read)
        assert [w for w in re.findall(WORDS[language], written) if w not in together] == []
        return
    read = re.sub(r"[-\u2010\ufffe\x02]\s*\n", "", read)  # words divided at the end of a line
    for pattern in (WORDS.get(language, r"\w+"), WORDS["ar"]):
        found = set(re.findall(pattern, read))
        assert [word for word in re.findall(pattern, written) if word not in found] == []


@pytest.mark.parametrize("reader", READERS)
def test_order_of_the_words_is_kept_in_an_arabic_paragraph(reader, tmp_path):
    read = plain(READERS[reader](made("ar"), tmp_path / "x.pdf"), marks=False)
    read = " ".join(read.split())
    assert "ونكتب إليكم لأن السلام لا يقوم من دون الناس" in read  # a note is called behind it
    assert read.index("دون الناس") < read.index("إن الذين يعيشون نتائج التدابير")
    assert "ولا سيما خلال الاستعراض الثامن للاستراتيجية العالمية لمكافحة الإرهاب" in read
    assert "والالتزامات التي لا يتابعها أحد تظل حبرا على ورق" in read


def test_words_of_the_paper_are_there_in_all_six_languages():
    assert set(PAPER_WORDS) == set(TEXTS)
    for language, words in PAPER_WORDS.items():
        assert len(words.months) == 12
        text = plain_text(printed(language, withheld=7))
        assert f"{words.organizations} (25)" in text
        assert words.others % {"n": 7} in text
        if language != "en":
            for other in ("Organizations", "Fingerprint", "Reference"):
                assert other not in text, language


def test_moments_are_said_in_the_language_of_the_letter():
    said = {language: moment_words(FIXED, language) for language in PAPER_WORDS}
    assert said["en"] == "3 November 2026, 09:12 UTC"
    assert said["fr"] == "3 novembre 2026, 09:12 UTC"
    assert said["es"] == "3 de noviembre de 2026, 09:12 UTC"
    assert said["ru"] == "3 ноября 2026 года, 09:12 UTC"
    assert said["zh-hans"] == "2026年11月3日09:12 UTC"
    assert said["ar"] == "3 تشرين الثاني/نوفمبر 2026، الساعة 09:12 UTC"


def structure(data: bytes) -> list[str]:
    """Return the kinds of all elements of the structure, in reading order."""
    found: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for one in element:
                walk(one)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(str(element.S))
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.mark.parametrize("layout", Layout.values)
def test_letter_is_tagged(layout):
    kinds = structure(made("en", layout))
    assert "/Table" not in kinds
    headings = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert headings[0] == 1
    jumps = [b - a for a, b in itertools.pairwise(headings)]
    assert max(jumps) == 1
    assert kinds.count("/Note") == 2
    assert kinds.count("/Figure") == 1
    facts = 2 * 6  # the terms of the seal page and what they are
    assert kinds.count("/LI") == 4 + len(FORTY) + facts
    with pikepdf.open(io.BytesIO(made("en", layout))) as pdf, pdf.open_metadata() as packet:
        assert (packet["pdfaid:part"], packet["pdfaid:conformance"]) == ("3", "A")
        assert packet["pdfuaid:part"] == "1"


def test_calls_and_notes_lead_to_each_other():
    with pikepdf.open(io.BytesIO(made("en"))) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        targets = {str(link.Dest) for link in links if "/Dest" in link}
        names = {str(link.Contents) for link in links}
    assert targets == {"note-1", "ref-1", "note-2", "ref-2"}
    assert {"Note 1", "Note 2", "Back to the text"} <= names


def test_annex_begins_a_page_after_the_text_and_the_seal_has_its_own():
    pdf = pypdfium2.PdfDocument(made("en", Layout.ANNEX))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert "Organizations: 25; individuals: 15. The names stand in the annex." in pages[0]
    assert pages[1].startswith("Annex: signatories")
    assert "Aldern Law Clinic" not in pages[0]
    assert "About this letter" in pages[-1]
    assert "Aldern Law Clinic" not in pages[-1]


def test_line_that_begins_in_arabic_runs_from_the_right_in_an_arabic_letter_only():
    lines = (organization("جمعية بيت السلام", "TN"), organization("Aldern Law Clinic", "DE"))

    def ways(language: str) -> list[str]:
        groups = printed(language, lines).groups
        return [name.direction for group in groups for name in group.names]

    assert sorted(ways("ar")) == ["ltr", "rtl"]
    assert ways("en") == ["ltr", "ltr"]


def test_letterhead_stands_above_the_letter_or_not_at_all():
    assert 'class="letterhead"' in paper(printed("en", letterhead="Open Table"))
    assert 'class="letterhead"' not in paper(printed("en"))


def test_enclosures_and_earlier_letters_are_printed():
    from dataclasses import replace

    text = replace(TEXTS["en"], reference="Our ref: OT/2026/14", enclosures="One\nTwo",
                   follows="LTR-2026-3MD8WA, 14 April 2026")  # fmt: skip
    html = paper(printed("en", text=text))
    for words in ("Our ref: OT/2026/14", "<li>Two</li>", "Earlier letters", "LTR-2026-3MD8WA"):
        assert words in html
    assert "Enclosures\n- One\n- Two" in plain_text(printed("en", text=text))


def test_list_below_an_item_is_printed_below_it():
    from dataclasses import replace

    body = "a) first\n  (i) inner one\n  (ii) inner two\nb) second"
    letter = printed("en", text=replace(TEXTS["en"], body=body, notes=""))
    assert "(a) first\n    (i) inner one\n    (ii) inner two\n(b) second" in plain_text(letter)
    assert '<li>first<ol class="roman" start="1"><li>inner one</li>' in paper(letter)


def test_what_is_no_pdf_has_no_first_revision():
    with pytest.raises(ValueError, match="no PDF"):
        before_the_seal(b"plain words")
    assert before_the_seal(made("en")) == made("en")
