"""The reader on invented letters in other layouts: letterheads, columns, lists before the text."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from letters.reading import ReadLetter, read_letter
from letters.reading.letterhead import LETTERHEAD
from letters.signatories.leaving import CONTACT, COPIES

DATA = Path(__file__).parent / "data"


def _read(name: str) -> ReadLetter:
    return read_letter((DATA / f"layout_{name}.txt").read_text(encoding="utf-8"))


SIGNERS = {
    "en_letterhead": ["GB", "KE", "AT", "RW", "", "CO", "NO", "TN"],
    "en_columns": ["KE", "DE", "GB", "CO", "BR", "IE", "SL", "UG"],
    "fr_ouverte": ["ML", "SN", "TD", "FR", "BF"],
    "es_antes": ["CO", "GT", "AR", "MX", "PE"],
    "ru_stolbtsy": ["KZ", "AM", "UZ", "KG", "TJ", "GE"],
    "ar_akhir": ["LB", "JO", "TN", "EG"],
    "zh": ["MY", "JP", "", "GB", "CN"],
    "blocks": ["GB", "KE", "NO"],
    "footers": ["", "", "", "KE", "ML", "CO", "BR", "SL"],
}


@pytest.mark.parametrize("name", SIGNERS)
def test_signatories_are_those_of_the_letter(name: str) -> None:
    assert [" ".join(s.countries) for s in _read(name).signatories] == SIGNERS[name]


@pytest.mark.parametrize(
    ("name", "place", "date"),
    [
        ("en_letterhead", "", datetime.date(2031, 3, 14)),
        ("fr_ouverte", "Valmont", datetime.date(2031, 4, 3)),
        ("es_antes", "Ciudad Clara", datetime.date(2031, 5, 9)),
        ("ru_stolbtsy", "", datetime.date(2031, 5, 12)),
        ("ar_akhir", "بيروت", datetime.date(2031, 5, 9)),
        ("en_columns", "", None),
    ],
)
def test_date_is_found_before_and_after_the_text(
    name: str, place: str, date: datetime.date | None
) -> None:
    letter = _read(name)
    assert (letter.place, letter.date) == (place, date)


def test_letterhead_above_the_date_is_no_addressee() -> None:
    letter = _read("en_letterhead")
    assert letter.addressee[0] == "Ms. Odette Marlowe"
    assert len(letter.addressee) == 4
    assert letter.salutation == "Dear Ms. Marlowe,"
    assert sum(item.reason == LETTERHEAD for item in letter.left_out) == 4


def test_lines_between_date_and_salutation_are_the_addressee() -> None:
    assert _read("ru_stolbtsy").addressee[-1] == "г-же О. Марлоу"


def test_running_head_does_not_cut_the_sentence_that_it_stands_in() -> None:
    letter = _read("en_letterhead")
    assert "several of them had to rely on the press.[^2]" in letter.body
    assert set(letter.notes) == {1, 2}


def test_copies_and_contacts_sign_nothing_and_are_no_notes() -> None:
    letter = _read("en_letterhead")
    assert {COPIES, CONTACT} <= {item.reason for item in letter.left_out}
    assert not letter.questions


def test_title_of_an_open_letter_is_its_subject() -> None:
    assert _read("fr_ouverte").subject == "Pour un dialogue régulier avec les associations"
    assert _read("en_columns").subject.startswith("Joint open letter")


def test_notes_behind_the_list_are_read() -> None:
    assert set(_read("en_columns").notes) == {1, 2}


def test_line_with_to_parts_the_sender_from_the_addressee() -> None:
    assert _read("blocks").addressee == ("The Chair of the Committee on Oversight",)


def test_title_with_a_page_number_leaves_no_trace() -> None:
    letter = _read("footers")
    assert "Joint letter" not in letter.body
    assert not any("Joint letter" in s.raw for s in letter.signatories)


def test_call_to_join_and_address_of_the_sender_sign_nothing() -> None:
    assert any(item.line.startswith("To add") for item in _read("footers").left_out)
    assert any("Quay Street" in item.line for item in _read("blocks").left_out)


def test_note_behind_the_list_of_a_chinese_letter_is_read() -> None:
    letter = _read("zh")
    assert letter.subject.startswith("关于审查")
    assert set(letter.notes) == {1}
