"""The parser on the signatories of the real letter."""

from __future__ import annotations

from letters.reading import read_letter
from letters.signatories import ParsedSignatory

Rows = list[dict[str, str]]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pairs(text: str, rows: Rows) -> list[tuple[ParsedSignatory, dict[str, str]]]:
    return list(zip(read_letter(text).signatories, rows, strict=True))


def _expected_kind(row: dict[str, str]) -> str:
    return {"organisation": "organization"}.get(row["kind"], row["kind"])


def test_reference_letter_lines_are_all_found(reference_text: str, reference_rows: Rows) -> None:
    found = [_one_line(s.raw) for s in read_letter(reference_text).signatories]
    assert found == [_one_line(row["raw"]) for row in reference_rows]


def test_reference_letter_kinds_and_countries(reference_text: str, reference_rows: Rows) -> None:
    wrong = [
        row["raw"]
        for parsed, row in _pairs(reference_text, reference_rows)
        if parsed.kind != _expected_kind(row) or "|".join(parsed.countries) != row["countries_iso2"]
    ]
    assert not wrong


def test_reference_letter_names_roles_and_bodies(reference_text: str, reference_rows: Rows) -> None:
    wrong = [
        parsed
        for parsed, row in _pairs(reference_text, reference_rows)
        if (parsed.person, parsed.role, parsed.organization, parsed.acronym)
        != (row["person"], row["title"], row["organisation"], row["acronym"])
    ]
    assert len(wrong) <= 4
    assert all(parsed.confidence < 0.7 for parsed in wrong)


def test_reference_letter_is_not_doubted_as_a_whole(
    reference_text: str, reference_rows: Rows
) -> None:
    doubted = [p for p, _ in _pairs(reference_text, reference_rows) if p.confidence < 0.7]
    assert len(doubted) <= len(reference_rows) * 0.15


def test_reference_letter_stray_note_is_left_out(reference_text: str) -> None:
    assert len(read_letter(reference_text).left_out) == 1
