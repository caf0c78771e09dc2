"""`manage.py forget`: what would be emptied tonight; with `--now`, empty it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.confidentiality.forgetting import jobs
from portal.operations.forgetting import forget_all


class Command(BaseCommand):
    """Shows the jobs of retention and what is due; a dry run unless told otherwise."""

    help = "Shows what the nightly jobs of retention would empty, and what a legal hold keeps."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --now; --dry-run says what is done without it."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--dry-run", action="store_true", help="only count (as without it)")
        which.add_argument("--now", action="store_true", help="empty it now, not tonight")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each job."""
        for job in jobs():
            due, held = job.count()
            self.stdout.write(f"{job.name}: {due} due, {held} kept by a legal hold. {job.says}")
        if not options["now"]:
            self.stdout.write("Nothing was changed. It is done at night, or with --now.")
            return
        for name, rows in forget_all().items():
            self.stdout.write(f"{name}: {rows} emptied.")
