"""Telling coordinators what a day brought: once a day, so that a busy letter is not a mail a minute."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from letters.actions.parts import lock
from letters.enums import Method
from letters.models import Letter, Signatory, SignOnInvitation
from letters.notifications import tell_coordinators

ENTERED = (Method.ENTERED, Method.IMPORTED)  # by the coordinators themselves: no news to them


@transaction.atomic
def tell_of_the_day(*, letter: Letter, by: Any) -> bool:
    """Tell the coordinators if names came in or somebody declined on the days that ended since
    they were last told; True if so.

    Days are those of UTC, since of a name that is not public no more than the day is kept. The
    message holds no number: the page that it leads to counts. `by` is the clock. The letter's row
    is locked, so two clocks tell once.
    """
    letter = lock(letter.pk)
    today = datetime.combine(timezone.now().date(), time.min, UTC)
    since = letter.told_at or letter.created_at
    if since >= today or not _news(letter, since, today):
        return False
    letter.told_at = today
    letter.save(update_fields=["told_at"])
    tell_coordinators(letter, "letters.new_names", dedupe=f"{letter.pk}:{today.date()}")
    return True


def _news(letter: Letter, since: datetime, until: datetime) -> bool:
    """Tell whether anything that coordinators may know came in from `since` to before `until`."""
    names = Signatory.objects.unguarded("is there any?").of(letter).standing()
    came = names.exclude(method__in=ENTERED).filter(created_at__gte=since, created_at__lt=until)
    invitations = SignOnInvitation.objects.unguarded("is there any?").of(letter).standing()
    said_no = invitations.filter(declined_at__gte=since, declined_at__lt=until)
    return came.exists() or said_no.exists()
