"""Texts of notes that the extraction cut into the middle of something else."""

import re

from letters.signatories.leaving import PAGE_NUMBER, reason_to_leave

_OPENERS = '“"«‘„'


def without_page_numbers(lines: list[str]) -> list[str]:
    """Blank the lines that are page numbers."""
    return ["" if line.strip() and reason_to_leave(line) == PAGE_NUMBER else line for line in lines]


def take_strays(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take out lines that interrupt a sentence; return what remains, and them.

    Such a line stands between one that does not end a sentence and one that goes on with it in
    small letters, and it begins as a source does: with a quotation mark, "See", an address.
    """
    kept: list[str] = []
    strays: list[str] = []
    for index, line in enumerate(lines):
        if line.strip() and _interrupts(lines, index):
            strays.append(line.strip())
        else:
            kept.append(line)
    return kept, strays


def _interrupts(lines: list[str], index: int) -> bool:
    text = lines[index].strip()
    before = next((x.strip() for x in reversed(lines[:index]) if x.strip()), "")
    after = next((x for x in lines[index + 1 :] if x.strip()), "")
    if not before or not after or re.search(r"[.!?:;,…”\"]\d{0,2}$", before):
        return False
    if not after.strip()[:1].islower():
        return False
    source = re.match(r"(?:see\b|cf\.|ibid|https?://|www\.|available at)", text, re.IGNORECASE)
    quoted = (text[:1] in _OPENERS and text[1:2].isupper()) or re.match(r"[“\"«‘]\d+ [A-Z]", text)
    if source:
        return not text[:1].islower() or bool(re.match(r"https?://|www\.", text))
    # A quotation alone may belong to the sentence; an indent tells that it was set apart.
    return bool(quoted) and lines[index][:1] in " \t" and after[:1] in " \t"
