"""A second address, a change of address: confirmed by code, never taken from somebody else."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.people import PASSWORD, code_in, confirm_again, last_mail, person, sign_in

pytestmark = pytest.mark.django_db
NEW = "new.place@portal.example"


def add(client: Client, email: str) -> HttpResponse:
    confirm_again(client)
    return client.post(reverse("account_email"), {"action_add": "", "email": email})


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def make_primary(client: Client, email: str) -> HttpResponse:
    return client.post(reverse("account_email"), {"action_primary": "", "email": email})


def test_a_new_address_counts_once_its_code_was_typed() -> None:
    user = person()
    client = sign_in(user)
    add(client, NEW)
    make_primary(client, NEW)
    user.refresh_from_db()
    assert user.email == "amina@portal.example"
    add(client, NEW)
    type_code(client, code_in(last_mail()))
    make_primary(client, NEW)
    user.refresh_from_db()
    assert user.email == NEW
    assert sign_in(user)


def test_adding_a_known_address_tells_nothing_of_its_account() -> None:
    person("noor")
    client = sign_in(person("amina"))
    seen = set()
    for email in ("noor@portal.example", NEW):
        answer = add(client, email)
        seen.add((answer.status_code, answer.headers.get("Location")))
    assert len(seen) == 1


def test_an_address_that_somebody_began_to_register_goes_to_who_confirms_it() -> None:
    """Amina adds it, Noor signs up with it before Amina typed her code. Nothing breaks: who reads
    the mails has the address, the other account waits for a code that never comes."""
    amina = person("amina")
    client = sign_in(amina)
    add(client, NEW)
    code = code_in(last_mail())
    Client().post(reverse("account_signup"), {"email": NEW, "password1": PASSWORD})
    answer = type_code(client, code)
    assert answer.status_code in (200, 302)
    answer = make_primary(client, NEW)
    assert answer.status_code in (200, 302)
    assert EmailAddress.objects.filter(email=NEW, verified=True).count() <= 1
    assert User.objects.filter(email=NEW).count() <= 1
