"""What a screen reader, a search and "copy" get out of the file: the text as it was written."""

import re
import unicodedata

import pydyf
import pypdfium2
import pytest

from foundation.documents.rendering import render_pdf
from foundation.documents.text_layer import repair
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
