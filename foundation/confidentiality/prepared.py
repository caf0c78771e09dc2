"""A guarded read that is asked all day: its SQL is made once, by the same words as everywhere.

Django makes the SQL of a query anew each time, which costs more than the database needs to answer
a look-up by key. A `Prepared` lets the QuerySet methods speak once, with stand-ins for the values,
and then only puts the values in. So the rule has one spelling and the hot path does not pay for it.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery

from foundation.confidentiality.guard import UnguardedRead


class Prepared:
    """Rows of one model found by `count` ids, which `build(*ids)` turns into a QuerySet.

    `build` returns an opened GuardedQuerySet of plain columns of its model (use `only`); each id
    must stand in it as a parameter. `valid_for` is what else enters the SQL and changes with time,
    such as today's date: when its value changes, the SQL is made anew. `lock` is how the row is
    held until the transaction ends, e.g. "FOR SHARE".
    """

    def __init__(
        self,
        build: Callable[..., Any],
        count: int,
        valid_for: Callable[[], Hashable] = lambda: None,
        lock: str = "",
    ) -> None:
        self.build, self.count, self.valid_for = build, count, valid_for
        self.lock = lock
        self._made: tuple[Hashable, type[models.Model], list[str], str, list[Any]] | None = None

    def first(self, *ids: uuid.UUID) -> Any | None:
        """Return the first row for these ids, or None."""
        model, names, sql, params = self._statement()
        values = [ids[item.place] if isinstance(item, _Place) else item for item in params]
        with connections["default"].cursor() as cursor:
            cursor.execute(f"{sql} {self.lock}", values)
            row = cursor.fetchone()
        return None if row is None else model.from_db("default", names, row)

    def _statement(self) -> tuple[type[models.Model], list[str], str, list[Any]]:
        now = self.valid_for()
        if self._made is None or self._made[0] != now:
            self._made = (now, *self._make())
        return self._made[1:]

    def _make(self) -> tuple[type[models.Model], list[str], str, list[Any]]:
        stand_ins = [uuid.uuid4() for _ in range(self.count)]
        rows = self.build(*stand_ins)
        if not rows._opened:
            raise UnguardedRead("A prepared read says for whom it is, as every other.")
        compiler = rows[:1].query.get_compiler("default")
        sql, params = compiler.as_sql()
        names = [column.target.attname for column, _sql, _alias in compiler.select]
        places = {stand_in: _Place(index) for index, stand_in in enumerate(stand_ins)}
        placed = [places.get(value, value) for value in params]
        missing = set(range(self.count)) - {p.place for p in placed if isinstance(p, _Place)}
        if missing:
            raise ValueError(f"ids {sorted(missing)} are no parameters of the query")
        return rows.model, names, sql, placed


_kept = threading.local()


@contextmanager
def one_exchange() -> Iterator[None]:
    """Let the statements that `write` is given inside this block go to the database together, at
    its end: under load it is the way there and back that costs. What the database raises is raised
    at the end of the block; where the block raises, nothing is sent."""
    kept: list[tuple[str, Sequence[Any]]] = []
    _kept.statements = kept
    try:
        yield
    finally:
        del _kept.statements
    with connections["default"].cursor() as cursor:
        values = [value for _sql, given in kept for value in given]
        cursor.execute("; ".join(sql for sql, _given in kept), values)


def write(sql: str, values: Sequence[Any], *, answers: bool = False) -> Any:
    """Execute a statement, or keep it for the end of `one_exchange`. With `answers`, return the row
    that it gives; None where it was kept."""
    kept = getattr(_kept, "statements", None)
    if kept is not None:
        kept.append((sql, values))
        return None
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() if answers else None


def insert(row: models.Model) -> None:
    """Write a new row with all its columns; its SQL is made once for each model.

    As `row.save(force_insert=True)`, for a model without parents, whose key is made here and whose
    values are plain (no expressions). No signal is sent. Raises what the database raises.
    """
    connection = connections["default"]
    fields = row._meta.concrete_fields
    values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
    model = type(row)
    if model not in _inserts:
        query = InsertQuery(model)
        query.insert_values(fields, [row], raw=False)
        ((_inserts[model], _values),) = query.get_compiler("default").as_sql()
    write(_inserts[model], values)
    row._state.adding, row._state.db = False, "default"


_inserts: dict[type[models.Model], str] = {}


class PreparedRows:
    """What lies in the database under a read without values of its own, exactly as it lies there.

    `build` returns an opened GuardedQuerySet, or one of a model that needs no guard. The rows are
    for comparing only (is anything different from last time?): no objects are made of them.
    """

    def __init__(
        self, build: Callable[[], Any], valid_for: Callable[[], Hashable] = lambda: None
    ) -> None:
        self.build, self.valid_for = build, valid_for
        self._made: tuple[Hashable, str, tuple[Any, ...]] | None = None

    def read(self) -> list[tuple[Any, ...]]:
        """Return all columns of all rows that the query would give, joined ones included."""
        now = self.valid_for()
        if self._made is None or self._made[0] != now:
            rows = self.build()
            if not getattr(rows, "_opened", "unguarded"):
                raise UnguardedRead("A prepared read says for whom it is, as every other.")
            self._made = (now, *rows.query.get_compiler("default").as_sql())
        with connections["default"].cursor() as cursor:
            cursor.execute(*self._made[1:])
            return list(cursor.fetchall())


class _Place:
    """Where the id number `place` goes."""

    def __init__(self, place: int) -> None:
        self.place = place
