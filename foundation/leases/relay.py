"""The relay: it looks for due work four times a second and hands it over, lane by lane.

Each lane has a thread of its own, so that a broker that accepts connections and never answers
holds up its own lane only: mails that sign-in depends on leave without it. Nothing here can lose
work. Whatever goes wrong between claim and hand-over, the lease runs out and the row is taken up
again; so errors of the broker and restarts of the database are waited out, not raised. Several
relays may run at once.
"""

from __future__ import annotations

import logging
import threading
import time
from threading import Event
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from foundation.leases import work
from foundation.leases.lanes import Lane, lanes

logger = logging.getLogger(__name__)

PAUSE = 0.25
"""Seconds between two looks at a lane with nothing to do."""
PARKING_PAUSE = 5.0
"""Seconds between two looks for rows that have killed their workers too often."""
LONGEST_PAUSE = 5.0
"""Seconds between two tries, at most, while the broker or the database is away."""
PATIENCE = 0.5
"""Seconds that threads get to end when the relay is told to stop."""


def run(stop: Event) -> None:
    """Serve all lanes until `stop` is set; returns within a second of that.

    A thread that is busy at that moment is left behind: it ends with the process, and what it
    held comes back when its lease runs out.
    """
    threads = [
        threading.Thread(target=_serve, args=(lane, stop), name=f"relay {lane.name}", daemon=True)
        for lane in lanes()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    end = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))


def run_once() -> int:
    """Hand over everything that is due now, in this thread; return how many rows that were.

    Errors of the broker leave the rest of their lane for the next time; errors of the database
    are raised.
    """
    return sum(_empty(lane) for lane in lanes())


def _empty(lane: Lane) -> int:
    work.park_crashed(lane.model)
    total = 0
    while (count := _step(lane)) > 0:
        total += count
    return total


def _serve(lane: Lane, stop: Event) -> None:
    """Look at `lane` until `stop`; after a full batch at once, after trouble more and more slowly."""
    pause, park_at = PAUSE, 0.0
    try:
        while not stop.is_set():
            parking = time.monotonic() >= park_at
            if parking:
                park_at = time.monotonic() + PARKING_PAUSE
            count = _guarded_step(lane, parking)
            pause = min(pause * 2, LONGEST_PAUSE) if count < 0 else PAUSE
            if count < lane.batch:
                stop.wait(pause)
    finally:
        connections.close_all()


def _guarded_step(lane: Lane, parking: bool) -> int:
    """`_step`, with -1 as well for a database that is away, or for an error of ours: a lane that
    stopped would be worse than one that tries again."""
    try:
        close_old_connections()
        if parking:
            work.park_crashed(lane.model)
        return _step(lane)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("relay: lane %s waits for the database (%s)", lane.name, _kind(error))
    except Exception as error:
        logger.error("relay: lane %s failed (%s)", lane.name, _kind(error))
    connections.close_all()
    return -1


def _step(lane: Lane) -> int:
    """Hand over one batch; return how many rows, 0 for nothing to do, -1 for trouble.

    A look at an empty lane is one query. That the lane is too far ahead is asked afterwards.
    """
    rows = work.claim_rows(lane.model, lane.batch, lane.lease)
    if not rows:
        return 0
    if not lane.direct and work.handed_over(lane.model) > lane.ahead:
        work.unclaim(lane.model, [pk for pk, _ in rows])
        return 0
    for batch in _batches(rows):
        if not _hand_over(lane, batch):
            work.unclaim(lane.model, [pk for pk, _ in rows])
            return -1
    return len(rows)


def _batches(rows: list[tuple[Any, int]]) -> list[list[Any]]:
    """The ids in one batch, and each one that has crashed before in a batch of its own."""
    sound = [pk for pk, crashes in rows if not crashes]
    return ([sound] if sound else []) + [[pk] for pk, crashes in rows if crashes]


def _hand_over(lane: Lane, ids: list[Any]) -> bool:
    """Hand `ids` over; False where that raised. The error's text is not logged: it may hold names."""
    try:
        lane.hand_over(ids)
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:
        logger.warning("relay: lane %s could not hand over (%s)", lane.name, _kind(error))
        return False
    return True


def _kind(error: Exception) -> str:
    return type(error).__name__
