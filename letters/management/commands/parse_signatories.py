"""`manage.py parse_signatories FILE`: reads the signatories of a letter or of a list. No database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters.reading import signatories_of_file
from letters.signatories import ParsedSignatory


class Command(BaseCommand):
    help = "Reads signatory lines from a whole letter or from a bare list (text or CSV)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a letter or a list of signatories")
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = signatories_of_file(options["file"])
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}") from error
        if options["format"] == "json":
            rows = [signatory.as_dict() for signatory in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for number, signatory in enumerate(found, start=1):
            self.stdout.write(f"{number}. {_sentence(signatory)}")


def _sentence(signatory: ParsedSignatory) -> str:
    """Return one line that shows what was understood, fields parted by a middle dot."""
    name = " ".join(part for part in (signatory.honorific, signatory.person) if part)
    acronym = f"({signatory.acronym})" if signatory.acronym else ""
    body = " ".join(part for part in (signatory.organization, acronym) if part)
    place = signatory.place_as_stated or ""
    codes = "/".join(signatory.countries)
    fields = [signatory.kind, name, signatory.role, body, place, codes]
    line = " · ".join(field for field in fields if field)
    doubts = "; ".join(signatory.notes)
    return f"{line} · {signatory.confidence:.2f}" + (f" · {doubts}" if doubts else "")
