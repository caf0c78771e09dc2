"""Making the public's figures, at most once a day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.figures.counting import answer_days, breakdowns, cells, count
from portal.figures.protecting import STEP, Shown, protect
from portal.models import PublicFigures

APART = dt.timedelta(hours=20)
"""Two counts lie at least so far apart, whenever the portal starts: two pages a minute apart would
say what that minute brought."""


def make_figures() -> bool:
    """Count, protect and store, unless it was done today or within APART; safe to call twice.

    Returns whether new figures stand.
    """
    now = timezone.now()
    today = now.date()
    if PublicFigures.objects.made_since(now - APART).exists():
        return False
    if PublicFigures.objects.filter(day=today).exists():
        return False
    made = PublicFigures(day=today, made_at=now, numbers=figures(today), answer_days=answer_days())
    PublicFigures.objects.bulk_create([made], ignore_conflicts=True)
    return True


def figures(today: dt.date) -> Shown:
    """Return the numbers that may be shown, from the database as it is."""
    counts, added = count(today), breakdowns(today)
    names = cells(today)
    open_ones = protect({name: counts.read_by_all[name] for name in names}, added)
    agreed = protect({name: counts.only_counted[name] for name in names}, added, secret_offset)
    return {name: _sum(open_ones[name], agreed[name]) for name in names}


def secret_offset(cell: str) -> int:
    """Return 0 to 4 for a cell, always the same, known to nobody without the portal's data key."""
    mac = salted_hmac("portal.figures", cell, secret=settings.DATA_KEY, algorithm="sha256")
    return int.from_bytes(mac.digest()[:8]) % STEP


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
