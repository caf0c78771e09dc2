"""`manage.py verify_audit`: is the log what was written?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from foundation.audit.verifying import Report, verify


class Command(BaseCommand):
    """Checks the whole chain; exit status 0 when it holds, 1 when it does not."""

    help = "Checks every seal of the audit log, its head and its triggers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --head."""
        parser.add_argument("--head", type=Path, help="compare with this head file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found, in sentences."""
        report = verify(options["head"])
        for sentence in report.problems:
            self.stderr.write(self.style.ERROR(sentence))
        if report.found > len(report.problems):
            self.stderr.write(f"… and {report.found - len(report.problems)} more.")
        self.stdout.write(f"Sealed events checked: {report.sealed}.")
        self.stdout.write(_waiting(report))
        if report.head is not None:
            newer = max(0, report.sealed - report.head.position)
            self.stdout.write(
                f"Head outside the database: position {report.head.position}"
                f" of {report.head.written_at}" + (f"; {newer} seals are newer." if newer else ".")
            )
        if not report.holds:
            self.stderr.write(
                self.style.ERROR(f"The chain does NOT hold: {report.found} findings.")
            )
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS("The chain holds."))


def _waiting(report: Report) -> str:
    if not report.waiting or report.waiting_since is None:
        return "Waiting for their seal: none."
    age = (timezone.now() - report.waiting_since).total_seconds()
    return f"Waiting for their seal: {report.waiting}, the oldest for {max(age, 0):.0f} s."
