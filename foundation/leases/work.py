"""The life of a leased row: claim, begin, renew, then finish, fail, release or park.

The relay *claims* rows and hands their ids over. Whoever does the work *begins* it: that commits
"this may crash" before anything happens outside the database. So a process that dies leaves a
count behind, a row that kills its workers is parked after MAX_CRASHES deaths, and a row whose
worker merely lost its hand-over is not blamed.

When a batch dies, nobody knows which row killed it: every row that had begun and not finished
counts one crash. From then on such a row is handed over alone (`claim_rows` tells which ones),
so that only a row that really kills can reach the limit.

The functions take the model class, not a queryset: they read through `_base_manager`, since work
is done for nobody in particular. Every function is one short transaction of its own unless the
caller has opened one; `begin` insists on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.models import DurationField, F, Func, Min, Q, QuerySet, Value
from django.db.models.functions import Greatest, Least, Now, Power, Random

from foundation.leases.models import MAX_CRASHES, LeasedWork

Work: TypeAlias = type[LeasedWork]

LONGEST_WAIT = 3600.0
"""Seconds after which, at the latest, a failed row is tried again."""
_WORDS = LeasedWork._meta.get_field("last_error").max_length or 0


class _Seconds(Func):
    """A number of seconds as an interval of the database."""

    template = "make_interval(secs => %(expressions)s)"
    output_field = DurationField()


def claim(model: Work, limit: int, seconds: float) -> list[Any]:
    """Lease at most `limit` due rows of `model` for `seconds`; return their ids, oldest first.

    Rows that another process is claiming at this moment are passed over, not waited for.
    """
    return [pk for pk, _ in claim_rows(model, limit, seconds)]


def claim_rows(model: Work, limit: int, seconds: float) -> list[tuple[Any, int]]:
    """Like `claim`, with the crash count of each row: hand one that has crashed over alone."""
    with transaction.atomic():
        rows = list(
            _due(model)
            .filter(_free("lease_until"))
            .order_by("due_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", "crashes")[:limit]
        )
        if rows:
            _all(model, [pk for pk, _ in rows]).update(lease_until=_in(seconds))
    return rows


def begin(model: Work, ids: Sequence[Any], seconds: float) -> list[Any]:
    """Say that the work on `ids` starts and may be silent for `seconds`; return the ids to work on.

    Left out are rows that are done, parked, not due, or running elsewhere: for a task that was
    delivered twice this list is empty. The count of crashes is committed when this returns;
    RuntimeError if the caller has a transaction open, which would make that untrue.
    """
    with transaction.atomic(durable=True):
        mine = list(
            _due(model)
            .filter(pk__in=ids)
            .order_by("due_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)
        )
        if mine:
            until = _in(seconds)
            _all(model, mine).update(crashes=F("crashes") + 1, run_until=until, lease_until=until)
    return mine


def renew(model: Work, pk: Any, seconds: float) -> bool:
    """Say that the work on `pk` is still under way, for `seconds` more. False if it no longer is."""
    until = _in(seconds)
    running = _open(model).filter(pk=pk, run_until__isnull=False)
    return bool(running.update(run_until=until, lease_until=until))


def finish(model: Work, pk: Any, **fields: Any) -> bool:
    """Mark `pk` as done and set `fields` in the same statement. False if it was done already.

    Plain SQL: it is the one statement that runs for every single row, and the ORM would spend
    more on building it than the database on executing it.
    """
    values = {"last_error": "", **model.WHEN_DONE, **fields}
    columns = [_column(model, name) for name in values]
    with connection.cursor() as cursor:
        cursor.execute(_finishing(model, tuple(columns)), [*values.values(), str(pk)])
        return cursor.rowcount > 0


def fail(model: Work, pk: Any, error_class: str) -> None:
    """Note that the work on `pk` failed in an orderly way: it is due again after a while.

    The wait is 2^n seconds after n earlier failures, at most LONGEST_WAIT, give or take a fifth.
    `error_class` is the name of an error or a code, never a text that could name a person.
    """
    fail_all(model, [pk], error_class)


def fail_all(model: Work, ids: Iterable[Any], error_class: str) -> None:
    """`fail` for several rows that met the same obstacle, each with a wait of its own."""
    doubled = Power(Value(2.0), Least(F("attempts"), Value(12)))
    wait = Least(doubled, Value(LONGEST_WAIT)) * (Value(0.8) + Value(0.4) * Random())
    _ended(model, ids).update(
        due_at=Now() + _Seconds(wait), attempts=F("attempts") + 1, run_until=None, lease_until=None,
        crashes=_one_crash_less(), last_error=error_class[:_WORDS],
    )  # fmt: skip


def release(model: Work, ids: Iterable[Any]) -> None:
    """Give rows back that the caller began and on which it has done nothing; they are due at once."""
    begun = _ended(model, ids).filter(run_until__isnull=False)
    begun.update(crashes=_one_crash_less(), run_until=None, lease_until=None)


def unclaim(model: Work, ids: Iterable[Any]) -> None:
    """Give rows back that could not be handed over. A row that a worker has begun is left alone."""
    _ended(model, ids).filter(run_until=None).update(lease_until=None)


def park(model: Work, pk: Any, reason: str) -> None:
    """Take `pk` out of the work until a person decides: trying again would change nothing."""
    _ended(model, [pk]).update(
        parked_at=Now(), run_until=None, lease_until=None,
        crashes=_one_crash_less(), last_error=reason[:_WORDS],
    )  # fmt: skip


def park_crashed(model: Work) -> int:
    """Park the rows whose worker has died MAX_CRASHES times; return how many."""
    dead = _open(model).filter(_free("run_until"), crashes__gte=MAX_CRASHES)
    return dead.update(parked_at=Now(), lease_until=None, last_error="its worker died each time")


def retry(model: Work, pk: Any) -> bool:
    """Put the parked row `pk` back into the work as if it were new. False if it is not parked."""
    return bool(
        _parked(model).filter(pk=pk).update(
            parked_at=None, due_at=Now(), attempts=0, crashes=0, run_until=None, lease_until=None,
            last_error="",
        )
    )  # fmt: skip


def dismiss(model: Work, pk: Any, reason: str) -> bool:
    """Close the parked row `pk` without doing it, for `reason`. False if it is not parked."""
    closed = _parked(model).filter(pk=pk)
    words = f"dismissed: {reason}"[:_WORDS]
    return bool(closed.update(done_at=Now(), last_error=words, **model.WHEN_DONE))


def parked(model: Work) -> QuerySet[Any]:
    """The rows that wait for a person's decision, the oldest first."""
    return _parked(model).order_by("parked_at")


