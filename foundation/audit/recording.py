"""How an event is written: one INSERT in the caller's transaction, no lock, no chain yet."""

from __future__ import annotations

import datetime
import enum
import json
import re
import uuid
from decimal import Decimal
from typing import Any

from django.db import connection, models

from foundation.audit.models import ActorKind, AuditEvent
from foundation.confidentiality import Pseudonym, SystemActor
from foundation.confidentiality.prepared import write

WORD = re.compile(r"[A-Za-z0-9_.:/+,#=-]{0,80}")  # a code, an id, a date: no space, no "@"
ACTION = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
MOST_ITEMS = 100

COLUMNS = ["id", "at", "action", "actor_kind", "actor_id", "object_type", "object_id", "facts"]
# Plain SQL: every act of the portal writes one event, and pays for it.
WRITE = (
    "INSERT INTO audit_event (action, actor_kind, actor_id, object_type, object_id, facts)"
    " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id, at"
)
# The second of an act would lead from a protected name to whoever was signed in at that second.
WRITE_THE_DAY_ONLY = (
    "INSERT INTO audit_event (action, actor_kind, actor_id, object_type, object_id, facts, at)"
    " VALUES (%s, %s, %s, %s, %s, %s, date_trunc('day', now(), 'UTC')) RETURNING id, at"
)


class UnsafeFact(ValueError):
    """A fact that might be personal text, or that the log cannot hold."""


def record(
    action: str, obj: models.Model | type[models.Model] | None, /, *, by: Any, **facts: Any
) -> AuditEvent:
    """Write one event in the caller's transaction and return it.

    `action` is "room.past_tense" ("letters.frozen"). `obj` is what it happened to: a saved row, a
    model class (the whole list) or None. `by` is a user, an AnonymousUser, a SystemActor, or a
    Pseudonym: then only the day is kept (UTC), and no fact may lead to the person either.
    `facts` are ids, enum values, numbers, truth values and dates, or flat lists of them; text of
    more than 80 characters, with white space, "@" or letters beyond ASCII raises UnsafeFact: it
    may be a name, and the log must never need to forget one. (A single plain word passes:
    the rule stops accidents, not intent.) Inside `one_exchange` the event has no id yet.
    """
    if not ACTION.fullmatch(action) or len(action) > 80:
        raise ValueError(f"{action!r} is no action: write it as room.past_tense.")
    clean = {name: clean_fact(name, value) for name, value in facts.items()}
    row = (action, *_actor(by), *_object(obj))
    statement = WRITE_THE_DAY_ONLY if isinstance(by, Pseudonym) else WRITE
    pk, at = write(statement, [*row, json.dumps(clean)], answers=True) or (None, None)
    return AuditEvent.from_db(connection.alias, COLUMNS, [pk, at, *row, clean])


def record_read(
    action: str, obj: models.Model | type[models.Model] | None, /, *, by: Any, **facts: Any
) -> AuditEvent:
    """Write that something restricted was read or downloaded; as `record`.

    It may be called while a GET is answered: this table is on the short list of those that a GET
    may write. Where it fails, the page fails: nothing restricted is shown unrecorded.
    """
    return record(action, obj, by=by, **facts)


def clean_fact(name: str, value: Any) -> Any:
    """Return `value` as JSON may hold it; UnsafeFact where it is not an id, code or number."""
    if isinstance(value, list | tuple | set | frozenset):
        items = [_scalar(name, item) for item in value]
        if len(items) > MOST_ITEMS:
            raise UnsafeFact(f"{name}: more than {MOST_ITEMS} items.")
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    return _scalar(name, value)


def _scalar(name: str, value: Any) -> Any:
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, uuid.UUID | Decimal):
        value = str(value)
    elif isinstance(value, datetime.date | datetime.time):
        value = value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return value
    if isinstance(value, str) and WORD.fullmatch(value):
        return str(value)
    shown = (
        f"{type(value).__name__}, {len(value)} characters"
        if isinstance(value, str)
        else (type(value).__name__)
    )
    raise UnsafeFact(f"{name}: the log takes ids, codes and numbers only, not this ({shown}).")


def _actor(by: Any) -> tuple[str, str]:
    if isinstance(by, SystemActor):
        return ActorKind.SYSTEM, by.name
    if isinstance(by, Pseudonym):
        return ActorKind.PSEUDONYM, str(by.id)
    if getattr(by, "is_anonymous", False):
        return ActorKind.ANONYMOUS, ""
    if getattr(by, "is_authenticated", False) and by.pk is not None:
        return ActorKind.USER, str(by.pk)
    raise TypeError(f"by= must be a user, a SystemActor or a Pseudonym, not {type(by).__name__}.")


def _object(obj: models.Model | type[models.Model] | None) -> tuple[str, str]:
    if obj is None:
        return "", ""
    if isinstance(obj, type):
        return obj._meta.label_lower, ""
    if obj.pk is None:
        raise ValueError("Save the object first: the log names it by its id.")
    return obj._meta.label_lower, str(obj.pk)
