"""The fields of a row that a process leases while it works on it.

A row is *open* until it is done or parked. An open row is *due* when its time has come, nobody
holds a lease on it and nobody runs it. All times are the database's: clocks of machines differ.

Three numbers of seconds, three meanings: `lease_until` is how long a row that was handed over
waits for its worker before it is handed over again; `run_until` is how long a worker that began
may be silent before it counts as dead; `due_at` moves into the future after a failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

MAX_CRASHES = 5
"""After so many deaths of the process that ran it, a row is parked for a person to look at."""


class LeasedWork(models.Model):
    """Base of every table whose rows are work. Change these columns only through `work.py`.

    A subclass with a `Meta` of its own writes `class Meta(LeasedWork.Meta)` to keep the index.
    `WHEN_DONE` are further fields that are set when a row is done or dismissed, for example to
    empty what must not lie about; `DONE_SQL` is how `finish` writes down when that was.
    """

    WHEN_DONE: ClassVar[Mapping[str, Any]] = {}
    DONE_SQL: ClassVar[str] = "done_at = now()"

    due_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    run_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None, parked_at=None),
                name="%(class)s_open",
            )
        ]
