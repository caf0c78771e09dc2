"""What changed between two texts: part by part, paragraph by paragraph, word by word. No database.

A paragraph that changed in some words is shown once, with the words taken out and put in; one that
is another paragraph altogether is shown as taken out, and the other as put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from letters.text.canonical import LetterText
from letters.text.markup import begins_item

# A word with the space behind it; Chinese is compared sign by sign.
WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")
ALIKE = 0.4  # two paragraphs that share less are two paragraphs
# One paragraph a line in these; the others are paragraphs between empty lines.
LINED = ("addressee", "notes", "enclosures", "follows")


@dataclass(frozen=True)
class Run:
    """Words that stand in both texts ("same"), in the earlier one ("out"), in the later ("in")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of either text, in runs."""

    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Tell whether anything in it differs."""
        return any(run.kind != "same" for run in self.runs)


@dataclass(frozen=True)
class Difference:
    """What changed in one part of the text (`LetterText` names it)."""

    part: str
    paragraphs: tuple[Paragraph, ...]


def compare(before: LetterText, after: LetterText) -> list[Difference]:
    """Return the parts that differ, in printed order, each with all of its paragraphs."""
    found = []
    for field in fields(LetterText):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            lined = field.name in LINED
            found.append(
                Difference(field.name, tuple(_paragraphs(_cut(old, lined), _cut(new, lined))))
            )
    return found


def _cut(text: str, lined: bool) -> list[str]:
    """Return the paragraphs of a part; each item of a list is one."""
    if lined:
        return [line.strip() for line in text.splitlines() if line.strip()]
    found: list[str] = []
    for chunk in re.split(r"\n\s*\n", text):
        begun = False
        for line in chunk.splitlines():
            if begun and not begins_item(line):
                found[-1] += f"\n{line.strip()}"
            elif line.strip():
                found.append(line.strip())
                begun = True
    return found


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Paragraph((Run("same", text),)) for text in old[a:b])
        else:
            yield from _changed(old[a:b], new[c:d])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Pair each paragraph that changed with the first later one that resembles it."""
    at = 0
    for text in old:
        ahead = (i for i in range(at, len(new)) if _alike(text, new[i]))
        pair = next(ahead, None)
        if pair is None:
            yield Paragraph((Run("out", text),))
            continue
        yield from (Paragraph((Run("in", other),)) for other in new[at:pair])
        yield Paragraph(tuple(_runs(text, new[pair])))
        at = pair + 1
    yield from (Paragraph((Run("in", other),)) for other in new[at:])


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, WORD.findall(old), WORD.findall(new)).ratio() >= ALIKE


def _runs(old: str, new: str) -> Iterator[Run]:
    """Return the words of both, in order. Words with the same letters and another space are one."""
    before, after = WORD.findall(old), WORD.findall(new)
    was, now = [word.strip() for word in before], [word.strip() for word in after]
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(after[c:d]))
        else:
            if a < b:
                yield Run("out", "".join(before[a:b]))
            if c < d:
                yield Run("in", "".join(after[c:d]))
