"""`manage.py backup DIR`: database, files and certificates, with a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.backing_up import back_up
from portal.operations.copying import human
from portal.operations.errors import OperationError


class Command(BaseCommand):
    """Writes a backup; the portal may run meanwhile."""

    help = "Writes database and files into DIR (new or empty), with a manifest of hashes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take DIR."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, and say what must be kept elsewhere."""
        folder: Path = options["folder"]
        try:
            manifest = back_up(folder, self._say)
        except OperationError as error:
            raise CommandError(f"No backup was made: {error}") from error
        self._say(f"Backup complete: {folder}, {human(manifest.size)}.")
        self._say("The keys are NOT in it; keep these apart from it, you need them to restore:")
        for name, fingerprint in manifest.keys.items():
            self._say(f"  {name:<19} fingerprint {fingerprint}")
        self._say("  and the folder of the seal (SEAL_DIR).")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
