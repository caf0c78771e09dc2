"""`manage.py seal_audit`: chain what was written, every two seconds until told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.audit.chain import ChainBroken
from foundation.audit.sealing import run, seal_pending


class Command(BaseCommand):
    """Runs the sealer. Any number may run; they take turns."""

    help = "Chains new events of the audit log until SIGTERM; --once: what waits now, then ends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --once, --every and --accept-head."""
        parser.add_argument("--once", action="store_true", help="seal what waits now and end")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between looks")
        parser.add_argument(
            "--accept-head",
            action="store_true",
            help="go on from the table although the head file is gone or ahead; recorded",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal once or until a signal comes. Ends with 1 when the chain is broken (--once)."""
        if options["once"] or options["accept_head"]:
            self._once(accept_head=options["accept_head"])
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            # In a thread: the handler runs inside `stop.wait()` and must not want the same lock.
            signal.signal(name, lambda *_: threading.Thread(target=stop.set).start())
        run(stop, every=options["every"])

    def _once(self, accept_head: bool) -> None:
        total = 0
        try:
            while done := seal_pending(accept_head=accept_head):
                total += done
                accept_head = False
        except ChainBroken as error:
            raise CommandError(f"Nothing was sealed: {error}. See docs/audit.md.") from error
        self.stdout.write(f"Sealed: {total}.")
