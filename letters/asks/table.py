"""A list of the asks of a letter as a CSV file: ref, ask, addressee, action_type, pillar, topics,
section. Everything that is wrong in it is said at once, with its line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from foundation.web.fields import clean_text

COLUMNS = ("ref", "ask", "addressee", "action_type", "pillar", "topics", "section")
NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,11})")
LONGEST = 2000  # characters of a cell
MOST = 500  # asks of one letter


@dataclass(frozen=True)
class ListedAsk:
    """One row, cleaned; `line` is its first line in the file."""

    line: int
    ref: str
    ask: str
    addressee: str
    action_type: str
    pillar: str
    topics: str
    section: str


class WrongTable(ValueError):
    """The file cannot be taken; `problems` says why, a sentence for each line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_table(text: str) -> list[ListedAsk]:
    """Return the rows of the file; WrongTable when one of them, or the head, is wrong, or where
    there are more than MOST."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found: list[ListedAsk] = []
    known: set[str] = set()
    problems: list[str] = []
    before = 1
    try:
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if lacking:
            raise WrongTable([f"line 1: the columns {', '.join(lacking)} are missing"])
        for row in reader:
            line, before = before + 1, reader.line_num
            if len(found) == MOST:
                raise WrongTable([f"line {line}: there are more than {MOST} asks"])
            cells, wrong = _cells(row)
            wrong += _wrong(cells, known)
            known.add(cells["ref"])
            problems += [f"line {line}: {sentence}" for sentence in wrong]
            found.append(ListedAsk(line, **cells))
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: this is not CSV ({error})")
    if not found and not problems:
        problems.append("line 1: there is no ask under the head")
    if problems:
        raise WrongTable(problems)
    return found


def _cells(row: dict) -> tuple[dict[str, str], list[str]]:
    """Return the cleaned cells by column, and what is wrong with their characters."""
    cells, wrong = {}, []
    for name in COLUMNS:
        value = row.get(name)
        if value is None:
            wrong.append("cells are missing")
        try:
            cells[name] = " ".join(clean_text(value or "", lines=False).split())
        except ValidationError:
            cells[name] = ""
            wrong.append(f"{name} holds a character that cannot be stored")
    if row.get(None):
        wrong.append("there are more cells than columns")
    return cells, list(dict.fromkeys(wrong))


def _wrong(cells: dict[str, str], known: set[str]) -> list[str]:
    wrong = [f"{name} is longer than {LONGEST} characters" for name in COLUMNS
             if len(cells[name]) > LONGEST]  # fmt: skip
    if not NUMBER.fullmatch(cells["ref"]):
        wrong.append("ref is empty, too long, or more than letters, digits, points and hyphens")
    elif cells["ref"] in known:
        wrong.append(f"ref {cells['ref']} stands in the file twice")
    if not cells["ask"]:
        wrong.append("ask is empty")
    return wrong
