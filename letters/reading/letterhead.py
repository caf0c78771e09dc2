"""What frames a letter: the sender's letterhead, lines of delivery, titles, running heads."""

import re

from letters.signatories.leaving import PAGE_NUMBER, reason_to_leave
from letters.signatories.remarks import gettext_noop

LETTERHEAD = gettext_noop("the letterhead of the sender")

_CONTACT = re.compile(
    r"@\S+\.\w|\bwww\.|https?://|^\s*(?:tel|téléphone|teléfono|phone|fax|mob|тел|هاتف|电话)\b\s*[.:：]",
    re.IGNORECASE,
)
_DELIVERY = re.compile(
    r"^\s*(?:(?:sent |delivered )?(?:via|by) (?:e-?mail|post|fax|courier|hand)|par (?:courriel|courrier|e-?mail|fax)\b|"
    r"por (?:correo|fax)\b|по (?:электронной )?почте|(?:our|your) ref(?:erence)?\b|ref(?:erence)? (?:no|number)\b|n[°º] ?/?\s*ref|"
    r"v/ ?ref|n/ ?ref|cc\s*[:：]|copie\s*:|исх(?:одящий|\.)|вх\.|for immediate release|embargo|confidential$)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^\s*(?:исх|вх|№|n[°º]|ref|our ref)\b.*?(?:от|of|du|del)?\s*$", re.IGNORECASE
)
_KIND = (
    r"(?:joint |public |urgent )*(?:open letter|civil society (?:letter|statement)|sign-on letter|joint letter|joint statement)"
    r"|lettre (?:ouverte|conjointe)(?: commune)?|déclaration (?:conjointe|commune)|carta (?:abierta|conjunta|pública)"
    r"|declaración conjunta|pronunciamiento(?: conjunto)?|(?:коллективное )?открытое (?:письмо|обращение)|коллективное обращение"
    r"|совместное (?:заявление|обращение)|رسالة (?:مفتوحة|مشتركة)|بيان مشترك|(?:联合)?公开信|联合(?:声明|信)"
)
_TITLE = re.compile(rf"^\s*(?:{_KIND})(?!\w)", re.IGNORECASE)
_ONLY_KIND = re.compile(rf"^\s*(?:{_KIND})\s*[:：.]?\s*$", re.IGNORECASE)


_TITLE_AND_NUMBER = re.compile(
    r"^\s*(?:(?P<before>\S.{5,88}?\S)(?:\s{3,}|\s*\|\s*)(?:page\s*)?\d{1,3}(?:\s*(?:of|/|de|sur)\s*\d{1,3})?"
    r"|\d{1,3}(?:\s{3,}|\s*\|\s*)(?P<behind>\S.{5,88}?\S))\s*$",
    re.IGNORECASE,
)


def is_frame(line: str) -> bool:
    """Say whether a line of the head holds an address of the sender or a way of delivery."""
    return bool(_CONTACT.search(line) or _DELIVERY.match(line))


def is_reference(text: str) -> bool:
    """Say whether the words before a date are a number of the register, and no place."""
    return bool(_REFERENCE.match(text))


def take_title(head: list[str]) -> str:
    """Take the title of an open letter out of the lines of its head; return it, or ""."""
    for index, line in enumerate(head):
        if not _TITLE.match(line):
            continue
        title = head.pop(index).strip()
        following = next((i for i in range(index, len(head)) if head[i].strip()), None)
        if following is not None and _ONLY_KIND.match(title):
            return head.pop(following).strip()
        return title
    return ""


def without_running_heads(lines: list[str]) -> list[str]:
    """Blank the lines that a page repeats beside its number."""
    stripped = [line.strip() for line in lines]
    numbers = [i for i, text in enumerate(stripped) if text and _is_page_number(text)]
    repeated = set()
    for number in numbers:
        for step in (1, -1):
            at = _neighbour(stripped, number, step)
            if at >= 0 and stripped.count(stripped[at]) > 1 and len(stripped[at]) <= 90:
                repeated.add(at)
    titles = [_without_number(line) for line in lines]
    repeated |= {i for i, title in enumerate(titles) if title and titles.count(title) > 1}
    return ["" if index in repeated else line for index, line in enumerate(lines)]


def _without_number(line: str) -> str:
    """Return the title that a page's number stands apart from in the same line, or ""."""
    match = _TITLE_AND_NUMBER.match(line)
    return (match["before"] or match["behind"]) if match else ""


def _is_page_number(text: str) -> bool:
    return len(text) < 25 and reason_to_leave(text) == PAGE_NUMBER


def _neighbour(stripped: list[str], start: int, step: int) -> int:
    """Return the next line with words above or below, at most three lines away, or -1."""
    for index in range(start + step, start + 4 * step, step):
        if 0 <= index < len(stripped) and stripped[index]:
            return index
    return -1
