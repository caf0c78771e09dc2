"""Running the jobs of retention of every room, each on record with its number of rows."""

from __future__ import annotations

import logging

from foundation.audit import record
from foundation.confidentiality import SystemActor
from foundation.confidentiality.forgetting import jobs

NIGHT = SystemActor("retention")
log = logging.getLogger(__name__)


def forget_all() -> dict[str, int]:
    """Run every job; return how many rows each emptied. One that fails does not stop the others:
    it is told in the log, and tried again the next night."""
    done: dict[str, int] = {}
    for job in jobs():
        try:
            done[job.name] = job.run()
        except Exception:
            log.exception("retention: %s failed", job.name)
            continue
        if done[job.name]:
            record("retention.forgotten", None, by=NIGHT, job=job.name, rows=done[job.name])
    return done
