"""Files with letters or lists: text of unknown encoding, and tables of comma-separated values."""

import csv
import io
from pathlib import Path

from letters.reading.letter import read_letter
from letters.signatories import ParsedSignatory, parse_fields, parse_line
from letters.signatories.labels import field_of

_MOST_COLUMNS = 40


def text_of(data: bytes) -> str:
    """Decode a file: UTF-8 or UTF-16 by its mark, else Windows-1252, which never fails here."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def signatories_of_file(path: Path) -> list[ParsedSignatory]:
    """Return the signatories of a letter or a bare list; a ".csv" is read as a table.

    Raises OSError when the file cannot be read.
    """
    text = text_of(path.read_bytes())
    if path.suffix.lower() in (".csv", ".tsv"):
        return signatories_of_table(text)
    return list(read_letter(text).signatories)


def signatories_of_table(text: str) -> list[ParsedSignatory]:
    """Return the signatories of a table, by its head where that names the columns.

    A column named "raw", "line" or "signatory" wins; other cells are read in their order.
    """
    rows = [row for row in _rows(text) if any(cell.strip() for cell in row)]
    if not rows:
        return []
    head = [cell.strip().lower() for cell in rows[0]]
    whole = next((i for i, name in enumerate(head) if name in ("raw", "line", "as printed")), None)
    if whole is not None:
        return [
            parse_line(row[whole]) for row in rows[1:] if len(row) > whole and row[whole].strip()
        ]
    if max(map(len, rows)) == 1:
        return list(read_letter("\n".join(row[0] for row in rows)).signatories)
    fields = [field_of(name) for name in head]
    if sum(bool(f) for f in fields) >= 2 or (
        any(fields) and len(rows) > 1 and len(head) == sum(map(bool, fields))
    ):
        return [_labelled(row, fields) for row in rows[1:]]
    return [parse_line(_as_line(row)) for row in rows]


def _rows(text: str) -> list[list[str]]:
    sample = text[:5000]
    counts = {mark: sample.count(mark) for mark in ("\t", ";", ",")}
    mark = "\t" if counts["\t"] else ";" if counts[";"] > counts[","] else ","
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark)
    try:
        return [row[:_MOST_COLUMNS] for row in reader]
    except csv.Error:
        return [[line] for line in text.splitlines()]


def _labelled(row: list[str], fields: list[str]) -> ParsedSignatory:
    """Read a row whose columns are named; the raw line is its cells with commas."""
    pairs = [(f, cell.strip()) for f, cell in zip(fields, row, strict=False) if f and cell.strip()]
    raw = _as_line(row)
    return parse_fields(dict(reversed(pairs)), raw) if len(pairs) > 1 else parse_line(raw)


def _as_line(row: list[str]) -> str:
    """An unnamed table may be a list of lines that a comma took apart, so commas go back in."""
    return ", ".join(cell.strip() for cell in row if cell.strip())
