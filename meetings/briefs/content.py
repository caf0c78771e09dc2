"""What a meeting brief says, part by part, in the order in which it is asked for.

Order of the parts: the Office's custom for meeting briefs (classification, reference, date; to,
from, through; subject; when and where; participants; purpose; background; recommendations and
positions; key messages; if raised; sensitivities; annexes).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

ARABIC = "ar"
CHINESE = "zh"


@dataclass(frozen=True)
class Words:
    """Text that people wrote. `language`: a two-letter code, "" where nobody said which."""

    text: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def one_line(self) -> str:
        """Return the text as one paragraph: a brief keeps no line breaks of other people."""
        return " ".join(self.text.split())

    @property
    def lang(self) -> str:
        """Return the language to mark it with: the one stated, else what its letters tell."""
        return self.language or _language_of_letters(self.text)

    @property
    def direction(self) -> str:
        """Return "rtl" or "ltr", by the first letter that has a direction."""
        for char in self.text:
            kind = unicodedata.bidirectional(char)
            if kind in ("R", "AL"):
                return "rtl"
            if kind == "L":
                return "ltr"
        return "rtl" if self.language == ARABIC else "ltr"


def _language_of_letters(text: str) -> str:
    for char in text:
        name = unicodedata.name(char, "")
        if name.startswith("ARABIC"):
            return ARABIC
        if name.startswith("CJK"):
            return CHINESE
    return ""


@dataclass(frozen=True)
class When:
    """A span of time: aware moments, the IANA zone of the place, and the zone of the house."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    second_zone: str = "UTC"


@dataclass(frozen=True)
class Participant:
    """Who comes. `may_be_named`: the person agreed to stand in the brief by name."""

    name: Words
    function: Words = Words()
    may_be_named: bool = False
    of_office: bool = False


@dataclass(frozen=True)
class Past:
    """A letter or a meeting of before: its day, its reference, and what it was."""

    day: date
    reference: str
    what: Words


@dataclass(frozen=True)
class Commitment:
    """What the Office promised and has not done yet; `overdue` on the day of the brief."""

    text: Words
    due: date
    overdue: bool = False


@dataclass(frozen=True)
class Position:
    """One recommendation of theirs and where the Office stands; the labels as printed."""

    reference: str
    ask: Words
    position: str
    progress: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Talk:
    """What to say if something is raised: `about` may be empty."""

    about: Words
    say: Words


@dataclass(frozen=True)
class BriefContent:
    """One brief. `language`: its own, one of the six official languages; texts carry theirs."""

    language: str
    classification: str
    reference: str
    drawn_up: datetime
    subject: Words
    to: Words = Words()
    through: Words = Words()
    sender: Words = Words()
    requester: Words = Words()
    when: When | None = None
    place: Words = Words()
    form: str = ""
    languages: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    theirs: Words = Words()
    ours: Words = Words()
    about: Words = Words()
    past: tuple[Past, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    recommendations: tuple[Position, ...] = ()
    key_messages: tuple[Words, ...] = ()
    if_raised: tuple[Talk, ...] = ()
    sensitivities: tuple[Words, ...] = ()
    annexes: tuple[Words, ...] = ()
    gone: tuple[str, ...] = ()  # names of who left the list: they stand in no text
