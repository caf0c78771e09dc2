"""A whole list of signatories: joined, read, and what was left out of it."""

import re
from dataclasses import replace

from letters.signatories.capacity import says_affiliation_only
from letters.signatories.context import settle, weigh_by_list
from letters.signatories.joining import Entry, entries_of
from letters.signatories.parsing import parse_line
from letters.signatories.places import Place, read_place
from letters.signatories.remarks import NO_COUNTRY, UNDER_HEADING
from letters.signatories.result import Explanation, ParsedSignatory

_STARRED = re.compile(r"^\s*\*+\s*\S")


def parse_lines(text: str) -> list[ParsedSignatory]:
    """Return the signatories of a list as printed, in their order; never raises."""
    return list(explain(text).signatories)


def explain(text: str) -> Explanation:
    """Return the signatories and the lines left out, each with its reason.

    Every line of the text that is not blank is in exactly one signatory's `raw` or left out.
    """
    entries, left_out = entries_of(text)
    found = weigh_by_list([_read(entry) for entry in entries])
    if any(_STARRED.match(x.line) and says_affiliation_only(x.line) for x in left_out):
        found = [_starred(parsed) for parsed in found]
    return Explanation(tuple(found), tuple(left_out))


def _starred(parsed: ParsedSignatory) -> ParsedSignatory:
    """Read the star behind a name as the note below the list tells."""
    if parsed.kind == "organization" or not re.search(r"\*(?=\s*(?:[,;(]|$))", parsed.raw):
        return parsed
    return replace(parsed, capacity=parsed.capacity or "personal", affiliation_only=True)


def _read(entry: Entry) -> ParsedSignatory:
    line = _one_line(entry.lines)
    parsed = settle(parse_line(line, counted=entry.bare_number), entry.kind)
    parsed = _under_heading(replace(parsed, raw=entry.raw), entry.heading)
    return _in_capacity(parsed, entry)


def _in_capacity(parsed: ParsedSignatory, entry: Entry) -> ParsedSignatory:
    """Give a person the capacity that the heading above the line tells of."""
    if parsed.kind == "organization" or not (entry.personal or entry.affiliation_only):
        return parsed
    return replace(
        parsed,
        capacity=parsed.capacity or "personal",
        affiliation_only=parsed.affiliation_only or entry.affiliation_only,
    )


def _one_line(lines: list[str]) -> str:
    """Join printed lines with a space, or with a comma where each holds a field of its own."""
    stripped = [line.strip(" ") for line in lines]
    fields = len(lines) > 1 and all(len(s) < 55 and "," not in s for s in stripped[:-1])
    opened = any(
        re.search(r"(?:\b(?:and|of|for|the|de|et|y|и)|[&/(-])$", s, re.I) for s in stripped
    )
    begins = any(re.match(r"(?:and|of|for|the|de|et|y|&|\(|[a-z])", s) for s in stripped[1:])
    if fields and not opened and not begins:
        return ", ".join(stripped)
    joined = stripped[0]
    for line in stripped[1:]:
        # "activist" and "Lagos, Nigeria" below it: the end of the line stood for a comma.
        apart = not re.search(r"[,&/(-]$", joined) and read_place(line) and not _is_cut_name(joined)
        joined += (", " if apart else " ") + line
    return joined


def _is_cut_name(text: str) -> bool:
    """Say whether a line ends inside a name, so that the place below belongs to the name."""
    return bool(re.search(r"\b(?:of|in|for|de|du|del|the|la|and|et|y|и|в)$", text, re.IGNORECASE))


def _under_heading(parsed: ParsedSignatory, place: Place | None) -> ParsedSignatory:
    """Give a signatory without a place the country that heads its part of the list, in doubt."""
    if place is None or parsed.countries or parsed.place_as_stated:
        return parsed
    notes = tuple(n for n in parsed.notes if n != NO_COUNTRY)
    return replace(
        parsed,
        countries=place.countries,
        place_as_stated=place.stated,
        confidence=min(parsed.confidence, 0.68),
        notes=(*notes, UNDER_HEADING),
    )
