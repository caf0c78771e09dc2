"""`manage.py restore DIR`: a backup back into an empty portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.operations.errors import OperationError
from portal.operations.restoring import Permissions, restore


class Command(BaseCommand):
    """Restores; everything is checked before anything is touched."""

    help = "Puts the backup in DIR into an empty database and an empty folder of files."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take DIR and what the operator allows."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--force-empty",
            action="store_true",
            help="drop all tables of the database and move the present files aside",
        )
        parser.add_argument(
            "--accept-loss",
            action="store_true",
            help="restore although the audit log here is newer than the backup",
        )
        parser.add_argument(
            "--other-keys", action="store_true", help="restore although the keys are others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, verify the audit chain, and say what remains to be done."""
        allowed = Permissions(options["force_empty"], options["accept_loss"], options["other_keys"])
        try:
            report = restore(options["folder"], allowed, self._say)
        except OperationError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("The backup is older than this version: run `manage.py migrate` next.")
        if not report.holds:
            for sentence in report.problems:
                self.stderr.write(self.style.ERROR(sentence))
            raise CommandError("Restored, but the audit chain does NOT hold. See docs/audit.md.")
        self._say(f"Restored. The audit chain holds: {report.sealed} sealed events.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
