"""The reader on the real letter."""

from __future__ import annotations

import datetime

from letters.reading import read_letter


def test_reference_letter_head(reference_text: str) -> None:
    letter = read_letter(reference_text)
    assert letter.date == datetime.date(2018, 1, 24)
    assert letter.date_as_printed == "24 January 2018"
    assert len(letter.addressee) == 4
    assert letter.subject.startswith("Civil Society Engagement")
    assert letter.salutation == "Your Excellency,"
    assert letter.closing == "Signed,"


def test_reference_letter_notes(reference_text: str) -> None:
    letter = read_letter(reference_text)
    assert [letter.body.count(f"[^{n}]") for n in range(1, 10)] == [1] * 8 + [0]
    missing = [q.number for q in letter.questions if q.kind == "note_without_text"]
    assert missing == list(range(1, 9))
    asked = [q for q in letter.questions if q.kind == "note_without_number"]
    assert [q.number for q in asked] == [3, 8]
    assert {q.kind for q in letter.questions} == {"note_without_text", "note_without_number"}


def test_reference_letter_body(reference_text: str) -> None:
    body = read_letter(reference_text).body
    paragraphs = body.split("\n\n")
    assert len(paragraphs) == 18
    assert all(p.endswith((".", ":", "[^7]")) for p in paragraphs)
    assert "allies rather than adversaries when it comes" in body
    assert "Resolutions 2242 and 2250" in body
