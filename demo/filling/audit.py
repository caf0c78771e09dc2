"""What the actions would have written to the audit log, kept until all is there, in order of time."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from demo.filling.copying import Copier
from foundation.audit.recording import clean_fact
from foundation.audit.sealing import seal_pending
from foundation.confidentiality import Pseudonym, SystemActor

COLUMNS = ("at", "action", "actor_kind", "actor_id", "object_type", "object_id", "facts")
WAITING = "demo_filling_events"
SEALED_AT_ONCE = 10_000
MAKE = f"""CREATE TEMPORARY TABLE {WAITING} (number bigserial, at timestamptz, action text,
    actor_kind text, actor_id text, object_type text, object_id text, facts text)
    ON COMMIT DROP"""
EMPTY = f"""INSERT INTO audit_event ({", ".join(COLUMNS)})
    SELECT {", ".join(COLUMNS[:-1])}, facts::jsonb FROM {WAITING} ORDER BY at, number"""  # noqa: S608


class Log:
    """Takes events of the past; `settle` appends them to the log, the oldest first."""

    def __init__(self, copier: Copier) -> None:
        self._copier = copier
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {WAITING}")
            cursor.execute(MAKE)

    def record(self, at: datetime, action: str, obj: models.Model, by: Any, **facts: Any) -> None:
        """Take one event, as `foundation.audit.record` would write it at `at`."""
        kind, actor = _actor(by)
        clean = json.dumps({name: clean_fact(name, value) for name, value in facts.items()})
        values = (at, action, kind, actor, _label(type(obj)), obj.pk, clean)
        self._copier.raw(WAITING, COLUMNS, values)

    def settle(self) -> None:
        """Append what was taken to the log. Sealing comes after the commit, as everywhere."""
        self._copier.flush()
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)


def _actor(by: Any) -> tuple[str, Any]:
    if isinstance(by, SystemActor):
        return "system", by.name
    return ("pseudonym", by.id) if isinstance(by, Pseudonym) else ("user", by.pk)


@cache
def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def seal_everything(say: Any) -> int:
    """Seal what waits in large batches; return how many events. ChainBroken, OSError as they come."""
    total = 0
    while done := seal_pending(SEALED_AT_ONCE, sweep=total == 0):
        total += done
        if total % 100_000 == 0:
            say(f"  {total:,} events sealed")
    return total
