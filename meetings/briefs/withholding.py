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

from meetings.briefs.content import BriefContent, Participant, Words

SHORTEST = 3
"""Letters of a part of a name that is looked for alone: shorter ones are words of many texts."""

_TITLES = frozenset(
    {"abd", "abu", "ben", "bin", "bint", "bou", "della", "den", "der", "des", "dos", "frau"}
    | {"herr", "hon", "ibn", "imam", "judge", "lady", "las", "lord", "los", "madame", "miss"}
    | {"mlle", "mme", "mrs", "prof", "professor", "rev", "sheikh", "sir", "the", "van", "von"}
)
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def withheld(content: BriefContent) -> BriefContent:
    """Return `content` without the names of those who may not be named, in list and texts.

    Their functions go as well (a title and a place can name a person). References, dates and the
    Office's labels stay as they are.
    """
    hidden = [one for one in content.participants if not one.may_be_named]
    if not hidden:
        return content
    shown = [one.name.text for one in content.participants if one.may_be_named]
    pattern = _names(
        [one.name.text for one in hidden], kept=_parts([*shown, content.requester.text])
    )
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
    found = (part for name in names for part in _PARTS.findall(name))
    return {part for part in found if len(part) >= SHORTEST and part.casefold() not in _TITLES}


def _names(names: Iterable[str], *, kept: set[str]) -> re.Pattern[str]:
    """Return what finds these names: in full however they are spaced or cased, or one of their
    parts with its capital letter. Parts in `kept` (of people and bodies that are named) are not
    looked for alone."""
    full, alone = set(), set()
    for name in names:
        pieces = name.split()
        if pieces:
            full.add(r"(?i:" + r"\s+".join(map(re.escape, pieces)) + ")")
        alone |= {
            part
            for part in _parts([name]) - kept
            if part[:1] != part[:1].lower() or _caseless(part)
        }
    words = [
        rf"(?<!\w){re.escape(part)}(?!\w)" for part in sorted(alone, key=lambda p: (-len(p), p))
    ]
    patterns = [*sorted(full, key=lambda p: (-len(p), p)), *words]
    return re.compile("|".join(patterns) or r"(?!)")


def _caseless(part: str) -> bool:
    return part.lower() == part.upper()


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
