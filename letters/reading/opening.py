"""What stands before the body: to whom, where, when, on what."""

import re
from dataclasses import dataclass, field

from letters.reading.dates import PrintedDate, find_date
from letters.reading.letterhead import is_frame, is_reference, take_title
from letters.reading.phrases import CLOSING, SALUTATION, SALUTATION_END, SUBJECT, TO
from letters.signatories.places import read_place

_LONG = 75
_SEARCHED = 80
_BEFORE_DATE = re.compile(
    r"[,،，\s]*(?:\b(?:le|a|el|on|dated?|date|fecha|дата|التاريخ|في|日期)\s*[:：]?\s*)?$",
    re.IGNORECASE,
)


@dataclass
class Opening:
    """The head of a letter; `end` is the number of the first line of the body.

    `sender` are the lines of a letterhead, `signers` those of signatories printed before the text.
    """

    end: int = 0
    addressee: list[str] = field(default_factory=list)
    place: str = ""
    date: PrintedDate | None = None
    subject: str = ""
    salutation: str = ""
    sender: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)


def read_opening(lines: list[str]) -> Opening:
    """Read the head of a letter. Without a salutation it ends before the first long line."""
    at = _salutation_line(lines)
    opening = Opening(end=at + 1 if at >= 0 else _first_long(lines))
    if at >= 0:
        opening.salutation = lines[at].strip()
    head = lines[:at] if at >= 0 else lines[: opening.end]
    head = _without_signers(head, opening)
    title = "" if any(map(SUBJECT.match, head)) else take_title(head)
    _read_head(head, opening)
    opening.subject = opening.subject or title
    if not opening.subject:
        _subject_after_salutation(lines, opening)
    return opening


def _first_long(lines: list[str]) -> int:
    for index, line in enumerate(lines[:_SEARCHED]):
        wide = len(line.strip()) > (30 if re.search(r"[\u3400-\u9fff]", line) else _LONG)
        if (
            wide
            and not is_frame(line)
            and not SUBJECT.match(line)
            and not _continues_subject(lines, index)
        ):
            return index
    return min(len(lines), _SEARCHED)


def _continues_subject(lines: list[str], index: int) -> bool:
    return index > 0 and bool(SUBJECT.match(lines[index - 1]))


def _salutation_line(lines: list[str]) -> int:
    """Return the number of the salutation's line, or -1: the last that looks like one."""
    limit = _first_long(lines) + 1
    found = [
        index
        for index, line in enumerate(lines[:limit])
        if SALUTATION.match(line) and len(line.strip()) <= 110 and not TO.match(line)
    ]
    ended = [index for index in found if SALUTATION_END.search(lines[index])]
    if ended:
        return ended[-1]
    return found[-1] if found and found[-1] > 0 else -1


def _without_signers(head: list[str], opening: Opening) -> list[str]:
    """Take signatories out of the head that stand there under a heading of their own."""
    for index, line in enumerate(head):
        if not (CLOSING.match(line) and re.search(r"[:：]\s*$", line)):
            continue
        end = index + 1
        while end < len(head) and not (SUBJECT.match(head[end]) or TO.match(head[end])):
            if not head[end].strip() and opening.signers:
                break
            opening.signers += [head[end]] if head[end].strip() else []
            end += 1
        if len(opening.signers) > 1:
            return head[:index] + head[end:]
        opening.signers = []
    return head


def _read_head(head: list[str], opening: Opening) -> None:
    in_subject = False
    for line in head:
        text = line.strip()
        if not text:
            in_subject = in_subject and not opening.subject
            continue
        if SUBJECT.match(line):
            opening.subject = SUBJECT.sub("", line).strip()
            in_subject = True
        elif in_subject:
            opening.subject = f"{opening.subject} {text}".strip()
        elif opening.date is None and _take_date(text, opening):
            if not any(map(TO.match, head)):
                opening.sender += opening.addressee
                opening.addressee = []
        elif is_frame(line):
            opening.sender.append(text)
        elif TO.match(line) and not opening.sender and opening.date is None:
            opening.sender += opening.addressee
            opening.addressee = [TO.sub("", text).strip()]
        else:
            opening.addressee.append(TO.sub("", text).strip())
    if opening.sender and not opening.addressee:
        # Nothing behind the date: what stands before it is no letterhead.
        framed = [line for line in opening.sender if is_frame(line)]
        opening.addressee = [line for line in opening.sender if not is_frame(line)]
        opening.sender = framed


def _take_date(text: str, opening: Opening) -> bool:
    """Take a line that is a date, alone or after the name of a place ("Geneva, 24 January …")."""
    found = find_date(text)
    if found is None or len(found.before) > 60 or found.after.strip(" .,،。"):
        return False
    before = re.sub(r"^(?:En|Fait à|Done at|À)\s+", "", _BEFORE_DATE.sub("", found.before)).strip()
    if before and not read_place(before) and len(before.split()) > 4:
        return False
    opening.date = found
    opening.place = "" if is_reference(before) else before
    return True


def date_at_end(lines: list[str], opening: Opening) -> list[str]:
    """Take the date out of the last lines of a body or the first of a list, where it stands there.

    Returns the lines without it; `opening` gets date and place.
    """
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for index in filled if opening.date is None else []:
        text = lines[index].strip()
        if len(text) <= 60 and _take_date(text, opening):
            return [*lines[:index], "", *lines[index + 1 :]]
    return lines


def _subject_after_salutation(lines: list[str], opening: Opening) -> None:
    """A subject may stand behind the salutation, before the body."""
    for index in range(opening.end, min(opening.end + 3, len(lines))):
        if SUBJECT.match(lines[index]):
            opening.subject = SUBJECT.sub("", lines[index]).strip()
            opening.end = index + 1
            return
