"""Make the key and certificate of the seal, once; with --rotate make new ones."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from foundation.documents.keys import certificate_fingerprint
from foundation.documents.provider import seal_provider


class Command(BaseCommand):
    """`manage.py make_keys [--rotate]`: safe to run by several processes at once, and again."""

    help = "Make the key and certificate that seal documents, if there are none yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="seal with a new certificate from now on; the earlier ones stay known",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        provider = seal_provider()
        identity = provider.rotate() if options["rotate"] else provider.identity()
        self.stdout.write(
            _("Documents are sealed with the certificate %(fingerprint)s")
            % {"fingerprint": certificate_fingerprint(identity.certificate)}
        )
