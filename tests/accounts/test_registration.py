"""Making an account, and a new password: by codes, in the outbox, telling strangers nothing."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from foundation.notifications.models import SecurityMail
from tests.accounts.people import PASSWORD, code_in, is_signed_in, last_mail, person, sign_in

pytestmark = pytest.mark.django_db


def sign_up(email: str, client: Client | None = None, **more: str) -> tuple[Client, HttpResponse]:
    client = client or Client()
    form = {"email": email, "password1": PASSWORD, **more}
    return client, client.post(reverse("account_signup"), form)


def test_a_new_account_is_open_once_the_code_was_typed() -> None:
    client, answer = sign_up("Noor@Portal.Example")
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    mail = last_mail()
    assert mail.address == "noor@portal.example"
    answer = client.post(answer["Location"], {"code": code_in(mail)})
    assert answer.status_code == 302, answer.content.decode()
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.language, user.has_role()) == ("noor@portal.example", "en", False)


def test_a_wrong_code_opens_nothing_and_three_end_it() -> None:
    client, answer = sign_up("noor@portal.example")
    good = code_in(last_mail())
    for _try in range(3):
        client.post(answer["Location"], {"code": "XXXXXX"})
        assert not is_signed_in(client)
    client.post(answer["Location"], {"code": good})
    assert not is_signed_in(client)


def test_an_unconfirmed_address_cannot_sign_in() -> None:
    sign_up("noor@portal.example")
    client = Client()
    client.post(reverse("account_login"), {"login": "noor@portal.example", "password": PASSWORD})
    assert not is_signed_in(client)


def test_the_account_speaks_the_language_of_the_page_it_was_made_on() -> None:
    client = Client(headers={"accept-language": "es"})
    sign_up("lucia@portal.example", client)
    assert User.objects.get().language == "es"


def test_a_filled_honeypot_makes_no_account_and_looks_the_same() -> None:
    _client, answer = sign_up("bot@portal.example", website="https://bot.example/")
    _other, human = sign_up("noor@portal.example")
    assert (answer.status_code, answer["Location"]) == (human.status_code, human["Location"])
    assert [user.email for user in User.objects.all()] == ["noor@portal.example"]


@pytest.mark.parametrize("password", ["short", "password123", "noor@portal.example"])
def test_a_weak_password_is_refused_in_words(password: str) -> None:
    answer = Client().post(
        reverse("account_signup"), {"email": "noor@portal.example", "password1": password}
    )
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert "error" in answer.content.decode()


def without_what_differs(answer: HttpResponse, *words: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    text = re.sub(r'"X-CSRFToken": "[^"]+"|name="token" value="[^"]+"', "", text)
    for word in words:
        text = text.replace(word, "(address)")
    return text


def test_signing_up_with_a_known_address_looks_like_a_new_one() -> None:
    """Same status, same next page, same words, one mail each; only the owner's mail differs."""
    person("amina")
    seen = {}
    for email in ("amina@portal.example", "nobody@portal.example"):
        client, answer = sign_up(email)
        page = client.get(answer["Location"])
        mails = SecurityMail.objects.filter(address=email).count()
        words = without_what_differs(page, email)
        seen[email] = (answer.status_code, answer["Location"], page.status_code, words, mails)
    assert seen["amina@portal.example"] == seen["nobody@portal.example"]
    known = SecurityMail.objects.get(address="amina@portal.example")
    assert "There is one already" in known.body


def hashes_of(do: object, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many passwords are hashed, the slow part of every answer, while `do` runs."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    count = 0
    encode = MD5PasswordHasher.encode

    def counting(self: object, password: str, salt: str) -> str:
        nonlocal count
        count += 1
        return encode(self, password, salt)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(MD5PasswordHasher, "encode", counting)
        do()  # type: ignore[operator]
    return count


@pytest.mark.parametrize("page", ["account_signup", "account_login", "account_reset_password"])
def test_a_known_address_costs_as_much_time_as_an_unknown_one(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("amina")

    def post(email: str) -> None:
        form = {"email": email, "login": email, "password": "wrong wrong", "password1": PASSWORD}
        Client().post(reverse(page), form)

    known = hashes_of(lambda: post("amina@portal.example"), monkeypatch)
    assert known == hashes_of(lambda: post("nobody@portal.example"), monkeypatch)
    assert known == (0 if page == "account_reset_password" else 1)


def test_signing_in_tells_nothing_of_who_has_an_account() -> None:
    person("amina")
    seen = set()
    for email in ("amina@portal.example", "nobody@portal.example"):
        answer = Client().post(
            reverse("account_login"), {"login": email, "password": "wrong wrong"}
        )
        seen.add((answer.status_code, without_what_differs(answer, email)))
    assert len(seen) == 1


def test_asking_for_a_new_password_tells_nothing_of_who_has_an_account() -> None:
    person("amina")
    seen = set()
    for email in ("amina@portal.example", "nobody@portal.example"):
        client = Client()
        answer = client.post(reverse("account_reset_password"), {"email": email})
        page = client.get(answer["Location"])
        mails = SecurityMail.objects.filter(address=email).count()
        words = without_what_differs(page, email)
        seen.add((answer.status_code, answer["Location"], page.status_code, words, mails))
    assert len(seen) == 1
    assert seen.pop()[-1] == 1


def reset(email: str, code: str | None = None) -> Client:
    client = Client()
    answer = client.post(reverse("account_reset_password"), {"email": email})
    code = code or code_in(last_mail())
    answer = client.post(answer["Location"], {"code": code})
    if answer.status_code == 302:
        new = {"password1": "eight quiet herons", "password2": "eight quiet herons"}
        client.post(answer["Location"], new)
    return client


def test_a_new_password_is_set_by_code_and_ends_every_session() -> None:
    user = person("amina")
    open_elsewhere = sign_in(user)
    reset(user.email)
    user.refresh_from_db()
    assert user.check_password("eight quiet herons")
    assert not is_signed_in(open_elsewhere)
    assert user.sessions.count() == 0
    assert "set anew" in last_mail().body


def test_a_wrong_code_leaves_the_password() -> None:
    user = person("amina")
    reset(user.email, code="AAAAAA")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_mails_of_sign_in_are_neutral() -> None:
    """Subjects say nothing; bodies name nobody and tell no address of the network."""
    user = person("amina", name="Amina Haddad")
    sign_up("amina@portal.example")
    sign_up("noor@portal.example")
    reset("amina@portal.example")
    reset("nobody@portal.example", code="AAAAAA")
    mails = list(SecurityMail.objects.all())
    assert len(mails) == 5
    assert {mail.subject for mail in mails} == {"Your code", "About your account"}
    for mail in mails:
        for word in (user.name, "Amina", mail.address, "127.0.0.1", "Mozilla", "terrorism account"):
            assert word not in mail.body, mail.body


def test_a_mail_speaks_the_language_of_its_reader(settings: object) -> None:
    """Somebody with a French page asks for the code of a person who reads English."""
    person("amina", language="en")
    client = Client(headers={"accept-language": "fr"})
    client.post(reverse("account_reset_password"), {"email": "amina@portal.example"})
    assert "Your code for a new password" in last_mail().body


def test_a_mail_is_not_sent_before_the_transaction_ends() -> None:
    """It is a row like any other: nothing leaves while a page is answered."""
    from django.core import mail

    sign_up("noor@portal.example")
    assert SecurityMail.objects.count() == 1
    assert mail.outbox == []
