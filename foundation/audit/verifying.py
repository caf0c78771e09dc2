"""Reads the whole chain again and says what does not fit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.audit.chain import COLUMNS, START, ChainBroken, Key, keys, same
from foundation.audit.head import Head, head_file, read_head
from foundation.audit.models import AuditSeal
from foundation.audit.sealing import LOWEST, UNSEALED

PAGE = 5000
MOST_SENTENCES = 50
TRIGGERS = 4


@dataclass
class Report:
    """What `verify` found. `problems` are sentences for people; empty means the chain holds."""

    sealed: int = 0
    waiting: int = 0
    waiting_since: datetime.datetime | None = None
    head: Head | None = None
    problems: list[str] = field(default_factory=list)
    found: int = 0  # problems in all; `problems` keeps the first MOST_SENTENCES

    @property
    def holds(self) -> bool:
        """Tell whether nothing was found."""
        return not self.found

    def say(self, sentence: str) -> None:
        """Add a problem."""
        self.found += 1
        if self.found <= MOST_SENTENCES:
            self.problems.append(sentence)


def verify(head_path: Path | None = None) -> Report:
    """Check every seal against its event, the head and the triggers; nothing is written.

    `head_path` is another head to compare with, for example one that was kept elsewhere. Finds
    each single edited, deleted or swapped row of both tables, the last one included, as far as
    it was sealed; what waits for its seal is counted, not judged.
    """
    report = Report()
    head_path = head_path or head_file()
    try:
        report.head = read_head(head_path)  # before the table: it is never ahead of it
    except ChainBroken as error:
        report.say(str(error))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        _walk(report)
        _compare_head(report, head_path)
        _look_at_triggers(report, cursor)
        # Of an event under a pseudonym only the day is known: it does not tell since when it waits.
        since = "coalesce(min(e.at) FILTER (WHERE e.actor_kind <> 'pseudonym'), now())"
        cursor.execute(f"SELECT count(*), {since} {UNSEALED}", [LOWEST])
        report.waiting, report.waiting_since = cursor.fetchone()
    return report


def _rows() -> Iterator[tuple[Any, ...]]:
    """Yield (position, event_id, mac, *COLUMNS of the event or Nones) in the chain's order."""
    position = None
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT s.position, s.event_id, s.mac, {COLUMNS} FROM audit_seal s"  # noqa: S608
                " LEFT JOIN audit_event e ON e.id = s.event_id"
                " WHERE %s::bigint IS NULL OR s.position > %s ORDER BY s.position LIMIT %s",
                [position, position, PAGE],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            yield from rows
            position = rows[-1][0]


def _walk(report: Report) -> None:
    ring = keys()  # oldest first; a newer key never gives way to an older one again
    expected, before = 1, START
    for position, event_id, mac, *event in _rows():
        report.sealed += 1
        gap = position != expected
        if gap:
            report.say(
                _("Seals are missing before position %(position)s (expected %(expected)s).")
                % {"position": position, "expected": expected}
            )
        if event[0] is None:
            report.say(
                _("Event %(event)s (position %(position)s) was deleted.")
                % {"event": event_id, "position": position}
            )
        elif not gap:
            ring, fits = _fits(ring, position, before, event, mac)
            if not fits:
                report.say(
                    _("Position %(position)s does not fit: event %(event)s, its seal or the seal "
                      "before it was changed.") % {"position": position, "event": event_id}
                )  # fmt: skip
        expected, before = position + 1, mac


def _fits(
    ring: tuple[Key, ...], position: int, before: str, event: list[Any], mac: str
) -> tuple[tuple[Key, ...], bool]:
    """Return the keys still allowed, and whether one of them gives `mac`."""
    for number, key in enumerate(ring):
        if same(key.mac(position, before, event), mac):
            return ring[number:], True
    return ring, False


def _compare_head(report: Report, path: Path) -> None:
    head = report.head
    if head is None:
        if report.sealed and not report.found:
            report.say(_("The head of the chain is missing: %(file)s.") % {"file": path})
        return
    if head.position == 0:
        return
    mac = AuditSeal.objects.filter(position=head.position).values_list("mac", flat=True).first()
    if mac is None:
        report.say(
            _("The chain was cut: its head outside the database stands at position %(position)s, "
              "which is not in the table.") % {"position": head.position}
        )  # fmt: skip
    elif not same(mac, head.mac):
        report.say(
            _("The seal at position %(position)s is not the one of the head outside the database.")
            % {"position": head.position}
        )


def _look_at_triggers(report: Report, cursor: Any) -> None:
    cursor.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('audit_event'::regclass,"
        " 'audit_seal'::regclass) AND tgfoid = 'audit_refuse'::regproc"
        " AND tgenabled IN ('O', 'A')"
    )
    (standing,) = cursor.fetchone()
    if standing < TRIGGERS:
        report.say(
            _("Only %(standing)s of %(all)s triggers that protect the log are in force.")
            % {"standing": standing, "all": TRIGGERS}
        )
