"""Dates as letters print them, in six languages."""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from letters.signatories.text import fold

_MONTHS = (
    "january jan janvier enero января يناير كانون_الثاني",
    "february feb fevrier febrero февраля فبراير شباط",
    "march mar mars marzo марта مارس آذار",
    "april apr avril abril апреля أبريل نيسان إبريل",
    "may mai mayo мая مايو أيار ماي",
    "june jun juin junio июня يونيو حزيران يونيه جوان",
    "july jul juillet julio июля يوليو تموز يوليه جويلية",
    "august aug aout agosto августа أغسطس آب أوت",
    "september sep sept septembre septiembre setiembre сентября سبتمبر أيلول",
    "october oct octobre octubre октября أكتوبر تشرين_الأول",
    "november nov novembre noviembre ноября نوفمبر تشرين_الثاني",
    "december dec decembre diciembre декабря ديسمبر كانون_الأول",
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_WORD = r"[^\W\d_]{3,12}"
_FORMS = (
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s+(?:of\s+|de\s+)?(?P<m>{_WORD}(?:\s[^\W\d_]{{4,7}})?)\.?,?\s+(?:de\s+|del\s+)?(?P<y>\d{{4}})(?:\s*(?:г\.?|года|م)(?!\w))?"
    ),
    re.compile(rf"(?P<m>{_WORD})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"),
    re.compile(r"(?P<y>\d{4})\s*年\s*(?P<n>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    re.compile(r"(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<n>\d{1,2})[./](?P<y>\d{4})"),
)


@dataclass(frozen=True)
class PrintedDate:
    """A date, the words that print it, what stands before them, and whether day and month are sure."""

    date: datetime.date
    printed: str
    before: str
    after: str
    sure: bool


@cache
def _months() -> dict[str, int]:
    return {
        fold(word.replace("_", " ")): number
        for number, names in enumerate(_MONTHS, start=1)
        for word in names.split()
    }


def find_date(line: str) -> PrintedDate | None:
    """Return the first date of a line, or None. Impossible dates ("31 June") are none."""
    plain = line.translate(_DIGITS)
    for form in _FORMS:
        match = form.search(plain)
        if not match:
            continue
        groups = match.groupdict()
        month = int(groups["n"]) if groups.get("n") else _months().get(fold(groups["m"]), 0)
        date = _date(int(groups["y"]), month, int(groups["d"]))
        if date:
            dotted = "." in match[0]
            sure = form is not _FORMS[-1] or dotted or date.day > 12 or date.day == date.month
            start, end = match.span()
            return PrintedDate(date, line[start:end].strip(), line[:start], line[end:], sure)
    return None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
