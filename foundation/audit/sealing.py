"""The sealer: chains committed events in batches, after the fact, in a table of its own.

A chain in the caller's transaction would need a lock held through the commit; it took nine tenths
of the writes away. Here writers know nothing of the chain, and the sealer alone holds a lock.

**What happens when it dies.** The seals of a batch are committed first, the head is written to
its file after that. A crash in between leaves the file behind by at most one batch; the next call
checks that the file is a true earlier position of the chain and brings it up to date before it
goes on. Until then those newest seals are protected by the key alone, not by the file: somebody
who can write to the database could in that moment cut exactly them off unseen. We accept that;
the other order would call a healthy chain broken after every crash. The same holds for events
not yet sealed: for the seconds until their seal they are protected by the triggers only.

**When the file is ahead of the table**, or is gone while seals exist, the newest seals were cut
off, an older backup was restored without its head, or the file was lost. The sealer refuses to go
on (it would make the file agree again and hide the cut) until an operator decides:
`manage.py seal_audit --accept-head`, which is itself an event.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import NamedTuple

from django.db import connection, transaction

from foundation.audit.chain import COLUMNS, START, ChainBroken, keys, same
from foundation.audit.head import Head, read_head, write_head
from foundation.audit.models import AuditSeal
from foundation.audit.recording import record
from foundation.confidentiality import SystemActor

LOCK = 0x61756469  # advisory lock of PostgreSQL: "audi"
WINDOW = 10_000  # ids below the newest sealed one in which late committers are looked for each time
LOWEST = -(2**63)  # below every id that a bigint can be
SWEEP_SECONDS = 300.0  # how often all ids are looked at
SEALER = SystemActor("sealer")
UNSEALED = """FROM audit_event e WHERE e.id > %s
    AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)"""
logger = logging.getLogger(__name__)


class Last(NamedTuple):
    """The newest seal of the table."""

    position: int
    mac: str


def seal_pending(limit: int = 1000, *, sweep: bool = True, accept_head: bool = False) -> int:
    """Chain up to `limit` committed events that have no seal yet, lowest id first; return how many.

    A transaction with a lower id that commits later is chained when it appears: the order of the
    chain is the order of sealing. With `sweep=False` only the newest WINDOW ids are looked at
    (quick, for the loop). Several sealers may run: an advisory lock makes them take turns.
    `accept_head` lets an operator go on without the head that stands outside, and records that.
    Raises ChainBroken when the table and the head do not belong together, OSError when the head
    cannot be written (the seals are committed then; the next call writes it).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        head = None if accept_head else read_head()  # before the table: it is never ahead
        last = last_seal()
        if accept_head:
            record("audit.head_renewed", None, by=SEALER, position=last.position)
        else:
            check_head(head, last)
        cursor.execute("SELECT coalesce(max(event_id), 0) FROM audit_seal")
        floor = LOWEST if sweep else cursor.fetchone()[0] - WINDOW
        cursor.execute(f"SELECT {COLUMNS} {UNSEALED} ORDER BY e.id LIMIT %s", [floor, limit])
        seals = _chained(last, cursor.fetchall())
        if head is None and not last.position and seals:
            write_head(0, START, keys()[-1].fingerprint)  # a crash after the first batch has a file
        AuditSeal.objects.bulk_create(seals)
        newest = Last(seals[-1].position, seals[-1].mac) if seals else last
        if newest.position and (head is None or head.position < newest.position):
            key = keys()[-1].fingerprint
            transaction.on_commit(
                lambda: write_head(newest.position, newest.mac, key, replace=accept_head)
            )
    return len(seals)


def _chained(last: Last, events: list[tuple[int | str, ...]]) -> list[AuditSeal]:
    position, mac = last
    key = keys()[-1]
    seals = []
    for event in events:
        position += 1
        mac = key.mac(position, mac, event)
        seals.append(AuditSeal(position=position, event_id=event[0], mac=mac))
    return seals


def last_seal() -> Last:
    """Return the newest seal, or position 0 with the mac that every chain starts from."""
    newest = AuditSeal.objects.order_by("-position").values_list("position", "mac").first()
    return Last(*newest) if newest else Last(0, START)


def check_head(head: Head | None, last: Last) -> None:
    """Raise ChainBroken unless `head` is a true position of the table's chain."""
    if head is None:
        if last.position:
            raise ChainBroken(f"{last.position} seals exist, but the head file is gone")
        return
    if head.key not in {key.fingerprint for key in keys()}:
        raise ChainBroken(f"the head was written with another key ({head.key})")
    if head.position > last.position:
        raise ChainBroken(
            f"the head says position {head.position}, the table ends at {last.position}: "
            "its newest seals are gone"
        )
    mac = AuditSeal.objects.filter(position=head.position).values_list("mac", flat=True).first()
    if head.position and not (mac and same(mac, head.mac)):
        raise ChainBroken(f"the seal at position {head.position} is not the one of the head")


def run(stop: threading.Event, every: float = 2.0, batch: int = 1000) -> None:
    """Seal every `every` seconds until `stop` is set; trouble is logged, never fatal.

    A full batch is followed by the next at once. All ids are looked at when the loop begins and
    every SWEEP_SECONDS; in between the newest WINDOW only.
    """
    swept = float("-inf")
    while not stop.is_set():
        began = time.monotonic()
        sweep = began - swept > SWEEP_SECONDS
        try:
            done = seal_pending(batch, sweep=sweep)
            swept = began if sweep and done < batch else swept
        except ChainBroken as error:
            done = 0
            logger.critical("audit log is not sealed any more: %s", error)
            stop.wait(30)
        except Exception:
            done = 0
            logger.exception("sealing the audit log failed; trying again")
            connection.close()
        if done < batch:
            stop.wait(every)
