"""Reads the invented lists with their truth, and scores the parser on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from letters.signatories import ParsedSignatory, parse_line

DATA = Path(__file__).parent / "data"
KINDS = {"o": "organization", "i": "individual"}
FIELDS = (
    "kind",
    "honorific",
    "person",
    "role",
    "organization",
    "acronym",
    "countries",
    "place_as_stated",
)


@dataclass(frozen=True)
class Truth:
    """A line and what it says."""

    raw: str
    fields: tuple[object, ...]


@dataclass(frozen=True)
class Score:
    """Shares, 0 to 1: lines right in every field; lines doubted; wrong lines that were doubted."""

    right: float
    doubted: float
    wrong_doubted: float
    wrong: tuple[tuple[Truth, ParsedSignatory], ...]


def truths(name: str) -> list[Truth]:
    """Return the rows of data/NAME.psv."""
    rows = []
    for line in (DATA / f"{name}.psv").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        raw, kind, *rest = (cell.strip() for cell in line.split("¦"))
        rows.append(Truth(raw, _fields(kind, rest)))
    return rows


def whole_list(name: str) -> list[tuple[str, tuple[object, ...] | None]]:
    """Return the lines of data/NAME.psv in their order, with their truth; None signs nothing."""
    rows: list[tuple[str, tuple[object, ...] | None]] = []
    for line in (DATA / f"{name}.psv").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        raw, kind, *rest = (cell.strip() for cell in line.split("¦"))
        rows.append((raw, None if kind == "x" else _fields(kind, rest)))
    return rows


def _fields(kind: str, cells: list[str]) -> tuple[object, ...]:
    honorific, person, role, organization, acronym, countries, place = cells
    codes = tuple(countries.split())
    return (KINDS[kind], honorific, person, role, organization, acronym, codes, place)


def fields_of(parsed: ParsedSignatory) -> tuple[object, ...]:
    """Return the parsed fields in the order of the truth."""
    return tuple(getattr(parsed, name) for name in FIELDS)


def score(rows: list[Truth]) -> Score:
    """Parse every line and count."""
    parsed = [(truth, parse_line(truth.raw)) for truth in rows]
    wrong = tuple((t, p) for t, p in parsed if fields_of(p) != t.fields)
    doubted = sum(p.confidence < 0.7 for _, p in parsed)
    wrong_doubted = sum(p.confidence < 0.7 for _, p in wrong)
    count = len(rows)
    return Score(
        right=1 - len(wrong) / count,
        doubted=doubted / count,
        wrong_doubted=wrong_doubted / len(wrong) if wrong else 1.0,
        wrong=wrong,
    )
