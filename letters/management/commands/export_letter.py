"""`manage.py export_letter REF --output FILE`: the same sealed file as the button hands out.

The command takes the document's lease like a worker: where one renders it already, it waits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.audit.recording import record
from foundation.documents import store
from foundation.documents.workshop import NotMade, render_now
from foundation.workflow import Refused
from letters.actions.exporting import EXPORTER, request_copy
from letters.documents import COPIES
from letters.models import Letter


class Command(BaseCommand):
    """Write the sealed letter to a file."""

    help = "Write the sealed PDF of a letter to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the reference, the file, and which copy."""
        parser.add_argument("reference")
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument(
            "--copy", choices=[*COPIES, "main"], default="main", help="main: with every name"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the document if it is not there, and copy it."""
        letters = Letter.objects.visible_to(EXPORTER).select_related("frozen")
        letter = letters.filter(reference=options["reference"].strip().upper()).first()
        if letter is None:
            raise CommandError(f"There is no letter {options['reference']}.")
        try:
            document = request_copy(letter=letter, copy=options["copy"], by=EXPORTER)
            data = store.read(render_now(document))
        except (NotMade, Refused) as error:
            raise CommandError(str(error)) from error
        options["output"].write_bytes(data)
        record("letters.exported", letter, by=EXPORTER, document=document.pk)
        self.stdout.write(f"{len(data)} bytes written to {options['output']}")
