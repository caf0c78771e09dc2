"""`manage.py first_admin EMAIL`: the person who can give everybody else their roles."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from accounts.actions import give_role
from accounts.enums import StaffRole
from accounts.models import User
from portal.operations.backing_up import OPERATOR

REASON = "Named on the machine's own console (manage.py first_admin)."


class Command(BaseCommand):
    """Makes or finds an account and makes it an administrator. Safe to run twice."""

    help = "Makes EMAIL an administrator; the account is made where there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take EMAIL."""
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant the role, and say how to get a password."""
        email = str(options["email"]).strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address.") from error
        made, granted = make_administrator(email)
        self.stdout.write("The account was made." if made else "The account exists already.")
        self.stdout.write(
            "It is an administrator now." if granted else "It was an administrator before."
        )
        self.stdout.write(
            f"To choose a password, open {settings.SITE_URL}{reverse('account_reset_password')} "
            "and ask for a code; it comes by mail (`manage.py check_mail` tries the mail server)."
        )
        if settings.STAFF_NEED_SECOND_FACTOR:
            self.stdout.write("At the first sign-in a second factor is set up.")


@transaction.atomic
def make_administrator(email: str) -> tuple[bool, bool]:
    """Return (account was made now, role was granted now) for this address.

    The address counts as confirmed: an operator of the machine vouches for it. An account that
    was closed raises CommandError: opening it again is a decision of its own.
    """
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    made = user is None
    if user is None:
        user = User.objects.create_user(email)
    if not user.is_active:
        raise CommandError("This account is closed.")
    address, _ = EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"primary": True, "verified": True}
    )
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    granted = not user.has_role(StaffRole.ADMINISTRATOR)
    if granted:
        give_role(user=user, role=StaffRole.ADMINISTRATOR, reason=REASON, by=OPERATOR)
    return made, granted
