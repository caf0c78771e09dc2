"""`manage.py parse_signatories`, called as a function: it needs no database."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from letters.management.commands.parse_signatories import Command

KEYS = [
    "raw",
    "kind",
    "person",
    "honorific",
    "role",
    "organization",
    "acronym",
    "countries",
    "place_as_stated",
    "confidence",
    "notes",
]


def _run(path: Path, output_format: str) -> str:
    out = io.StringIO()
    command = Command(stdout=out)
    command.handle(file=path, format=output_format)
    return out.getvalue()


def test_json_has_exactly_the_agreed_keys(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Hill Peace Trust (HPT), Kenya\n", encoding="utf-8")
    (row,) = json.loads(_run(file, "json"))
    assert list(row) == KEYS
    assert row["countries"] == ["KE"]
    assert row["person"] == ""
    assert row["acronym"] == "HPT"


def test_text_prints_one_line_for_each(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Hill Peace Trust, Kenya\nLake Forum, Malawi\n", encoding="utf-8")
    assert len(_run(file, "text").splitlines()) == 2


def test_csv_with_named_columns_is_read_by_them(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Name,Title,Organisation,Country\n"
        '"Paula Weststroem","Director, Programmes","Hill Trust, Law and Peace",Sweden\n'
        ",,Lake Rights Forum,Malawi\n",
        encoding="utf-8",
    )
    first, second = json.loads(_run(file, "json"))
    assert first["role"] == "Director, Programmes"
    assert first["organization"] == "Hill Trust, Law and Peace"
    assert second["kind"] == "organization"
    assert second["countries"] == ["MW"]


def test_csv_of_one_column_is_a_list(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('"Hill Peace Trust, Kenya"\n"Lake Forum, Malawi"\n', encoding="utf-8")
    assert len(json.loads(_run(file, "json"))) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Réseau du Fleuve, Sénégal\n", encoding=encoding)
    (row,) = json.loads(_run(file, "json"))
    assert row["organization"] == "Réseau du Fleuve"
    assert row["countries"] == ["SN"]


def test_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        _run(tmp_path / "absent.txt", "json")
