"""`manage.py demo --size medium|large`: invented rows by the thousand, the same for the same seed.

What the actions would have written is written here by COPY, with its past: rows, through tables,
what is searched, and the audit events, sealed afterwards by the log's own sealer. No notices and
no mails: nobody waits for what was said years ago.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from demo.filling.audit import Log, seal_everything
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.letters import Letters
from demo.filling.meetings import Meetings
from demo.filling.organizations import Registrations
from demo.filling.people import DEMO, People
from demo.filling.recommendations import Asks
from foundation.audit.models import AuditEvent
from foundation.audit.recording import record
from letters.models import Letter
from meetings.models import Meeting
from organizations.models import Expert, Organization
from recommendations.models import Recommendation

LOCK = 0x64656D6F  # advisory lock of PostgreSQL: "demo"
FILLED = "demo.filled"
Say = Callable[[str], object]
WHY = "codes are drawn that nothing has, whoever may see it"


@dataclass(frozen=True)
class Size:
    """How much is made; the asks of letters come to the recommendations, networks to the rest."""

    recommendations: int
    organizations: int
    letters: int

    @property
    def experts(self) -> int:
        """One expert for ten organizations."""
        return self.organizations // 10

    @property
    def meetings(self) -> int:
        """As many as letters."""
        return self.letters


SIZES = {"medium": Size(5_000, 500, 30), "large": Size(100_000, 5_000, 300)}


class FilledAlready(Exception):
    """Bulk data of a size are there already; the text says which."""


def fill(
    size: Size, *, seed: int = 1, today: date | None = None, say: Say = print, seals: bool = True
) -> None:
    """Add invented rows of `size`, all or none, and seal their events (else the sealer will).

    The same seed on the same `today` (UTC; default: the day it is) gives the same ids, references,
    texts and dates. A second call with another seed adds as much again.
    """
    with transaction.atomic():
        tables = insert(size, seed=seed, today=today or timezone.now().date(), say=say)
    if seals:
        say(f"Sealed: {seal_everything(say):,} events.")
    settle(tables)


def fill_once(name: str, *, seed: int = 1, today: date | None = None, say: Say = print) -> None:
    """Add the size of that name, once a database: FilledAlready where one is there.

    Stopped before the end it leaves no row; stopped while sealing, the sealer goes on.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        before = AuditEvent.objects.filter(action=FILLED).first()
        if before is not None:
            raise FilledAlready(f"{before.facts['size']}, seed {before.facts['seed']}")
        tables = insert(SIZES[name], seed=seed, today=today or timezone.now().date(), say=say)
        record(FILLED, None, by=DEMO, size=name, seed=seed)
    say(f"Sealed: {seal_everything(say):,} events.")
    settle(tables)


def insert(size: Size, *, seed: int, today: date, say: Say) -> list[str]:
    """Write the rows, unsealed, in the caller's transaction; return the names of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    copier, draw = Copier(), Draw(seed, today, _taken())
    log = Log(copier)
    people = People(draw, copier, log)
    staff = people.staff()
    registrations = Registrations(draw, copier, log, people, staff)
    registrations.make(size.organizations, size.experts)
    say(f"Organizations: {size.organizations:,}, experts: {size.experts:,}.")
    asks = Asks(draw, copier, log, staff, registrations.senders)
    asks.make(size.recommendations, say)
    say(f"Recommendations: {size.recommendations:,}.")
    letters = Letters(draw, copier, log, people, staff, registrations, asks.world)
    letters.make(size.letters)
    say(f"Letters: {size.letters:,}.")
    meetings = Meetings(asks.world, registrations.present, letters.circles, asks.by_sender)
    meetings.make(size.meetings)
    say(f"Meetings: {size.meetings:,}.")
    copier.flush()
    log.settle()
    say(f"Rows: {sum(copier.counts.values()):,}; checking and keeping them.")
    return list(copier.counts)


def settle(tables: list[str]) -> None:
    """Let the planner know the new rows, and index-only scans trust them (as autovacuum would)."""
    if connection.in_atomic_block:
        return  # a test's transaction
    known = set(connection.introspection.table_names()) & set(tables)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for table in sorted(known | {"audit_event", "audit_seal"}):
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(table)}")
        cursor.execute("RESET statement_timeout")


def _taken() -> set[str]:
    models = (Organization, Expert, Recommendation, Letter, Meeting)
    rows = (model.objects.unguarded(WHY).values_list("reference", flat=True) for model in models)
    return {reference for one in rows for reference in one}
