"""`manage.py import_letter FILE --coordinator EMAIL`: bring a letter in from a text file.

By default the letter *was already sent*: it is filed closed and marked "imported". With `--open`
it is still collecting: a draft whose names wait for review in the browser. What could not be
known is reported; the reference stands alone on the last line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation.confidentiality import Level
from foundation.web.fields import clean_text
from foundation.workflow import Refused
from letters.actions import bring_in, commit_batch, file_as_sent
from letters.enums import Intent
from letters.forms.choices import ENTERED_MODES, plain
from letters.models import BatchLine, Letter, SignatoryBatch
from letters.presenters import question_sentence
from organizations.models import Network

MODES = {mode.value: mode for mode in ENTERED_MODES}
LEVELS = {"office": Level.OFFICE, "public": Level.PUBLIC}


class Command(BaseCommand):
    """Bring a letter in."""

    help = "Bring a letter in from a plain text file or a saved web page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, the coordinator, and the one question that decides."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--coordinator", required=True, help="e-mail address of the account")
        parser.add_argument("--network", default="", help="its name, where one has several")
        parser.add_argument("--open", action="store_true", help="still collecting: leave a draft")
        parser.add_argument(
            "--names", choices=MODES, default="office", help="who may see the names"
        )
        parser.add_argument("--letter", choices=LEVELS, default="office", help="who may read it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the letter in; CommandError with a sentence where it cannot be done."""
        coordinator = self._coordinator(options["coordinator"])
        network = self._network(coordinator, options["network"])
        text = self._text(options["file"])
        try:
            with transaction.atomic():
                letter = self._bring_in(text, coordinator, network, options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(letter.reference)

    def _bring_in(self, text: str, by: Any, network: Network, options: dict[str, Any]) -> Letter:
        letter = bring_in(
            text=text,
            network=network,
            by=by,
            intent=Intent.COLLECTING if options["open"] else Intent.SENT,
            level=LEVELS[options["letter"]],
            name_mode=MODES[options["names"]],
        )
        batch = SignatoryBatch.objects.visible_to(by).filter(letter=letter).first()
        self._report(letter, batch, by)
        if options["open"]:
            self.stdout.write("It is a draft now. Review its names and open it in the browser.")
            return letter
        if batch is not None:
            commit_batch(batch=batch, by=by)
        letter = file_as_sent(letter=letter, by=by)
        self.stdout.write("It is filed as already sent: closed, marked “imported”.")
        return letter

    def _report(self, letter: Letter, batch: SignatoryBatch | None, by: Any) -> None:
        """Say what was read, what is in doubt, and what could not be known."""
        lines = list(BatchLine.objects.visible_to(by).filter(batch=batch)) if batch else []
        doubtful = [line for line in lines if line.is_doubtful]
        self.stdout.write(f"Subject: {letter.subject}")
        self.stdout.write(f"Names: {len(lines)}, of them in doubt: {len(doubtful)}")
        for line in doubtful:
            self.stdout.write(f"  look at line {line.position}: {' '.join(line.raw.split())}")
        for question in letter.questions:
            self.stdout.write(f"Not known: {question_sentence(question)}")

    def _coordinator(self, email: str) -> Any:
        user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user

    def _network(self, user: Any, name: str) -> Network:
        networks = list(Network.objects.visible_to(user).coordinated_by(user))
        if name:
            networks = [n for n in networks if name in (n.name, n.acronym, n.printed_name())]
        if not networks:
            raise CommandError("This account coordinates no such network.")
        if len(networks) > 1 and not name:
            names = ", ".join(network.printed_name() for network in networks)
            raise CommandError(f"This account coordinates several networks; say --network: {names}")
        return networks[0]

    def _text(self, path: Path) -> str:
        try:
            return clean_text(plain(path.read_bytes()), lines=True)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
