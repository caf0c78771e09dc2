"""Notes: where the text calls them, and where their texts stand."""

import re
from collections import Counter

from letters.signatories.text import fold

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CALL = re.compile(
    r"(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
    r"|\[(?P<square>\d{1,2})\](?!\()"
    r"|(?<=[^\W\d_])(?<!\d)(?P<word>\d{1,2})(?=[\s,.;:)\]”\"’»،，。]|$)"
    r"|(?<=[.,;:!?”\"’»)\]。，”])(?P<mark>\d{1,2})(?=[\s,.;:)]|$)"
)
_NOTE_LINE = re.compile(
    r"^\s*(?:\[(?P<a>\d{1,2})\]|(?P<b>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|(?P<c>\d{1,2})(?P<stop>[.)]?))\s+(?P<text>\S.*)$"
)
_FURTHEST = 3
# One shared word that occurs at most four times in the body is enough for a suggestion.
_RARE = 0.25


def mark_calls(text: str) -> tuple[str, list[int]]:
    """Replace the calls of notes by `[^n]` and return the numbers in their order.

    Numbers glued to words are calls only when they go on counting: 1, 2, 3 … So "1325",
    "G7", "2018" and "COVID19" stay, and "4Peace" is none because letters follow the digit.
    """
    numbers: list[int] = []

    def replace(match: re.Match[str]) -> str:
        number = int((match["super"] or "0").translate(_SUPERSCRIPTS)) or int(
            match["square"] or match["word"] or match["mark"] or 0
        )
        if not _is_call(match, number, numbers, text):
            return match[0]
        numbers.append(number)
        return f"[^{number}]"

    return _CALL.sub(replace, text), numbers


def _is_call(match: re.Match[str], number: int, seen: list[int], text: str) -> bool:
    expected = max(seen, default=0) + 1
    plain = match["super"] or match["square"]
    if plain:
        return 0 < number <= expected + 30
    before = text[: match.start()]
    if match["mark"] and re.search(r"\d[.,:]$", before):
        return False
    if match["word"]:
        word = re.search(r"[\w'’\-–/]*$", before)
        letters = word[0] if word else ""
        if any(c.isdigit() for c in letters) or len(letters) < 2:
            return False
        if letters.isupper() and len(re.findall(rf"\b{re.escape(letters)}\b", text)) < 1:
            return False
    nearest = number == expected
    return nearest or (bool(seen) and expected < number <= expected + _FURTHEST - 1)


def numbered_note(line: str) -> tuple[int, str, bool] | None:
    """Return number, text and whether a full stop follows the number, for a line like a note's."""
    match = _NOTE_LINE.match(line)
    if not match:
        return None
    digits = match["a"] or (match["b"] or "").translate(_SUPERSCRIPTS) or match["c"]
    return int(digits), match["text"].strip(), bool(match["stop"])


def take_note_lines(
    lines: list[str], called: set[int], *, listed: bool
) -> tuple[list[str], dict[int, str]]:
    """Take the texts of called notes out of lines; return the lines that remain, and the texts.

    `listed`: the lines stand under a heading such as "Notes", so that "1. …" is a note too;
    elsewhere a full stop after the number means a list's item.
    """
    kept: list[str] = []
    notes: dict[int, str] = {}
    current = 0
    for line in lines:
        found = numbered_note(line)
        if found and found[0] in called - notes.keys() and (listed or _stands_alone(found)):
            current = found[0]
            notes[current] = found[1]
            kept.append("")
        elif current and line.strip() and (listed or _goes_on(notes[current])):
            notes[current] += " " + line.strip()
        else:
            current = 0
            kept.append(line)
    return kept, notes


def _stands_alone(found: tuple[int, str, bool]) -> bool:
    """Tell whether a numbered line is a note by itself: no full stop, and it begins a sentence."""
    begins = re.match(r"[\"“«‘A-ZÀ-ÞА-Я\u0600-\u06ff\u3400-\u9fffh]", found[1])
    return not found[2] and begins is not None


def _goes_on(text: str) -> bool:
    return not re.search(r"[.!?]$|https?://\S+$", text)


def suggest_number(stray: str, body: str, open_numbers: list[int]) -> int:
    """Return which open note a stray text belongs to, by the rare words that it shares, or 0."""
    theirs = _words(stray)
    counts = Counter(re.findall(r"\w+", fold(body)))
    scored = []
    for number in open_numbers:
        at = body.find(f"[^{number}]")
        near = _words(body[max(0, at - 60) : at + 140]) if at >= 0 else set()
        scored.append((sum(1 / (counts[word] or 1) for word in theirs & near), number))
    scored.sort(reverse=True)
    clear = scored and scored[0][0] >= _RARE and (len(scored) == 1 or scored[0][0] > scored[1][0])
    return scored[0][1] if clear else 0


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) > 2}
