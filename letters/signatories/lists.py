"""A whole list of signatories: joined, read, and what was left out of it."""

import re

from letters.signatories.joining import Entry, entries_of
from letters.signatories.parsing import parse_line
from letters.signatories.result import Explanation, ParsedSignatory


def parse_lines(text: str) -> list[ParsedSignatory]:
    """Return the signatories of a list as printed, in their order; never raises."""
    return list(explain(text).signatories)


def explain(text: str) -> Explanation:
    """Return the signatories and the lines left out, each with its reason.

    Every line of the text that is not blank is in exactly one signatory's `raw` or left out.
    """
    entries, left_out = entries_of(text)
    return Explanation(tuple(_read(entry) for entry in entries), tuple(left_out))


def _read(entry: Entry) -> ParsedSignatory:
    parsed = parse_line(_one_line(entry.lines))
    return ParsedSignatory(**{**vars(parsed), "raw": entry.raw})


def _one_line(lines: list[str]) -> str:
    """Join printed lines with a space, or with a comma where each holds a field of its own."""
    stripped = [line.strip(" ") for line in lines]
    fields = len(lines) > 1 and all(len(s) < 55 and "," not in s for s in stripped[:-1])
    opened = any(
        re.search(r"(?:\b(?:and|of|for|the|de|et|y|и)|[&/(-])$", s, re.I) for s in stripped
    )
    begins = any(re.match(r"(?:and|of|for|the|de|et|y|&|\(|[a-z])", s) for s in stripped[1:])
    return (", " if fields and not opened and not begins else " ").join(stripped)
