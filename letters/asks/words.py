"""Free words of a list of asks, laid on the lists of words that the Office keeps.

A rule takes only what says the same thing: "UN agencies" are the United Nations system, but "human
rights organizations" are not the topic "human rights compliance". What no rule takes is given
back, to be kept in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Other ways of saying what a word of the seeded lists says; keys as in those lists.
ADDRESSEES: Mapping[str, tuple[str, ...]] = {
    "office": (
        "oct", "unoct", "usg", "the usg", "under-secretary-general", "office", "new office",
        "office of counter-terrorism", "un office of counter-terrorism",
    ),
    "centre": ("uncct", "un counter-terrorism centre", "centre"),
    "un-system": (
        "un", "the un", "united nations", "un system", "united nations system", "un agencies",
        "un entities", "united nations agencies",
    ),
    "member-states": ("member states", "all member states", "states", "governments"),
    "general-assembly": ("general assembly",),
    "co-facilitators": ("co-facilitators",),
}  # fmt: skip
TOPICS: Mapping[str, tuple[str, ...]] = {
    "whole-of-society": ("whole of society",),
    "civic-space": ("enabling environment",),
    "human-rights": (
        "human rights", "human-rights compliance", "international human rights law",
        "human rights violations", "fundamental freedoms", "rule of law",
    ),
    "drivers": ("drivers", "state violence", "conditions conducive"),
    "policing": ("police", "security sector"),
    "action-plans": ("action plans",),
    "women": ("women-led",),
    "youth": ("youth-led",),
    "rehabilitation": ("reintegration",),
    "legislation": ("definitions", "laws"),
    "financing": ("counter-terrorist financing", "non-profit organizations"),
    "technology": ("freedom of expression", "privacy"),
    "funding": ("grants",),
    "coordination": ("un coordination", "un oversight"),
    "country-visits": ("visits",),
}  # fmt: skip
FIELD = re.compile(r"^(?:(?:pve|cve|ct)\s+)+")  # "PVE national action plans": the field is ours
NOT_NAMED = re.compile(r"^not named\b[^:]*:\s*", re.IGNORECASE)
CUT = re.compile(r",|;|\b(?:with|for|through|towards)\b", re.IGNORECASE)
PARTS = re.compile(r"/|\band\b", re.IGNORECASE)
PILLARS = {"i", "ii", "iii", "iv"}


@dataclass(frozen=True)
class Mapped:
    """The keys that were found, in order, and what was said beyond them ("": nothing)."""

    keys: tuple[str, ...]
    rest: str = ""


class Words:
    """The words of one list: its own labels, and other ways of saying the same.

    `labels`: key to label, as the list stands today; `others`: key to further phrases. `by_key`:
    the key itself is a word that people write (not so where it is short for something longer).
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        others: Mapping[str, tuple[str, ...]] | None = None,
        *,
        by_key: bool = False,
    ) -> None:
        self.known: dict[str, str] = {}
        for key, phrases in (others or {}).items():
            if key in labels:
                self.known |= {_plain(phrase): key for phrase in phrases}
        for key, label in labels.items():
            self.known[_plain(label)] = key
            if by_key:
                self.known[_plain(key)] = key

    def one(self, phrase: str) -> str:
        """Return the key that `phrase` as a whole says, or ""."""
        return self.known.get(_plain(phrase), "")

    def several(self, stated: str) -> Mapped:
        """Return what a list with semicolons says."""
        keys: list[str] = []
        rest: list[str] = []
        for phrase in filter(None, (part.strip() for part in stated.split(";"))):
            key = self.one(phrase)
            (keys if key else rest).append(key or phrase)
        return Mapped(tuple(dict.fromkeys(keys)), "; ".join(rest))

    def first(self, stated: str) -> Mapped:
        """Return the first of those who are named; where more is said than its word, all of it.

        "Office (towards Member States)": the Office is asked, and the rest is how.
        """
        plain = NOT_NAMED.sub("", re.sub(r"\([^)]*\)", " ", stated))
        named = CUT.split(plain)[0]
        for part in PARTS.split(named):
            words = part.split()
            # Who holds the post is no addressee: of "USG Somebody", the first words count.
            for end in range(len(words), 0, -1):
                key = self.one(" ".join(words[:end]))
                if key:
                    said = _plain(part) == _plain(stated)
                    return Mapped((key,), "" if said else stated)
        return Mapped((), stated)


def pillars_of(stated: str) -> Mapped:
    """Return the keys of pillars that Roman numerals name: "I; IV"."""
    parts = [part.strip() for part in re.split(r"[;,]", stated) if part.strip()]
    keys = [part.casefold() for part in parts if part.casefold() in PILLARS]
    return Mapped(tuple(keys), "; ".join(p for p in parts if p.casefold() not in PILLARS))


def kept_words(said: Iterable[tuple[str, str]]) -> str:
    """Return the lines that keep what no list could take: (name, words) to "Name as stated: …"."""
    return "\n".join(f"{name}: {words}" for name, words in said if words)


def _plain(phrase: str) -> str:
    spaced = re.sub(r"[\s_-]+", " ", phrase.replace("‑", "-")).strip(" .").casefold()
    return FIELD.sub("", spaced).replace("organisation", "organization")
