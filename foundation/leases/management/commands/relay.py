"""`manage.py relay`: hand due work to its workers until told to stop."""

from __future__ import annotations

import signal
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.leases import relay


class Command(BaseCommand):
    """Run the relay; SIGTERM and Ctrl-C end it within a second."""

    help = "Hands due work (mails, documents) to its workers; sends security mails itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`."""
        parser.add_argument(
            "--once", action="store_true", help="hand over what is due now, then end"
        )

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Run until a signal, or once."""
        if once:
            self.stdout.write(f"{relay.run_once()} handed over")
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            # In a thread: the handler runs inside `stop.wait()` and must not want the same lock.
            signal.signal(number, lambda *_: Thread(target=stop.set).start())
        self.stdout.write("The relay is running.")
        relay.run(stop)
        self.stdout.write("The relay has stopped.")
