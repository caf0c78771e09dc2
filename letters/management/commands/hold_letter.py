"""`manage.py hold_letter REFERENCE`: keep what belongs to a letter, or lift the hold again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from foundation.confidentiality import SystemActor
from foundation.workflow import Refused
from letters.actions import lift_hold, place_hold
from letters.models import Letter

OPERATOR = SystemActor("operator")


class Command(BaseCommand):
    """Places or lifts a legal hold. On record, with who ordered it."""

    help = "Keeps all that belongs to the letter from being forgotten (legal hold), or ends that."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the letter, who ordered it, and the reason or --lift."""
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("--ordered-by", required=True, metavar="EMAIL", help="of an approver")
        parser.add_argument("--reason", default="", help="why; kept on record")
        parser.add_argument("--lift", action="store_true", help="end the hold")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say so."""
        letter = Letter.objects.visible_to(OPERATOR).filter(reference=options["reference"]).first()
        person = User.objects.filter(email__iexact=options["ordered_by"]).first()
        if letter is None or person is None:
            raise CommandError("There is no such letter, or nobody with this address.")
        if not options["lift"] and not options["reason"].strip():
            raise CommandError("Say why with --reason, or end the hold with --lift.")
        order = {"letter": letter, "ordered_by": person, "by": OPERATOR}
        try:
            if options["lift"]:
                lift_hold(**order)
            else:
                place_hold(reason=options["reason"].strip()[:300], **order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The hold was lifted." if options["lift"] else "The letter is held.")
