"""Does any join of a stolen database lead from a letter to the person who signed it unnamed?

A graph search. *Nodes* are the values by which rows can be put beside each other: ids (UUIDs, keys
of other tables, long hexadecimal marks, codes of sessions), addresses, and exact times. *Edges* are
rows: two values in one row are one step apart. Values are looked for inside texts and JSON too (an
id in a path, in a fact).

*Times.* A time that is finer than a day is a node. All times that lie within the act that is
examined are one node, ACT, for a thief joins by nearness too; so are those times plus the life of a
session (`expire_date` is the last write to a session, half a day later).

*Hubs.* Everyone who may sign is joined to the letter by what there was before: the letter, its
network, its coordinator, the invitations. So besides the signer there are two *twins*: made by the
same steps, signed in, and they do not sign. A value is a hub if, before the act, it stood in one
row with ids of two or more of these people. Rows from before the act are not followed from a hub:
they say the same of everyone. Everything else is followed; and rows that the act wrote or
changed are followed from every value, hubs too, for nothing that is new may lead to one of them.

The search begins with the letter and with the rows of its names that are new. It succeeds when it
reaches a user, an organization, a membership, an expert, an address, a session of the signer,
in clear or as a hash that anybody could make from those.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
MARK = re.compile(r"\b(?=[0-9a-z]*[0-9])[0-9a-z]{24,}\b", re.I)  # hashes, keys of sessions
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)")
ACT = "the time of the act"
Row = tuple[str, str]  # the table, and the row as JSON
LEFT_OUT = {"django_migrations", "django_content_type", "auth_permission"}


def dump() -> list[Row]:
    """Return every row of every table as text, as a stolen copy would show it (bytea as hex)."""
    rows: list[Row] = []
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - LEFT_OUT):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')  # noqa: S608
            rows += [(table, text) for (text,) in cursor.fetchall()]
    return rows


def foreign_keys() -> dict[tuple[str, str], str]:
    """Return, for columns that hold numbers of rows, the table these are rows of."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            for column in connection.introspection.get_primary_key_columns(cursor, table) or []:
                found[table, column] = table
            relations = connection.introspection.get_relations(cursor, table)
            found |= {(table, column): other[1] for column, other in relations.items()}
    return found


def database_time() -> datetime:
    """Return what the database's clock says this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@dataclass
class Act:
    """What a thief sees who has a copy from before an act and one from after it."""

    before: list[Row]
    after: list[Row]
    began: datetime
    ended: datetime
    keys: dict[tuple[str, str], str] = field(default_factory=foreign_keys)

    def new(self) -> list[Row]:
        """Return the rows that the act wrote or changed."""
        return sorted(set(self.after) - set(self.before))

    def values(self, row: Row) -> set[str]:
        """Return the nodes of a row."""
        table, text = row
        found: set[str] = set()
        for column, value in json.loads(text).items():
            found |= self._of_column(table, column, value)
        return found

    def _of_column(self, table: str, column: str, value: Any) -> set[str]:
        if isinstance(value, bool) or value in (None, ""):
            return set()
        if (table, column) in self.keys and isinstance(value, int):
            return {f"{self.keys[table, column]}:{value}"}
        text = value if isinstance(value, str) else json.dumps(value)
        found = {one.lower() for form in (UUID, ADDRESS) for one in form.findall(text)}
        found |= {one.lower() for one in MARK.findall(UUID.sub(" ", text))}
        return found | {node for one in TIME.findall(text) if (node := self._moment(one))}

    def _moment(self, text: str) -> str:
        """Return the node of a time, "" for a time that says the day only."""
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        life = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if any(self.began <= one <= self.ended for one in (moment, moment - life)):
            return ACT
        whole = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return "" if moment == whole else moment.isoformat()


def hubs(act: Act, people: Iterable[set[str]]) -> set[str]:
    """Return the values that stood beside two or more of `people` (the ids of each) before."""
    beside: dict[str, set[int]] = defaultdict(set)
    everyone = list(people)
    for row in act.before:
        values = act.values(row)
        met = {number for number, ids in enumerate(everyone) if values & ids}
        for value in values:
            beside[value] |= met
    return {value for value, met in beside.items() if len(met) > 1}


def guesses(ids: set[str], salts: Iterable[str]) -> set[str]:
    """Return `ids`, and the hashes of them that somebody without the keys could try."""
    found = {one.lower() for one in ids}
    for one in ids:
        for text in (one, one.replace("-", ""), *(f"{salt}{mid}{one}" for salt in salts
                                                  for mid in ("", ":", "|"))):  # fmt: skip
            for how in ("md5", "sha1", "sha256", "sha512"):
                found.add(hashlib.new(how, text.encode()).hexdigest())
    return found


def path_to_person(
    act: Act, *, start: set[str], person: set[str], twins: list[set[str]]
) -> list[str]:
    """Return how a join leads from the values `start` to one of `person`, [] where none does.

    `person` and `twins` are the ids of people in clear; see the rules at the top of this file.
    """
    closed = hubs(act, [person, *twins])
    goal = guesses(person, start)
    new = set(act.new())
    index: dict[str, list[tuple[bool, Row]]] = defaultdict(list)
    for row in act.after:
        for value in act.values(row):
            index[value].append((row in new, row))
    came: dict[str, tuple[str, Row | None]] = dict.fromkeys(start, ("", None))
    if met := start & goal:
        return sorted(met)
    queue = list(start)
    for value in queue:
        for is_new, row in index[value]:
            if not is_new and value in closed:
                continue
            for other in act.values(row) - came.keys():
                came[other] = (value, row)
                if other in goal:
                    return _way(other, came)
                queue.append(other)
    return []


def _way(value: str, came: dict[str, tuple[str, Row | None]]) -> list[str]:
    way = []
    while value:
        earlier, row = came[value]
        way.append(f"{value} (by {row[0]})" if row else value)
        value = earlier
    return way[::-1]
