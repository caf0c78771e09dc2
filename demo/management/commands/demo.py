"""`manage.py demo`: loads the demo data; `--sign-ins` prints who can sign in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.cast import BUTTONS, PASSWORD


class Command(BaseCommand):
    """Load the demo data. Safe to repeat: what is there already is left alone."""

    help = "Load the invented data of the demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --sign-ins."""
        parser.add_argument("--sign-ins", action="store_true", help="print the sign-ins only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or print; CommandError outside the demo's settings."""
        if not getattr(settings, "DEMO", False):
            raise CommandError("the demo data belong to the demo: portal.settings.demo")
        if options["sign_ins"]:
            for person in BUTTONS:
                self.stdout.write(f"{person.box}: {person.email}")
            self.stdout.write(f"password of each: {PASSWORD}")
            return
        from demo.data import load  # it brings the renderer, which takes seconds

        load(say=self.stdout.write)
