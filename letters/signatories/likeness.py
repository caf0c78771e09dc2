"""Which lines of a list may mean the same signatory. Suggestions only: a person joins them.

An organization and a person of it are never the same: both may sign. Two lines are compared when
they begin alike or share an acronym, so that a list of thousands is looked at once, not squared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

LIKE = 0.88  # of the letters in common, below which two names are not said to be the same
MOST_ALIKE = 40  # lines that begin alike; more of them say nothing ("Association …")
_SMALL = re.compile(r"\b(?:the|of|for|and|la|le|les|el|los|de|del|des|du|et|y|и|ال)\b")


@dataclass(frozen=True)
class Pair:
    """Two lines that may be the same: `later` would be joined with `earlier`."""

    earlier: Any
    later: Any


def key_of(text: str) -> str:
    """Return what a name is compared by: its letters without accents, articles and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(_SMALL.sub(" ", kept).split())


def pairs(lines: Sequence[Any]) -> list[Pair]:
    """Return the pairs among `lines` that may be the same, in their order; each line is the later
    one of at most one pair. A line has `kind`, `person`, `organization_name`, `acronym`,
    `countries`."""
    order = {id(line): at for at, line in enumerate(lines)}
    near: dict[Hashable, list[Any]] = defaultdict(list)
    for line in lines:
        for block in _blocks(line):
            near[block].append(line)
    found: dict[int, Pair] = {}
    for block in near.values():
        if len(block) > MOST_ALIKE:
            continue
        for at, later in enumerate(block):
            for earlier in block[:at]:
                if id(later) not in found and id(earlier) != id(later) and _same(earlier, later):
                    found[id(later)] = Pair(earlier, later)
    return sorted(found.values(), key=lambda pair: order[id(pair.later)])


def _blocks(line: Any) -> Iterator[Hashable]:
    name = key_of(_name(line))
    if name:
        yield (line.kind, name[:6])
        yield (line.kind, "".join(sorted(name.split())))
    if line.kind == "organization" and line.acronym:
        yield (line.kind, "acronym", line.acronym.casefold())


def _name(line: Any) -> str:
    return str(line.organization_name if line.kind == "organization" else line.person)


def _same(one: Any, other: Any) -> bool:
    if one.kind != other.kind or _apart(one.countries, other.countries):
        return False
    first, second = key_of(_name(one)), key_of(_name(other))
    if first == second or sorted(first.split()) == sorted(second.split()):
        return True
    if one.kind == "organization" and one.acronym and one.acronym == other.acronym:
        return True
    return SequenceMatcher(None, first, second).ratio() >= LIKE


def _apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether both name countries, and none in common."""
    first, second = set(one), set(other)
    return bool(first and second) and not first & second
