"""The first administrator, from an address to a password."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from foundation.audit import sentence
from foundation.audit.models import AuditEvent
from foundation.notifications.models import SecurityMail

pytestmark = pytest.mark.django_db
ADDRESS = "first@portal.example"


def run(address: str = ADDRESS) -> str:
    out = StringIO()
    call_command("first_admin", address, stdout=out)
    return out.getvalue()


def test_first_admin_makes_an_account_and_says_how_to_go_on() -> None:
    said = run(" First@Portal.example ")
    user = User.objects.get()
    assert user.email == ADDRESS
    assert user.has_role("administrator")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert reverse("account_reset_password") in said
    event = AuditEvent.objects.get()
    assert (event.object_id, event.actor_id) == (str(user.pk), "operator")
    assert "Administrator" in sentence(event)


def test_first_admin_twice_changes_nothing_more() -> None:
    run()
    assert "before" in run()
    assert (User.objects.count(), RoleGrant.objects.count(), EmailAddress.objects.count()) == (
        1,
        1,
        1,
    )
    assert AuditEvent.objects.count() == 1


def test_first_admin_finds_an_account_that_is_there() -> None:
    user = User.objects.create_user(ADDRESS, "a-long-enough-secret")
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=False)
    run()
    user = User.objects.get()
    assert user.has_role("administrator")
    assert user.check_password("a-long-enough-secret")
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "two words@portal.example"])
def test_first_admin_without_an_address_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        run(address)
    assert not User.objects.exists()


def test_first_admin_of_a_closed_account_is_refused() -> None:
    User.objects.create_user(ADDRESS, is_active=False)
    with pytest.raises(CommandError, match="closed"):
        run()
    assert not RoleGrant.objects.exists()


def test_first_admin_gets_a_password_by_code() -> None:
    run()
    client = Client()
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    codes = re.findall(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", SecurityMail.objects.get().body)
    assert codes
    answer = client.post(
        reverse("account_confirm_password_reset_code"), {"code": codes[0]}, follow=True
    )
    secret = "quite-a-long-secret-41"
    client.post(answer.request["PATH_INFO"], {"password1": secret, "password2": secret})
    assert User.objects.get().check_password(secret)
