"""Rows by the thousand: PostgreSQL's COPY, with dates as they are given (no auto_now)."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

BATCH = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOTHING = "\\N"


class Copier:
    """Takes saved-to-be instances and rows of through tables; writes each table in batches.

    Foreign keys are checked when the transaction ends, so the order of the tables does not matter.
    """

    def __init__(self) -> None:
        self.counts: dict[str, int] = defaultdict(int)
        self._waiting: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        self._shapes: dict[type[models.Model], tuple[tuple[str, tuple[str, ...]], list[Any]]] = {}

    def add(self, *instances: models.Model) -> None:
        """Take instances with every value set, ids and dates included."""
        for instance in instances:
            key, columns = self._shape(type(instance))
            cells = [write(getattr(instance, name)) for name, write in columns]
            self._take(key, "\t".join(cells))

    def numbered(self, *instances: models.Model) -> None:
        """As `add`, for instances whose number was already taken from the table's own sequence."""
        for instance in instances:
            fields = instance._meta.concrete_fields
            values = [writer(f)(getattr(instance, f.attname)) for f in fields]
            key = (instance._meta.db_table, tuple(f.column for f in fields))
            self._take(key, "\t".join(values))

    def link(self, relation: Any, row: models.Model, others: Iterable[models.Model]) -> None:
        """Take rows of a many-to-many table: `relation` is `Model.field.through`."""
        names = [f.column for f in relation._meta.concrete_fields if f.is_relation]
        for other in others:
            self.raw(relation._meta.db_table, names, (row.pk, other.pk))

    def raw(self, table: str, columns: Sequence[str], values: Sequence[Any]) -> None:
        """Take one row of any table."""
        self._take((table, tuple(columns)), "\t".join(map(written, values)))

    def flush(self) -> None:
        """Write what waits."""
        for key in list(self._waiting):
            self._write(key)

    def _take(self, key: tuple[str, tuple[str, ...]], line: str) -> None:
        waiting = self._waiting[key]
        waiting.append(line)
        if len(waiting) >= BATCH:
            self._write(key)

    def _write(self, key: tuple[str, tuple[str, ...]]) -> None:
        lines, (table, columns) = self._waiting.pop(key), key
        names = ", ".join(connection.ops.quote_name(name) for name in columns)
        with connection.wrap_database_errors, connection.cursor() as cursor:
            cursor.copy_expert(
                f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN",
                io.StringIO("\n".join(lines) + "\n"),
            )
        self.counts[table] += len(lines)

    def _shape(self, model: type[models.Model]) -> Any:
        if model not in self._shapes:
            fields = [f for f in model._meta.concrete_fields if not _counted(f)]
            key = (model._meta.db_table, tuple(f.column for f in fields))
            self._shapes[model] = (key, [(f.attname, writer(f)) for f in fields])
        return self._shapes[model]


def _counted(field: models.Field) -> bool:
    """Tell whether the database numbers this column itself."""
    return isinstance(field, models.AutoField)


def writer(field: models.Field) -> Callable[[Any], str]:
    """Return the function that writes a value of `field` as COPY reads it."""
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    if isinstance(field, ArrayField):
        return _array
    return written


def written(value: Any) -> str:
    """Return a plain value in COPY's text format."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes | memoryview):
        return f"\\\\x{bytes(value).hex()}"
    return str(value).translate(ESCAPES)


def _array(values: Sequence[Any]) -> str:
    cells = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return ("{" + ",".join(f'"{cell}"' for cell in cells) + "}").translate(ESCAPES)
