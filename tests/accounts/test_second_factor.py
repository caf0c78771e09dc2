"""The second step of sign-in: staff must have it, its secret is not readable in the database."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.adapters import MFAAdapter
from accounts.enums import StaffRole
from accounts.models import User
from tests.accounts.people import PASSWORD, confirm_again, is_signed_in, person, sign_in, totp

pytestmark = pytest.mark.django_db
ACTIVATE = "mfa_activate_totp"


def activate(client: Client) -> str:
    """Set up the second step through the pages and return its secret."""
    confirm_again(client)
    page = client.get(reverse(ACTIVATE))
    assert page.status_code == 200
    secret = re.search(r"\b([A-Z2-7]{32})\b", page.content.decode())
    assert secret, page.content.decode()
    answer = client.post(reverse(ACTIVATE), {"code": totp(secret[1])})
    assert answer.status_code == 302, answer.content.decode()
    return secret[1]


@pytest.fixture
def officer() -> User:
    """Return an engagement officer."""
    return person("officer", StaffRole.ENGAGEMENT_OFFICER)


@pytest.mark.parametrize("role", list(StaffRole))
def test_staff_without_a_second_step_are_led_to_set_it_up(role: StaffRole) -> None:
    client = sign_in(person("staff", role))
    for path in ("/", reverse("accounts:preferences"), "/admin/", "/health/"):
        answer = client.get(path)
        if path == "/health/":
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer["Location"]) == (302, reverse(ACTIVATE))


def test_other_people_are_not(officer: User) -> None:
    """The positive control."""
    assert is_signed_in(sign_in(person("amina")))


def test_the_demo_does_without(officer: User, settings: object) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False  # type: ignore[attr-defined]
    assert is_signed_in(sign_in(officer))


def test_with_a_second_step_staff_come_in_by_password_and_code(officer: User) -> None:
    secret = activate(sign_in(officer))
    client = sign_in(officer)
    assert not is_signed_in(client), "the password alone opens nothing"
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": totp(secret, step=1)})
    assert answer.status_code == 302, answer.content.decode()
    assert is_signed_in(client)


def test_a_recovery_code_opens_once(officer: User) -> None:
    activate(sign_in(officer))
    keeper = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES)
    code = keeper.wrap().get_unused_codes()[0]
    client = sign_in(officer)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    again = sign_in(officer)
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(again)


def test_neither_secret_nor_recovery_seed_lies_readable_in_the_database(officer: User) -> None:
    secret = activate(sign_in(officer))
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator ORDER BY type")
        stored = dict(cursor.fetchall())
    assert set(stored) == {"totp", "recovery_codes"}
    assert secret not in stored["totp"]
    box = MFAAdapter()
    for row in Authenticator.objects.filter(user=officer):
        sealed = row.data["secret" if row.type == "totp" else "seed"]
        assert sealed.startswith("gAAAA"), "a Fernet token"
        assert box.decrypt(sealed) not in stored[row.type]


def test_another_key_does_not_open_the_secret(settings: object) -> None:
    sealed = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    assert MFAAdapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    settings.DATA_KEY = "another key of more than thirty-two characters"  # type: ignore[attr-defined]
    with pytest.raises(InvalidToken):
        MFAAdapter().decrypt(sealed)


def test_switching_the_second_step_off_asks_for_the_password_again(officer: User) -> None:
    client = sign_in(officer)
    activate(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "reauthenticate" in answer["Location"]
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_wrong_codes_are_limited(officer: User) -> None:
    secret = activate(sign_in(officer))
    client = sign_in(officer)
    for _try in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": totp(secret, step=1)})
    assert not is_signed_in(client)


def test_the_password_of_the_tests_is_hashed(officer: User) -> None:
    assert PASSWORD not in officer.password
