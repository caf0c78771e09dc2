"""The reader on invented letters in the six languages of the UN, with the damage of extraction."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from letters.reading import Question, ReadLetter, read_letter
from letters.reading.letterhead import LETTERHEAD

DATA = Path(__file__).parent / "data"


def _read(language: str) -> ReadLetter:
    return read_letter((DATA / f"{language}.txt").read_text(encoding="utf-8"))


HEADS = {
    "en": (
        datetime.date(2025, 2, 7),
        "Geneva",
        "Regular meetings with civil society and answers to its letters",
        "Dear Ms. Fernsby,",
        "Yours sincerely,",
    ),
    "fr": (
        datetime.date(2025, 3, 3),
        "Dakar",
        "Participation des associations aux consultations",
        "Madame la Directrice générale,",
        "Nous vous prions d'agréer, Madame la Directrice générale, l'expression de notre haute"
        " considération. Signataires :",
    ),
    "es": (
        datetime.date(2024, 5, 5),
        "Bogotá",
        "Reuniones periódicas",
        "Estimada señora Directora:",
        "Atentamente,",
    ),
    "ru": (
        datetime.date(2023, 4, 12),
        "",
        "О встречах с организациями",
        "Уважаемая госпожа директор!",
        "С уважением,",
    ),
    "zh": (datetime.date(2024, 6, 1), "", "关于定期会议", "尊敬的主任：", "此致 敬礼"),
    "ar": (
        datetime.date(2024, 5, 5),
        "",
        "اجتماعات منتظمة",
        "سعادة المديرة،",
        "وتفضلوا بقبول فائق الاحترام،",
    ),
}


@pytest.mark.parametrize("language", HEADS)
def test_head_and_closing_are_found(language: str) -> None:
    letter = _read(language)
    found = (letter.date, letter.place, letter.subject, letter.salutation, letter.closing)
    assert found == HEADS[language]
    assert letter.addressee


@pytest.mark.parametrize(("language", "count"), [(x, 3 if x == "en" else 2) for x in HEADS])
def test_signatories_are_found(language: str, count: int) -> None:
    letter = _read(language)
    assert len(letter.signatories) == count
    assert {item.reason for item in letter.left_out} <= {LETTERHEAD}
    assert all(s.confidence >= 0.7 for s in letter.signatories)


def test_markers_are_told_from_numbers() -> None:
    body = _read("en").body
    assert "last year[^1] showed" in body
    assert "approach[^2], which" in body
    assert "(ODI)[^3])." in body
    for plain in ("1325", "2030", "(G7)", "COVID19"):
        assert plain in body


def test_note_cut_into_a_sentence_is_taken_out_and_asked_about() -> None:
    letter = _read("en")
    assert "the “open door” approach" in letter.body
    asked = [q for q in letter.questions if q.kind == "note_without_number"]
    assert [q.text for q in asked] == [
        "See https://open-door.test for the series of papers on the open door."
    ]


def test_note_between_two_signatories_is_put_back() -> None:
    letter = _read("en")
    assert letter.notes == {2: "“Opening doors”, Quiet Papers, 2023."}
    assert Question("note_without_text", number=1) in letter.questions
    assert letter.signatories[-1].organization == "Lake Mothers Union"


def test_notes_under_a_heading_are_read() -> None:
    assert _read("fr").notes == {
        1: "Voir https://exemple.test/rapport",
        2: "Rapport annuel, p. 12.",
    }


def test_markup_of_headings_lists_and_paragraphs() -> None:
    paragraphs = _read("en").body.split("\n\n")
    assert "## Why this matters" in paragraphs
    assert paragraphs[2].startswith("a) to meet local organizations on each visit;\nb) to publish")
    assert "people understand;" in paragraphs[2]
    assert len(paragraphs) == 6


def test_hyphen_at_a_line_end_is_asked_about() -> None:
    letter = _read("fr")
    assert "les autorités répondent." in letter.body
    assert [q.text for q in letter.questions if q.kind == "hyphen"] == ["répon-dent"]


def test_page_number_and_blank_lines_leave_no_trace() -> None:
    body = _read("en").body
    assert "\n3\n" not in body
    assert "\n\n\n" not in body


def test_bare_list_gives_only_signatories() -> None:
    letter = read_letter("Organizations:\nHill Peace Trust, Kenya\nLake Rights Forum, Malawi\n")
    assert letter.is_bare_list
    assert [s.organization for s in letter.signatories] == ["Hill Peace Trust", "Lake Rights Forum"]
    assert not letter.questions
    assert not letter.body


def test_letter_without_closing_is_asked_about() -> None:
    text = (
        "4 May 2024\n\nDear Director,\n\nWe ask you to meet the organizations that work with "
        "young people in the valley.\n\nHill Peace Trust, Kenya\nLake Rights Forum, Malawi\n"
    )
    letter = read_letter(text)
    kinds = {q.kind for q in letter.questions}
    assert {"no_closing", "no_subject", "no_addressee"} <= kinds
    assert len(letter.signatories) == 2


def test_ambiguous_date_is_asked_about() -> None:
    letter = read_letter("03/04/2024\n\nDear Director,\n\nWe ask.\n\nSincerely,\nHill Trust, Kenya")
    assert letter.date == datetime.date(2024, 4, 3)
    assert Question("ambiguous_date", text="03/04/2024") in letter.questions


def test_every_question_has_a_sentence() -> None:
    for language in HEADS:
        assert all(question.sentence for question in _read(language).questions)
