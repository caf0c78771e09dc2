"""The list of names as data: CSV and XLSX, one row a name, in printed order.

A cell that a spreadsheet would take for a formula gets an apostrophe in front: the file may be
opened by somebody who did not write the names in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from letters.models import Letter, Signatory
from letters.text.arranging import arrange
from organizations.countries import country_name

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "line",
    "kind",
    "honorific",
    "name",
    "role",
    "organization",
    "acronym",
    "countries",
    "country names",
    "place as stated",
    "how it came",
)
WIDTHS = (60, 14, 12, 28, 30, 40, 12, 12, 24, 24, 12)


def safe_cell(value: str) -> str:
    """Return `value` as a cell that no spreadsheet works out: without NUL and other characters
    that no cell may hold, and with an apostrophe before `= + - @`, tab and carriage return."""
    kept = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{kept}" if kept.startswith(FORMULAS) else kept


def rows_of(letter: Letter, names: Sequence[Signatory]) -> Iterator[list[str]]:
    """Yield the rows of a list, the heading first."""
    yield list(COLUMNS)
    for group in arrange(names, letter.arrangement, letter.grouped, letter.language):
        for name in group.names:
            yield [safe_cell(value) for value in _row(name)]


def csv_list(letter: Letter, names: Sequence[Signatory]) -> bytes:
    """Return the list as CSV (RFC 4180) in UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows_of(letter, names))
    return out.getvalue().encode("utf-8")


def xlsx_list(letter: Letter, names: Sequence[Signatory]) -> bytes:
    """Return the list as a workbook with one sheet; every cell is text, none is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Signatories")
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHIJK", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for number, row in enumerate(rows_of(letter, names)):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            cell.data_type = "s"  # text, whatever it looks like
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(name: Signatory) -> tuple[str, ...]:
    return (
        name.display_line(),
        name.kind,
        name.honorific,
        name.person,
        name.role,
        name.organization_name,
        name.acronym,
        " ".join(name.countries),
        "; ".join(country_name(code, "en") for code in name.countries),
        name.place_as_stated,
        str(name.method),
    )
