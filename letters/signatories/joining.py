"""Lines to entries: what a page's edge broke in two is joined, what signs nothing left out."""

import re
from dataclasses import dataclass

from letters.signatories.bodies import body_evidence, has_head
from letters.signatories.capacity import says_affiliation_only, says_personal
from letters.signatories.columns import side_by_side
from letters.signatories.context import kind_of_heading
from letters.signatories.leaving import HEADING, PLACE_ALONE, reason_to_leave
from letters.signatories.names import person_evidence
from letters.signatories.places import Place, read_place
from letters.signatories.result import Kind, LeftOut
from letters.signatories.roles import is_role
from letters.signatories.segments import cut
from letters.signatories.text import fold, has_bare_number, plain, unnumbered

_OPEN_END = re.compile(
    r"(?:,|&|/|-|–|\b(?:and|of|for|the|in|on|to|at|with|against|et|de|du|des|la|le|pour|d['’]|l['’]|en|y|los|las|del|para|por|"
    r"и|по|для|за|в|против|من|في|على|و))\s*$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\s*(?:\(|&|and\b|of\b|for\b|the\b(?!\s+[A-Z])|et\b|de\b|du\b|des\b|pour\b|y\b|para\b|del\b|и\b|по\b|для\b|[a-zà-ÿ]{2,}\s)"
)
_WRAPPED_WIDTH = 55


@dataclass
class Entry:
    """Printed lines that belong to one signatory; `heading` is a country printed above them.

    `kind` is what the last heading above them announced ("Organizations:"); `personal` and
    `affiliation_only`, that it told of people who sign for themselves. `bare_number` says whether a
    number before words, with nothing but a space behind it, counts the lines; None: not known.
    """

    lines: list[str]
    heading: Place | None = None
    kind: Kind | None = None
    personal: bool = False
    affiliation_only: bool = False
    bare_number: bool | None = None

    @property
    def raw(self) -> str:
        """Return the lines as printed."""
        return "\n".join(self.lines)


def entries_of(text: str) -> tuple[list[Entry], list[LeftOut]]:
    """Return the entries of a list in their order, and the lines that are none.

    Every line that is not blank is in exactly one of the two.
    """
    lines = re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)
    lines = side_by_side(lines, _is_whole_entry)
    if _is_in_blocks(lines):
        return _blocks(lines)
    width = max((len(line.strip()) for line in lines), default=0)
    numbered = _share_numbered(lines) > 0.6
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    heading: Place | None = None
    kind: Kind | None = None
    capacity = (False, False)
    filled = [line for line in lines if line.strip()]
    counted = sum(map(has_bare_number, filled)) > 0.6 * len(filled) if len(filled) > 2 else None
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        previous = entries[-1] if entries else None
        near = index == 0 or bool(lines[index - 1].strip())
        if previous and near and _belongs(previous, line, width, numbered):
            previous.lines.append(line)
            continue
        reason = reason_to_leave(line)
        if not reason and not _is_numbered(line) and read_place(line):
            if previous and near and not _has_place(previous.raw):
                previous.lines.append(line)
                continue
            reason = PLACE_ALONE
        if reason:
            left_out.append(LeftOut(line, reason))
            heading = _as_heading(line, heading, reason)
            if reason == HEADING:
                kind = kind_of_heading(line)
                capacity = (says_personal(line), says_affiliation_only(line))
        else:
            entries.append(Entry([line], heading, kind, *capacity, counted))
    return entries, left_out


def _is_whole_entry(text: str) -> bool:
    """Say whether a piece of a line has a name and a place, so that it needs no other piece."""
    return _has_place(text) and read_place(text) is None


def _as_heading(line: str, current: Place | None, reason: str) -> Place | None:
    """Return the country that heads the lines below: a place by itself sets it, a heading ends it."""
    if reason == PLACE_ALONE:
        place = read_place(plain(line).rstrip(":"))
        return place if place and place.rank in ("country", "contested") else None
    return None if reason == HEADING else current


def _is_numbered(line: str) -> bool:
    return unnumbered(plain(line)) != plain(line)


def _share_numbered(lines: list[str]) -> float:
    filled = [line for line in lines if line.strip()]
    return sum(map(_is_numbered, filled)) / len(filled) if len(filled) > 2 else 0.0


def _has_place(text: str) -> bool:
    last = cut(plain(text.replace("\n", " ")).rstrip(".;, "), ",|\t;")[-1]
    last = re.split(r"\s[-–—]\s", last)[-1]
    inside = re.search(r"\(([^()]+)\)\s*$", last)
    return bool(read_place(last) or (inside and read_place(inside[1])))


def _belongs(previous: Entry, line: str, width: int, numbered: bool) -> bool:
    """Say whether a line goes on with the entry before it."""
    before, this = previous.lines[-1].rstrip(), line.strip()
    if _is_numbered(line) or (reason_to_leave(line) and not _OPEN_END.search(before)):
        return False
    if before.endswith(";"):
        return False
    if _OPEN_END.search(before) or before.count("(") > before.count(")"):
        return True
    if numbered:
        return (
            bool(re.match(r"\s{2,}", line))
            or _wrapped(before, this, width)
            or _fragment(this, previous)
        )
    if _CONTINUES.match(line) and not _has_place(previous.raw):
        return True
    return _wrapped(before, this, width) and not _complete(previous.raw, this)


def _fragment(this: str, previous: Entry) -> bool:
    """Say whether a line is a piece of the entry before it, or the place that it lacks."""
    placed = read_place(this) is not None and not _has_place(previous.raw)
    return bool(_CONTINUES.match(this)) or placed


def _wrapped(before: str, this: str, width: int) -> bool:
    """Say whether the next word did not fit: only then did the page's edge break the line."""
    first = this.split(maxsplit=1)[0] if this else ""
    return len(before) >= _WRAPPED_WIDTH and len(before.strip()) + 1 + len(first) > width - 8


def _complete(raw: str, following: str) -> bool:
    """Say whether an entry that reached the edge is nevertheless at its end."""
    if _has_place(raw) and re.search(r"[,|–—(-]", raw):
        last = read_place(cut(plain(raw.replace("\n", " ")).rstrip(".;, "), ",")[-1])
        return last is None or last.rank in ("country", "contested") or not _has_place(following)
    return not _has_place(following) and bool(has_head(following))


def _is_in_blocks(lines: list[str]) -> bool:
    """Say whether blank lines part signatories of several short lines each (name, post, body)."""
    blocks = _split_blocks(lines)
    several = [b for b in blocks if 2 <= len(b) <= 6]
    if len(blocks) < 2 or len(several) < 2 or len(several) * 10 < len(blocks) * 7:
        return False
    with_commas = sum("," in b[0] or any(map(_is_numbered, b)) for b in several)
    return with_commas * 3 < len(several) and sum(map(_is_block, several)) * 2 > len(several)


def _is_block(block: list[str]) -> bool:
    """A block's later lines are posts, places or bodies; its first a person or a body."""
    later = block[1:]
    helpful = sum(bool(read_place(line) or is_role(line)) for line in later)
    person = person_evidence(re.sub(r"^\W+", "", block[0].strip())) >= 0.4
    return helpful > 0 and (person or body_evidence(block[0]) > 0.3 or helpful > 1)


def _split_blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            if fold(line).strip() and not reason_to_leave(line):
                blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _blocks(lines: list[str]) -> tuple[list[Entry], list[LeftOut]]:
    left_out = [LeftOut(x, reason) for x in lines if x.strip() and (reason := reason_to_leave(x))]
    return [Entry(block) for block in _split_blocks(lines)], left_out
