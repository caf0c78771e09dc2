"""`manage.py check_mail TO`: does the mail server take a message from us?"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.notifications.answers import Outcome
from foundation.notifications.delivery import Courier, Envelope


class Command(BaseCommand):
    """Send one message now, past outbox and relay, and print what the server said."""

    help = "Sends a test mail to TO with the settings of this portal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the address."""
        parser.add_argument("to", metavar="TO", help="the address")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        """Send; CommandError (exit code 1) if the server did not take it."""
        envelope = Envelope(f"check:{uuid.uuid4()}", to, "Test", "The mail of the portal works.")
        with Courier() as courier:
            answer = courier.send(envelope)
        if answer.outcome is not Outcome.SENT:
            raise CommandError(f"Not sent: {answer.code}.")
        self.stdout.write("Sent.")
