"""Say whether a file is ours and unchanged; the exit code says it as well."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from foundation.documents.models import Document
from foundation.documents.provider import seal_provider
from foundation.documents.verification import verify


class Command(BaseCommand):
    """`manage.py verify_pdf FILE`: exit code 0 for ours and unchanged, 1 otherwise."""

    help = "Say whether FILE was sealed by this portal and is unchanged (exit code 0), or not (1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the PDF to look at")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(why)s") % {"why": error.strerror}
            ) from error
        verdict = verify(data, known_hash, seal_provider().known())
        self.stdout.write(" ".join([verdict.sentence, verdict.advice]))
        if verdict.reference:
            self.stdout.write(_("Reference: %(reference)s") % {"reference": verdict.reference})
        if verdict.certificate:
            self.stdout.write(_("Certificate: %(print)s") % {"print": verdict.certificate})
        if not verdict.unchanged:
            sys.exit(1)


def known_hash(file_hash: str) -> str | None:
    """As on the verify page; without a database only the seal itself is looked at."""
    try:
        return Document.objects.reference_of(file_hash)
    except (DatabaseError, InterfaceError):
        return None
