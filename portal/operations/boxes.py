"""Every box there is, in columns and in files: counted by their keys, and closed anew in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from foundation.confidentiality import Level, vault
from foundation.confidentiality.vault.boxes import HEADER, VERSION, header_of, is_box, key_id_of
from foundation.confidentiality.vault.keys import Ring
from foundation.confidentiality.vault.register import BoxColumn, box_columns
from foundation.documents import store
from foundation.documents.models import Document
from portal.operations.copying import Say

WHY = "boxes are closed anew; what is in them is not looked at"
SAY_EVERY = 1000


@dataclass(frozen=True)
class Broken:
    """A box that could not be opened: where it is, and why."""

    place: str
    row: str
    why: str


def count_boxes() -> Counter[str]:
    """How many boxes lie under each key, by its id; "" counts files that should lie in one."""
    counts: Counter[str] = Counter()
    for column in box_columns():
        counts.update(_count_column(column))
    for document in _protected_documents():
        path = store.path_of(document.file)
        if not path.exists():
            continue
        with path.open("rb") as file:
            head = file.read(HEADER + 64)
        counts[key_id_of(head) if is_box(head) else ""] += 1
    return counts


def close_columns(keys: Ring, batch: int, broken: list[Broken], say: Say) -> int:
    """Close the boxes of all registered columns under the newest key; return how many. What could
    not be opened is added to `broken`."""
    closed = 0
    for column in box_columns():
        last: Any = None
        done = 0
        while True:
            last, count = _close_batch(column, keys, batch, last, broken)
            done += count
            if last is None:
                break
            if done and done % SAY_EVERY < count:
                say(f"  … {column.table}.{column.column}: {done}")
        if done:
            say(f"  {column.table}.{column.column}: {done}")
        closed += done
    return closed


def close_files(keys: Ring, broken: list[Broken], say: Say) -> int:
    """Close the files of documents that not everyone may read under the newest key; return how
    many. What could not be opened is added to `broken`."""
    closed = 0
    header = header_of(keys.newest.id)
    for document in _protected_documents():
        path = store.path_of(document.file)
        try:
            with path.open("rb") as file:
                current = file.read(HEADER) == header
        except FileNotFoundError:
            continue
        if not current:
            closed += _close_file(document.pk, broken)
    if closed:
        say(f"  files: {closed}")
    return closed


def _count_column(column: BoxColumn) -> dict[str, int]:
    quote = connection.ops.quote_name
    name, table = quote(column.column), quote(column.table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT encode(substring({name} FROM %s FOR %s), 'escape'), count(*) FROM {table}"  # noqa: S608
            f" WHERE length({name}) > 0 GROUP BY 1",
            [len(VERSION) + 1, HEADER - len(VERSION)],
        )
        return dict(cursor.fetchall())


def _close_batch(
    column: BoxColumn, keys: Ring, batch: int, after: Any, broken: list[Broken]
) -> tuple[Any, int]:
    """Close the next rows in one transaction; return the last one's key (None: there were none)
    and how many. Rows that somebody holds are passed over: nobody waits, so nobody deadlocks."""
    quote = connection.ops.quote_name
    key = quote(str(column.model._meta.pk.column))
    name, table = quote(column.column), quote(column.table)
    beyond = f"AND {key} > %s " if after is not None else ""
    closed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {name} FROM {table} WHERE length({name}) > 0"  # noqa: S608
            f" AND substring({name} FROM 1 FOR %s) <> %s {beyond}"
            f"ORDER BY {key} LIMIT %s FOR UPDATE SKIP LOCKED",
            [HEADER, header_of(keys.newest.id), *([after] if after is not None else []), batch],
        )
        rows = cursor.fetchall()
        for row, box in rows:
            place: dict[str, Any] = {"table": column.table, "column": column.column, "row": row}
            try:
                anew = vault.encrypt(vault.decrypt(box, **place), **place)
            except vault.Sealed as error:
                broken.append(Broken(f"{column.table}.{column.column}", str(row), str(error)))
                continue
            cursor.execute(f"UPDATE {table} SET {name} = %s WHERE {key} = %s", [anew, row])  # noqa: S608
            closed += 1
    return (rows[-1][0] if rows else None), closed


def _protected_documents() -> Iterator[Document]:
    found = Document.objects.unguarded(WHY).filter(level__gt=Level.PUBLIC).exclude(file="")
    yield from found.order_by("pk").iterator(chunk_size=500)


def _close_file(pk: Any, broken: list[Broken]) -> int:
    """Close one file while its row is held, so that it cannot be forgotten meanwhile."""
    with transaction.atomic():
        rows = Document.objects.unguarded(WHY).filter(pk=pk).exclude(file="")
        document = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if document is None:
            return 0
        try:
            store.close_anew(document)
        except store.Damaged as error:
            if str(error) != "missing":
                broken.append(Broken("file", str(pk), f"damaged: {error}"))
            return 0
    return 1
