"""The accounts of the demo: addresses confirmed, staff roles given by the system."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.actions import give_role
from accounts.models import User
from demo.cast import DEMO, EVERYONE, PASSWORD, Person


def load_people() -> None:
    """Make every account that is not there yet."""
    known = set(User.objects.values_list("email", flat=True))
    missing = [person for person in EVERYONE if person.email not in known]
    if missing:
        hashed = make_password(PASSWORD)  # once: hashing is slow on purpose
        for person in missing:
            make(person, hashed)


@transaction.atomic
def make(person: Person, hashed: str) -> User:
    """Return a new account with a confirmed address and its staff roles."""
    user = User.objects.create(
        email=person.email,
        password=hashed,
        name=person.name,
        language=person.language,
        time_zone=person.zone,
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for role in person.roles:
        give_role(user=user, role=role, reason="Part of the demo.", by=DEMO)
    return user


def account(box: str) -> User:
    """Return the account of the cast with this box."""
    person = next(one for one in EVERYONE if one.box == box)
    return User.objects.get(email=person.email)
