"""What a screen reader, a search and "copy" get out of the file: the text as it was written."""

import re
import unicodedata

import pydyf
import pypdfium2
import pytest

from foundation.documents.marked_letters import keep_together
from foundation.documents.rendering import render_pdf
from foundation.documents.text_layer import repair
from foundation.documents.visual_lines import draw_from_the_left
from tests.foundation.documents.letters import LETTERS, letter

# Marks that readers put round right-to-left runs.
INVISIBLE = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
WORD = {"ar": r"[\u0620-\u0669]+", "zh": r"[\u4e00-\u9fff]+"}


def with_poppler(data: bytes, run) -> str:
    return run(data, "pdftotext", "FILE", "-")


def with_pdfium(data: bytes, run) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


READERS = {"poppler": with_poppler, "pdfium": with_pdfium}


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(INVISIBLE))


def source(language: str) -> str:
    words = LETTERS[language]
    return "\n".join((*words.addressee, words.subject, *words.paragraphs, *words.asks))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LETTERS)
def test_text_layer_reads_as_the_source(language, reader, run):
    text = plain(READERS[reader](render_pdf(letter(language)), run))
    if language == "zh":
        together = re.sub(r"\s", "", text)
        missing = [part for part in re.findall(WORD["zh"], source("zh")) if part not in together]
        assert missing == []
        return
    # A word that was divided at the end of a line is whole again without the hyphen.
    text = re.sub(r"[-\u00ad\u2010\ufffe\x02]\s*\n", "", text)
    pattern = WORD.get(language, r"\w+")
    written, read = re.findall(pattern, plain(source(language))), set(re.findall(pattern, text))
    missing = [word for word in written if word not in read]
    assert missing == []


@pytest.mark.parametrize("reader", READERS)
def test_lam_alef_is_read_in_order(reader, run):
    text = plain(READERS[reader](render_pdf(letter("ar")), run))
    for word in ("السلام", "الأولى", "الإعلام", "الإرهاب", "لأن", "الملأ"):
        assert word in text, word


def test_repair_turns_ligatures_of_right_to_left_letters_round():
    """Our Amiri draws lam and alef as two glyphs, so no letter needs it; other fonts join them."""
    table = pydyf.Stream(
        [b"1 beginbfchar", b"<0012> <06440627>", b"<0013> <00660069>", b"endbfchar"]
    )
    pdf = pydyf.PDF()
    pdf.add_object(table)
    pdf.add_object(pydyf.Dictionary({"Type": "/Font", "ToUnicode": table.reference}))
    assert repair(pdf) == 1
    assert table.stream[1:3] == [b"<0012> <06270644>", b"<0013> <00660069>"]


def test_letter_and_its_marks_become_one_piece():
    stream = pydyf.Stream([b"BT", b"/F 10 Tf", b"[<0001>3<0002>-3<0003>0] TJ", b"ET"])
    assert keep_together(stream, {b"F": {1: "\u0628", 2: "\u064f", 3: "\u062a"}}) == 1
    assert stream.stream == [
        b"BT",
        b"/F 10 Tf",
        b"[<0001>] TJ",
        b"/Span <</ActualText <feff064f062a>>> BDC",
        b"[3 <0002> -3 <0003>] TJ",
        b"EMC",
        b"[0] TJ",
        b"ET",
    ]


def test_letters_without_marks_are_drawn_as_they_were():
    steps = [b"BT", b"/F 10 Tf", b"[<0001>3<0003>0] TJ", b"ET"]
    stream = pydyf.Stream(list(steps))
    assert keep_together(stream, {b"F": {1: "\u0628", 3: "\u062a"}}) == 0
    assert stream.stream == steps


def piece(number: int, x: int, y: int, *state: bytes) -> list:
    """Return the drawing of one piece of a line."""
    place = f"1 0 0 -1 {x} {y} Tm".encode()
    text = f"[<000{number}>] TJ".encode()
    begin = ["/Span", {"MCID": number}, b"BDC", *state, b"BT", place, b"/F 10 Tf", text]
    return [*begin, b"ET", b"EMC"]


def test_line_drawn_from_the_right_is_drawn_from_the_left():
    color = b"0 0 0 rg"
    stream = pydyf.Stream(
        [*piece(1, 300, 50, color), *piece(2, 290, 47), *piece(3, 100, 50), *piece(4, 300, 70)]
    )
    assert draw_from_the_left(stream) == 1
    assert stream.stream == [
        color,
        *piece(3, 100, 50),
        *piece(2, 290, 47),
        *piece(1, 300, 50),
        *piece(4, 300, 70),
    ]


def test_line_drawn_from_the_left_stays():
    steps = [*piece(1, 100, 50), *piece(2, 200, 50)]
    stream = pydyf.Stream(list(steps))
    assert draw_from_the_left(stream) == 0
    assert stream.stream == steps


def test_line_whose_colour_changes_stays():
    steps = [*piece(1, 300, 50), *piece(2, 200, 50, b"1 0 0 rg")]
    stream = pydyf.Stream(list(steps))
    assert draw_from_the_left(stream) == 0
    assert stream.stream == steps