def named(model: Work, pk: Any) -> LeasedWork:
    """An unread row object that only carries its id, to name it in the audit log."""
    return model(**{"pk": pk})


@dataclass(frozen=True)
class Depth:
    """What lies in a table of work: `waiting` rows, the oldest of them due since `since`."""

    waiting: int
    since: datetime | None
    parked: int


def depth(model: Work) -> Depth:
    """How much is due in `model` and since when, for the health page and the staff's page."""
    due = _due(model)
    since = due.aggregate(since=Min("due_at"))["since"]
    return Depth(due.count(), since, _parked(model).count())


def handed_over(model: Work) -> int:
    """How many open rows are leased now, begun or not."""
    return _open(model).filter(lease_until__gte=Now()).count()


@lru_cache
def _finishing(model: Work, columns: tuple[str, ...]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    key = _column(model, "pk")
    extra = "".join(f", {column} = %s" for column in columns)
    return (
        f"UPDATE {table} SET {model.DONE_SQL}, run_until = NULL, lease_until = NULL, "  # noqa: S608
        f"parked_at = NULL, crashes = greatest(crashes - 1, 0){extra} "
        f"WHERE {key} = %s AND done_at IS NULL"
    )


def _column(model: Work, name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return connection.ops.quote_name(field.column)


def _all(model: Work, ids: Iterable[Any]) -> QuerySet[Any]:
    return model._base_manager.filter(pk__in=list(ids))


def _open(model: Work) -> QuerySet[Any]:
    return model._base_manager.filter(done_at=None, parked_at=None)


def _parked(model: Work) -> QuerySet[Any]:
    return model._base_manager.filter(done_at=None, parked_at__isnull=False)


def _ended(model: Work, ids: Iterable[Any]) -> QuerySet[Any]:
    return _open(model).filter(pk__in=list(ids))


def _due(model: Work) -> QuerySet[Any]:
    """Open rows whose time has come, that nobody runs and that may still crash."""
    return _open(model).filter(_free("run_until"), due_at__lte=Now(), crashes__lt=MAX_CRASHES)


def _free(field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__lt": Now()})


def _in(seconds: float) -> Any:
    return Now() + timedelta(seconds=seconds)


def _one_crash_less() -> Any:
    return Greatest(F("crashes") - 1, Value(0))
