"""Reads the lines with which organizations and people sign a letter. Pure functions, no database."""

from letters.signatories.lists import explain, parse_lines
from letters.signatories.parsing import parse_fields, parse_line
from letters.signatories.result import Explanation, LeftOut, ParsedSignatory

__all__ = [
    "Explanation",
    "LeftOut",
    "ParsedSignatory",
    "explain",
    "parse_fields",
    "parse_line",
    "parse_lines",
]
