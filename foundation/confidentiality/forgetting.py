"""What is emptied by itself when its day has come: each room's jobs beside its table of retention.

A room writes `register_job(Job(name, says, due, forget, held))`. One nightly task runs them all and
`manage.py forget` shows beforehand what they would do. "Gone" means that the personal fields are
emptied: the row stays, so that numbers, dates and references go on being true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

BATCH = 500


def nothing_held(rows: Any) -> Any:
    """The rows of a job to which no legal hold can apply: none of them is held."""
    return rows.none()


@dataclass(frozen=True)
class Job:
    """`due()` gives the rows whose day has come and that still hold something, open for reading;
    `forget(rows)` empties them; `held(rows)` keeps those that a legal hold keeps from that.

    `says` is the rule in words. A row that was emptied is not due any more.
    """

    name: str
    says: Any
    due: Callable[[], Any]
    forget: Callable[[Any], int]
    held: Callable[[Any], Any] = nothing_held

    def count(self) -> tuple[int, int]:
        """Return how many rows would be emptied now, and how many a hold keeps."""
        return self._free().count(), self.held(self.due()).count()

    def run(self) -> int:
        """Empty what is due, in batches of BATCH, each a transaction of its own: a run that is
        stopped goes on where it was. Returns how many rows. RuntimeError where `forget` leaves
        rows that are due as before."""
        done = 0
        before: set[Any] = set()
        while True:
            with transaction.atomic():
                taken = self._free().select_for_update(skip_locked=True, of=("self",))
                keys = set(taken.values_list("pk", flat=True)[:BATCH])
                if not keys:
                    return done
                if keys & before:
                    raise RuntimeError(f"{self.name} leaves what it should empty")
                self.forget(self.due().filter(pk__in=keys))
            done += len(keys)
            before = keys

    def _free(self) -> Any:
        return self.due().exclude(pk__in=self.held(self.due()).values("pk"))


_jobs: dict[str, Job] = {}


def register_job(job: Job) -> None:
    """Add a job; the last one of a name counts."""
    _jobs[job.name] = job


def jobs() -> tuple[Job, ...]:
    """Return all jobs, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))
