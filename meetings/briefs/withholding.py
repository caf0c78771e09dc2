"""Takes out of a brief whoever did not agree to stand in it by name.

Two steps: the list says a neutral line instead of the person, and every text loses the name, in
full or the part by which a person is called. A nickname or a misspelt name is not recognized:
the page on which officers write says so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from meetings.briefs.content import CHINESE, BriefContent, Participant, Words

SHORTEST = 3
"""Letters of a part of a name that is looked for alone: shorter ones are words of many texts."""

NOTHING = r"(?!)"

_TITLES = frozenset(
    {"abd", "abu", "ben", "bin", "bint", "bou", "della", "den", "der", "des", "dos", "frau"}
    | {"herr", "hon", "ibn", "imam", "judge", "lady", "las", "lord", "los", "madame", "miss"}
    | {"mlle", "mme", "mrs", "prof", "professor", "rev", "sheikh", "sir", "the", "van", "von"}
)
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def withheld(content: BriefContent) -> BriefContent:
    """Return `content` without the names of those who may not be named, in list and texts, or who
    left the list.

    Their functions go as well (a title and a place can name a person). References, dates and the
    Office's labels stay as they are. Of the Office's own side only the line in the list is
    neutral: its officers stand as owners and writers elsewhere.
    """
    hidden = [one for one in content.participants if not one.may_be_named]
    shown = [one.name.text for one in content.participants if one.may_be_named]
    names = [one.name.text for one in hidden if not one.of_office]
    names += [name for name in content.gone if name not in shown]
    if not hidden and not names:
        return content
    full = re.compile("|".join(_whole(names)) or NOTHING)
    kept = _parts([*shown, full.sub("", content.requester.text)])
    pattern = re.compile("|".join([*_whole(names), *_alone(names, kept)]) or NOTHING)
    listed = tuple(_listed(one, pattern) for one in content.participants)
    rest = dataclasses.replace(content, participants=())
    return dataclasses.replace(_without(rest, pattern), participants=listed)


def _listed(one: Participant, pattern: re.Pattern[str]) -> Participant:
    """Return the line of the list: who may be named keeps the name, whoever else bears it."""
    if not one.may_be_named:
        return _nameless(one)
    return dataclasses.replace(one, function=_without(one.function, pattern))


def _nameless(one: Participant) -> Participant:
    label = (
        _("Staff member of the Office")
        if one.of_office
        else _("Representative of a civil society organization")
    )
    return Participant(name=Words(label), may_be_named=False, of_office=one.of_office)


def _parts(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        for part in _PARTS.findall(name):
            found |= {part, *part.split("-")}
    return {part for part in found if len(part) >= SHORTEST and part.casefold() not in _TITLES}


def _whole(names: Iterable[str]) -> list[str]:
    """Return patterns for these names in full, however they are spaced or cased."""
    pieces = {tuple(name.split()) for name in names if name.strip()}
    found = {r"(?i:" + _bounded(r"\s+".join(map(re.escape, one)), one[0]) + ")" for one in pieces}
    return sorted(found, key=_longest_first)


def _alone(names: Iterable[str], kept: set[str]) -> list[str]:
    """Return patterns for the parts of these names as names are written: with a capital letter, or
    in capitals. Not those in `kept`: parts of the names of people and bodies that are named."""
    parts = {part for part in _parts(names) - kept if part[0].upper() == part[0]}
    parts |= {part.upper() for part in parts}
    return sorted({_bounded(re.escape(part), part) for part in parts}, key=_longest_first)


def _bounded(pattern: str, name: str) -> str:
    """Return what finds `pattern` as whole words: Chinese has none, and an Arabic word may carry
    one letter before it ("and", "to", "by")."""
    if Words(name).lang == CHINESE:
        return pattern
    return rf"(?:(?<!\w)|(?<=\b[وفبلك])){pattern}(?!\w)"


def _longest_first(pattern: str) -> tuple[int, str]:
    return -len(pattern), pattern


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    """Return `value` (a dataclass of the brief, or a tuple of them) with the names replaced."""
    if isinstance(value, Words):
        return Words(pattern.sub(_("[name withheld]"), value.text), value.language)
    if isinstance(value, tuple):
        return tuple(_without(one, pattern) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _without(getattr(value, field.name), pattern)
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    return value
