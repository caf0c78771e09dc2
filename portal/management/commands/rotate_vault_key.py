"""`manage.py rotate_vault_key`: a new key for the names that are not public."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.errors import OperationError
from portal.operations.rotating import Outcome, drop_old, rotate

SHOWN = 20


class Command(BaseCommand):
    """Safe to stop, to repeat, and to run while people sign."""

    help = (
        "Makes a new key of the vault and encrypts names and documents under it; goes on where an "
        "earlier run was stopped. --drop-old then takes the old keys out of use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --drop-old and the size of a batch."""
        parser.add_argument(
            "--drop-old", action="store_true", help="take out the keys under which nothing lies"
        )
        parser.add_argument(
            "--new-key", action="store_true", help="make a new key although an older one is in use"
        )
        parser.add_argument(
            "--batch", type=int, default=100, help="rows in one transaction (default 100)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate or drop, and say what is left."""
        try:
            if options["drop_old"]:
                self._say(f"Out of use: {', '.join(drop_old(self._say))}.")
                return
            batch = max(1, options["batch"])
            outcome = rotate(self._say, batch=batch, new_key=options["new_key"])
        except OperationError as error:
            raise CommandError(f"Stopped: {error}") from error
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        self._say(f"Encrypted anew: {outcome.closed}.")
        for broken in outcome.broken[:SHOWN]:
            self.stderr.write(f"Stays shut: {broken.place}, {broken.row}. {broken.why}")
        if outcome.left:
            for key, count in sorted(outcome.left.items()):
                self._say(f"Left under {key or 'no key'}: {count}.")
            raise CommandError(
                f"{outcome.left.total()} are left ({len(outcome.broken)} could not be opened). "
                "Keep the old keys, and run this again."
            )
        self._say("Nothing is left under older keys. After ten minutes --drop-old takes them out.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
