"""Where an ask stands: the numbered paragraphs of a body, and how people name them.

People write "Second, para 2", "Third, a)", "Closing", and add words of it: "Preamble, para 4 ('We
urge your office')". Words that are given decide; else the first word of a paragraph or heading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from letters.text.markup import Piece, parse_body

BEGINNING = frozenset({"preamble", "opening", "introduction"})
END = frozenset({"closing", "conclusion"})
HINT = re.compile(r"\(\s*['‘“\"«](?P<words>.+?)['’”\"»]\s*\)")
PARAGRAPH = re.compile(r"\bpara(?:graph|\.)?\s*(?P<number>\d{1,3})", re.IGNORECASE)
ITEM = re.compile(r"(?:^|\s)(?P<mark>[a-z]|\d{1,2})\)")
SENTENCE = re.compile(r"[^.!?。؟]*(?:[.!?。؟](?!\s|$)[^.!?。؟]*)*[.!?。؟]?\s*")
ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-"})


@dataclass(frozen=True)
class Passage:
    """A paragraph or an item of a list: its place ("12", "13.a") and its text without notes."""

    place: str
    text: str
    heading: str = ""  # under which it stands

    @property
    def is_item(self) -> bool:
        """Tell whether it is an item of a list."""
        return "." in self.place


@dataclass(frozen=True)
class Spot:
    """Where an ask stands: a place, and words of it; no words: the whole paragraph."""

    place: str
    quote: str = ""


def passages(body: str) -> list[Passage]:
    """Return the numbered paragraphs and items of a body, in reading order."""
    found, heading = [], ""
    for block in parse_body(body):
        if block.kind == "heading":
            heading = _text(block.pieces)
        found += [Passage(place, _text(pieces), heading) for place, pieces in block.places]
    return found


def passage(body: str, place: str) -> Passage | None:
    """Return what stands at `place`, or None."""
    return next((one for one in passages(body) if one.place == place), None)


def stands_in(quote: str, text: str) -> bool:
    """Tell whether the words stand in `text`, whatever form quotation marks and spaces have."""
    return _plain(quote) in _plain(text)


def find(section: str, body: str) -> Spot | None:
    """Return where `section` points to in `body`; None where that cannot be known."""
    found = passages(body)
    hint = HINT.search(section)
    if hint:
        return _by_words(hint["words"], found)
    head, _, tail = section.partition(",")
    start = _head(head.strip(), found)
    if start is None:
        return None
    numbered = PARAGRAPH.search(tail)
    if numbered:
        whole = [one for one in found[start:] if not one.is_item]
        at = int(numbered["number"]) - 1
        return Spot(whole[at].place) if 0 <= at < len(whole) else None
    item = ITEM.search(tail)
    if item:
        return _item(item["mark"], found[start:])
    return None if tail.strip() else Spot(found[start].place)


def _by_words(words: str, found: list[Passage]) -> Spot | None:
    """Return the paragraph with these words, and the sentence that holds them."""
    for one in found:
        if stands_in(words, one.text):
            sentences = [said for said in SENTENCE.findall(one.text) if stands_in(words, said)]
            return Spot(one.place, sentences[0].strip() if sentences else "")
    return None


def _head(word: str, found: list[Passage]) -> int | None:
    """Return the index of the paragraph that begins with `word`, or stands first under it."""
    wanted = _plain(word)
    if not wanted or not found:
        return None
    if wanted in BEGINNING:
        return 0
    if wanted in END:
        return len(found) - 1
    begins = re.compile(re.escape(wanted) + r"\b")
    for at, one in enumerate(found):
        if begins.match(_plain(one.text)) or begins.match(_plain(one.heading)):
            return at
    return None


def _item(mark: str, found: list[Passage]) -> Spot | None:
    """Return the item with this mark: of a list, or of a list inside a sentence."""
    until = r"(?=[,;]?\s(?:and\s)?\w{1,2}\)\s|$)"
    written = re.compile(rf"(?:^|\s){re.escape(mark)}\)\s+(?P<words>.+?){until}")
    for one in found:
        if one.is_item and one.place.endswith(f".{mark}"):
            return Spot(one.place)
        inside = written.search(one.text)
        if inside:
            return Spot(one.place, inside["words"].strip().rstrip(",;"))
    return None


def _text(pieces: tuple[Piece, ...]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split())


def _plain(text: str) -> str:
    """Return text as it is compared: one form of quotation marks and spaces, small letters."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(ALIKE).casefold().split())
