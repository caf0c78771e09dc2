"""`manage.py demo`: loads the demo data, `--size` as much as wanted; `--sign-ins` prints who can sign in."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.cast import BUTTONS, PASSWORD

MEDIUM_AND_LARGE = ("medium", "large")


class Command(BaseCommand):
    """Load the demo data. Safe to repeat: what is there already is left alone."""

    help = (
        "Load the invented data of the demo: small (every state, by the portal's own actions), "
        "medium (beside it 5,000 recommendations, 500 organizations, 30 letters) or large "
        "(100,000, 5,000, 300; some minutes)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --size, --seed, --today and --sign-ins."""
        parser.add_argument("--size", choices=["small", *MEDIUM_AND_LARGE], default="small")
        parser.add_argument(
            "--seed", type=_seed, default=1, help="the same seed on the same day: the same rows"
        )
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day before which everything happened (YYYY-MM-DD); default: today",
        )
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

        load(say=self._say)
        if options["size"] in MEDIUM_AND_LARGE:
            self._fill(options["size"], options["seed"], options["today"])

    def _fill(self, name: str, seed: int, today: date | None) -> None:
        from demo.data.figures import renew_figures
        from demo.filling import FilledAlready, fill_once

        try:
            fill_once(name, seed=seed, today=today, say=self._say)
        except FilledAlready as error:
            self._say(f"Filled already ({error}): nothing was added.")
        else:
            renew_figures()
            self._say("Figures of the front page: counted anew.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _seed(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1_000_000:
        raise argparse.ArgumentTypeError("a seed is a number from 0 to 999999")
    return number
