"""How a brief stays two pages: first smaller type, then shorter texts, last the ends of lists.

Each step of LADDER is a whole brief; the renderer takes the first that fits (`Sheet.shorter`).
Whatever is left out is counted, and the paper says so.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass
from typing import Any

from meetings.briefs.content import (
    BriefContent,
    Commitment,
    Participant,
    Past,
    Position,
    Talk,
    Words,
)

NO_LIMIT = 1_000_000
LISTS = (
    "participants",
    "recommendations",
    "past",
    "commitments",
    "key_messages",
    "if_raised",
    "sensitivities",
    "annexes",
)


@dataclass(frozen=True)
class Limits:
    """One step. Lengths are in letters of usual width; lists in lines."""

    tight: bool = True
    participants: int = NO_LIMIT
    recommendations: int = NO_LIMIT
    items: int = NO_LIMIT  # of every other list
    past: int = 5  # the latest letters and meetings
    text: int = NO_LIMIT  # purposes, who they are
    item: int = NO_LIMIT  # a line of a list
    ask: int = NO_LIMIT
    name: int = NO_LIMIT  # names and functions
    head: int = NO_LIMIT  # what stands in the head


LADDER = (
    Limits(tight=False),
    Limits(),
    Limits(text=700, item=300, ask=160, name=120, head=160),
    Limits(True, 16, 18, items=6, text=500, item=220, ask=120, name=90, head=120),
    Limits(True, 12, 14, items=5, text=320, item=150, ask=90, name=64, head=100),
    Limits(True, 10, 12, items=4, text=220, item=110, ask=70, name=48, head=90),
    Limits(True, 10, 12, items=2, text=130, item=60, ask=46, name=40, head=72),
    Limits(True, 8, 10, items=2, text=110, item=50, ask=40, name=34, head=60),
)

TWO_PAGES = 14_000
"""More letters of usual width than two pages hold: 126 lines of 110 in the smaller type. A form
above that is not even laid out."""


@dataclass(frozen=True)
class Shortened:
    """A brief cut to a step: how many lines each list lost, and whether a text was cut."""

    content: BriefContent
    limits: Limits
    left_out: dict[str, int]
    cut: bool


def shortened(content: BriefContent, limits: Limits) -> Shortened:
    """Return `content` cut to `limits`."""
    longest = {"participants": limits.participants, "recommendations": limits.recommendations}
    longest["past"] = min(limits.past, limits.items)
    kept: dict[str, Any] = {}
    left_out: dict[str, int] = {}
    for name in LISTS:
        lines = getattr(content, name)
        most = longest.get(name, limits.items)
        left_out[name] = max(0, len(lines) - most)
        kept[name] = tuple(_line(line, limits) for line in lines[:most])
    texts: dict[str, Any] = {
        name: clipped(getattr(content, name), limits.text) for name in ("theirs", "ours", "about")
    }
    heads = ("to", "through", "sender", "requester", "place", "subject")
    texts |= {name: clipped(getattr(content, name), limits.head) for name in heads}
    made = dataclasses.replace(content, **kept, **texts)
    whole = dataclasses.replace(
        content, **{name: getattr(content, name)[: len(kept[name])] for name in LISTS}
    )
    return Shortened(made, limits, left_out, cut=made != whole)


def _line(line: Any, limits: Limits) -> Any:
    match line:
        case Participant():
            return dataclasses.replace(
                line,
                name=clipped(line.name, limits.name),
                function=clipped(line.function, limits.name),
            )
        case Position():
            return dataclasses.replace(
                line, ask=clipped(line.ask, limits.ask), owner=clip(line.owner, limits.name // 2)
            )
        case Past():
            return dataclasses.replace(line, what=clipped(line.what, limits.item))
        case Commitment():
            return dataclasses.replace(line, text=clipped(line.text, limits.item))
        case Talk():
            about = clipped(line.about, limits.name)
            return Talk(about, clipped(line.say, limits.item))
    return clipped(line, limits.item)


def clipped(words: Words, limit: int) -> Words:
    """Return `words` of at most `limit` letters of usual width; as they are where they fit."""
    text = words.one_line
    short = clip(text, limit)
    return words if short == text else Words(short, words.language)


def clip(text: str, limit: int) -> str:
    """Return `text` cut to `limit` letters of usual width, at a space where one is near, with …"""
    end = _where(text, limit)
    if end == len(text):
        return text
    while end and unicodedata.combining(text[end]):
        end -= 1  # never between a letter and its mark
    start = text[:end]
    space = start.rfind(" ")
    if space > end * 2 // 3:
        start = start[:space]
    return start.rstrip(" ,;:.–-(") + "…"


def _where(text: str, limit: int) -> int:
    used = 0.0
    for end, char in enumerate(text):
        used += width(char)
        if used > limit:
            return end
    return len(text)


def weight(value: Any) -> float:
    """Return how much room the texts of a brief take, in letters of usual width."""
    if isinstance(value, Words):
        return sum(map(width, value.text))
    if isinstance(value, tuple):
        return sum(map(weight, value))
    if dataclasses.is_dataclass(value):
        return sum(weight(getattr(value, field.name)) for field in dataclasses.fields(value))
    return 0.0


def width(char: str) -> float:
    """Return how wide a letter is, counted in usual ones (a lower-case Latin letter is 1)."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2.0
    if unicodedata.combining(char):
        return 0.0
    return 1.4 if char.isupper() or char in "mw@%—" else 1.0
