"""A list of names as a table: comma-separated values, or the first sheet of a workbook."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl

from letters.reading.files import signatories_of_table
from letters.signatories import Explanation, LeftOut

MOST_ROWS, MOST_COLUMNS = 20_000, 40
LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes; a small file can hold a large one
WORKBOOK = b"PK\x03\x04"


class NotATable(ValueError):
    """The file is no workbook that we read; the text says what to do."""


def explain_table(text: str) -> Explanation:
    """Return the signatories of a table, and its head as what was left out."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = tuple(signatories_of_table(text))
    head = (LeftOut(lines[0], "The head of the table"),) if len(lines) > len(found) else ()
    return Explanation(found, head)


def text_of_workbook(data: bytes) -> str:
    """Return the first sheet of an .xlsx file as a table with tabs; formulas as they were last
    worked out. NotATable for what is none, or is too large to be a list of names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise NotATable("too large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        lines = ["\t".join(_cell(value) for value in row).rstrip("\t") for row in rows]
        book.close()
    except NotATable:
        raise
    except Exception as error:  # whatever a broken or hostile file does to the library
        raise NotATable(type(error).__name__) from error
    return "\n".join(line for line in lines if line.strip())


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
