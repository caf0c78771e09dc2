"""Where a person is signed in, and how that ends from elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SignInSession
from accounts.sessions import describe_browser, handle
from accounts.tasks import clear_sessions
from foundation.audit.models import AuditEvent
from tests.accounts.people import PASSWORD, confirm_again, is_signed_in, person, sign_in

pytestmark = pytest.mark.django_db
LIST = "accounts:sessions"
BROWSERS = [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
    (
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
        "Edge, Windows",
    ),
    (
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
        "Chrome, Android",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
        "Safari, iPhone",
    ),
    ("curl/8.0", ""),
    ("", ""),
    ("\u202e<script>" * 1000, ""),
]


@pytest.mark.parametrize(("agent", "words"), BROWSERS)
def test_a_browser_is_described_without_its_version(agent: str, words: str) -> None:
    assert describe_browser(agent) == words


def test_a_session_knows_its_person_and_its_browser() -> None:
    user = person()
    sign_in(user)
    row = SignInSession.objects.get(user=user)
    assert row.browser == "Firefox, Linux"
    assert row.started_at and timezone.now() - row.started_at < timedelta(minutes=1)


def test_the_list_shows_ones_own_sessions_and_no_key() -> None:
    user, other = person("amina"), person("noor")
    here, there = sign_in(user), sign_in(user)
    sign_in(other)
    text = here.get(reverse(LIST)).content.decode()
    assert text.count("Firefox, Linux") == 2
    assert "This device" in text
    for client in (here, there):
        assert client.session.session_key not in text
    assert handle(there.session.session_key) in text
    assert handle(here.session.session_key) not in text, "this one is ended by signing out"


def test_another_device_is_signed_out_from_here() -> None:
    user = person()
    here, there = sign_in(user), sign_in(user)
    path = reverse("accounts:end_session", args=[handle(there.session.session_key)])
    assert here.post(path)["Location"] == reverse(LIST)
    assert not is_signed_in(there)
    assert is_signed_in(here)
    assert AuditEvent.objects.filter(action="accounts.sessions_ended").count() == 1


def test_all_others_are_signed_out_at_once() -> None:
    user = person()
    here, others = sign_in(user), [sign_in(user), sign_in(user)]
    here.post(reverse("accounts:end_other_sessions"))
    assert is_signed_in(here)
    assert not any(is_signed_in(client) for client in others)


def test_nobody_ends_the_session_of_another_person() -> None:
    here, theirs = sign_in(person("amina")), sign_in(person("noor"))
    here.post(reverse("accounts:end_session", args=[handle(theirs.session.session_key)]))
    here.post(reverse("accounts:end_other_sessions"))
    assert is_signed_in(theirs)


def test_ending_sessions_is_no_link() -> None:
    here = sign_in(person())
    assert here.get(reverse("accounts:end_other_sessions")).status_code == 405


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    user = person()
    here, there = sign_in(user), sign_in(user)
    confirm_again(here)
    form = {"oldpassword": PASSWORD, "password1": "eight quiet herons"}
    answer = here.post(reverse("account_change_password"), {**form, "password2": form["password1"]})
    assert answer.status_code == 302, answer.content.decode()
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert user.sessions.count() == 1


def test_a_closed_account_is_signed_out_everywhere() -> None:
    user = person()
    client = sign_in(user)
    user.is_active = False
    user.save()
    assert not is_signed_in(client)


def test_strangers_have_no_list() -> None:
    assert Client().get(reverse(LIST)).status_code == 302


def test_sessions_that_ran_out_are_removed() -> None:
    sign_in(person())
    SignInSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    call_command("clearsessions")
    assert not SignInSession.objects.exists()


def test_the_worker_clears_what_ran_out_and_nothing_else() -> None:
    old, good = sign_in(person("amina")), sign_in(person("noor"))
    SignInSession.objects.filter(session_key=old.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    clear_sessions()
    clear_sessions()
    assert is_signed_in(good)
    assert SignInSession.objects.count() == 1


def test_the_session_changes_its_key_at_sign_in() -> None:
    """Who planted a key beforehand holds nothing afterwards."""
    client = Client()
    client.get(reverse("account_signup"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = planted = session.session_key
    sign_in(person(), client)
    assert client.session.session_key != planted
    assert not SignInSession.objects.filter(session_key=planted).exists()


def test_no_address_is_kept_with_a_session() -> None:
    sign_in(person())
    row = SignInSession.objects.get()
    assert "127.0.0.1" not in str(PlainStore().decode(row.session_data))
