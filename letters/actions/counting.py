"""Counting the names under letters, by one job: signing itself touches no number.

Every few seconds the letters that can have moved are counted anew, at night all of them. A count
is taken from the rows, never added to: what one run misses, because a signature was written while
it ran, the next one finds, and two runs never count a name twice. An advisory lock lets only one
run at a time; it ends with the transaction, also where a worker is killed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from foundation.confidentiality import Audience, Level, SystemActor
from letters.enums import AT_THE_OFFICE, FINAL, FROZEN, SMALLEST_COUNT, Kind, LetterState, Mode
from letters.models import Letter, LetterCount, ListVersion, Signatory

COUNTER = SystemActor("counter")
LOCK = 4_120_771_903  # any number that no other advisory lock of this database has
STALE = timedelta(minutes=10)
"""So old may "as of" be where nothing moved: a page that did not change is not made anew."""
NUMBERS = ("organizations", "individuals", "withheld")
log = logging.getLogger(__name__)


@transaction.atomic
def count_names(*, every_letter: bool = False) -> int | None:
    """Count the letters that can have moved since the last run, or every one.

    Returns how many numbers were wrong, or None where another run is at work: then nothing is done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    letters = Letter.objects.visible_to(COUNTER).in_state(*FROZEN)
    found = dict((letters if every_letter else _moving(letters)).values_list("pk", "state"))
    return _store(_numbers(found), timezone.now())


def recount_names() -> int | None:
    """Count every letter; what had to be repaired was missed before, and goes into the log."""
    repaired = count_names(every_letter=True)
    if repaired:
        log.warning("letters: %s numbers of names had to be repaired", repaired)
    return repaired


def _moving(letters: Any) -> Any:
    """Keep the letters that are not delivered yet, that were never counted, and of which something
    was changed or taken back since."""
    since = F("count__counted_at") - timedelta(minutes=1)  # for what was being written meanwhile
    names = Signatory.objects.visible_to(COUNTER).filter(letter=OuterRef("pk"))
    return letters.filter(
        Q(state__in=(LetterState.OPEN, LetterState.CLOSED))
        | Q(count=None)
        | Q(changed_at__gt=since)
        | Q(Exists(names.filter(withdrawn_at__gt=OuterRef("count__counted_at"))))
    )


def _numbers(states: dict[UUID, str]) -> dict[UUID, dict[str, int]]:
    """Return the numbers that may be shown, by letter."""
    numbers = {pk: dict.fromkeys(NUMBERS, 0) for pk in states}
    seen = Signatory.objects.visible_to(Audience(Level.PUBLIC)).filter(letter__in=states).counted()
    for row in _by_letter(seen):
        numbers[row["letter_id"]] |= {name: row[name] for name in NUMBERS[:2]}
    final = [pk for pk, state in states.items() if state in FINAL]
    everybody = Signatory.objects.visible_to(COUNTER).filter(letter__in=final).counted()
    for pk, _mode, count in _by_mode(everybody.exclude(mode=Mode.PUBLIC)):
        # Each mode by itself, as in the copies: letters/documents/names.py says why.
        numbers[pk]["withheld"] += count if count >= SMALLEST_COUNT else 0
    # After delivery the number that was delivered stays: one that goes down points at a person.
    delivered = ListVersion.objects.visible_to(COUNTER).filter(
        letter__in=[pk for pk in final if states[pk] in AT_THE_OFFICE], number=1
    )
    for pk, count in delivered.values_list("letter_id", "withheld"):
        numbers[pk]["withheld"] = count
    return numbers


def _by_letter(names: Any) -> Any:
    """Return the numbers of each letter: an organization counts once, however often it stands."""
    organization, individual = Q(kind=Kind.ORGANIZATION), Q(kind=Kind.INDIVIDUAL)
    grouped = names.order_by().values("letter_id")
    return grouped.annotate(
        organizations=Count(Lower("organization_name"), filter=organization, distinct=True),
        individuals=Count("pk", filter=individual),
    )


def _by_mode(names: Any) -> Iterable[tuple[UUID, str, int]]:
    counted: Any = names.order_by().values_list("letter_id", "mode").annotate(n=Count("pk"))
    return counted


def _store(numbers: dict[UUID, dict[str, int]], now: datetime) -> int:
    """Write what changed, and what is older than STALE; return how many stood there wrongly."""
    stored = {one.pk: one for one in LetterCount.objects.filter(letter__in=numbers)}
    wrong = 0
    for pk, fresh in numbers.items():
        old = stored.get(pk)
        same = old is not None and all(getattr(old, name) == fresh[name] for name in NUMBERS)
        wrong += old is not None and not same
        if old is not None and same and now - old.counted_at < STALE:
            continue
        moved = old.moved_at if old is not None and same else now
        LetterCount.objects.update_or_create(
            letter_id=pk, defaults={**fresh, "counted_at": now, "moved_at": moved}
        )
    return wrong
