"""Where the body ends: the words that close a letter."""

import re
from dataclasses import dataclass

from letters.reading.phrases import CLOSING, LONG_CLOSING

_AT_MOST = 6


@dataclass(frozen=True)
class Closing:
    """The closing words, the first line that they take, and the first line after them."""

    words: str
    start: int
    end: int


def find_closing(lines: list[str], start: int) -> Closing | None:
    """Return the first closing at or after line `start`, or None.

    Closings that follow each other ("此致" and "敬礼", "Sincerely," and "Signatories:") are one.
    """
    for index in range(start, len(lines)):
        if CLOSING.match(lines[index]):
            return _gather([lines[index].strip()], index, index + 1, lines)
        if LONG_CLOSING.match(lines[index]) and (taken := _long(lines, index)):
            return _gather([" ".join(taken)], index, index + len(taken), lines)
    return None


def _long(lines: list[str], index: int) -> list[str]:
    """Return the lines of a closing sentence; none when it has no end within a few lines."""
    taken = []
    for line in lines[index : index + _AT_MOST]:
        if not line.strip():
            break
        taken.append(line.strip())
        if re.search(r"[.,:،。：]\s*$", line):
            return taken
    return taken if len(taken) == 1 else []


def _gather(words: list[str], start: int, end: int, lines: list[str]) -> Closing:
    following = end
    while following < len(lines) and following - end <= 2:
        if CLOSING.match(lines[following]):
            words.append(lines[following].strip())
            end = following + 1
        elif lines[following].strip():
            break
        following += 1
    return Closing(" ".join(words), start, end)


def guess_list_start(lines: list[str], start: int) -> int:
    """Return where the signatories begin when no closing is printed: after the last sentence."""
    last = start
    for index in range(start, len(lines)):
        text = lines[index].strip()
        if (
            re.search(r"[.!?。؟]['”\"»]?\d{0,2}$", text)
            and (len(text) > 60 or len(text.split()) > 9)
        ) or (len(text) > 30 and text.endswith("。")):
            last = index + 1
    return last
