"""`manage.py extract_asks REF --from FILE.csv`: make the listed asks of a delivered letter
recommendations, each traced to its paragraph.

The file is CSV in UTF-8 with the columns ref, ask, addressee, action_type, pillar, topics, section.
The whole file is taken or nothing of it. A ref that is there already is left alone, so a second run
makes none. What no list of words could take is kept in the text and listed on standard error. The
number of asks that were made stands alone on the last line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.confidentiality import SystemActor
from foundation.workflow import Refused
from letters.actions import mark_listed
from letters.asks import ListedAsk, WrongTable, read_table
from letters.forms.choices import TEXT_LIMIT, decode
from letters.models import Letter

LISTER = SystemActor("extract_asks")


class Command(BaseCommand):
    """Take the asks of a letter from a list."""

    help = "Make the listed asks of a delivered letter recommendations."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the letter's reference, the file, and who of the Office does it."""
        parser.add_argument("reference")
        parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE.csv")
        parser.add_argument("--by", default="", help="e-mail address of the officer who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark the asks; CommandError with a sentence for each line that is wrong."""
        letter = self._letter(options["reference"])
        rows = self._rows(options["source"])
        try:
            found = mark_listed(letter=letter, rows=rows, by=self._by(options["by"]))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for note in found.notes:
            self.stderr.write(f"kept in the text: {note}")
        if found.known:
            self.stderr.write(f"there already: {', '.join(found.known)}")
        self.stdout.write(str(len(found.made)))

    def _letter(self, reference: str) -> Letter:
        letters = Letter.objects.visible_to(LISTER).filter(reference=reference.strip().upper())
        letter = letters.first()
        if letter is None:
            raise CommandError(f"There is no letter {reference}.")
        if not letter.is_at_the_office:
            raise CommandError(f"{letter.reference} was not delivered: its asks wait until it is.")
        return letter

    def _rows(self, path: Path) -> list[ListedAsk]:
        try:
            data = path.read_bytes()
            if len(data) > TEXT_LIMIT:
                raise CommandError("The file is larger than 1 MB.")
            return read_table(decode(data, guess=False))
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        except WrongTable as error:
            raise CommandError("\n".join(["Nothing was made.", *error.problems])) from error

    def _by(self, email: str) -> Any:
        if not email:
            return LISTER
        user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        return user
