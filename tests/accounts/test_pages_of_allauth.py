"""Every page of allauth, signed in and signed out: it answers, writes nothing, has no inline code."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from tests.accounts.people import confirm_again, person, sign_in
from tests.accounts.test_second_factor import activate

pytestmark = pytest.mark.django_db


# Without a second step these are nowhere.
WITH_SECOND_STEP = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
}


def names() -> list[str]:
    """Return the names of allauth's pages that need no argument."""
    found = []
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and name.startswith(("account_", "mfa_")):
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            found.append(name)
    return sorted(found)


class InlineCode(HTMLParser):
    """Collects what the Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        self.found += [f"<{tag} style>" for name in given if name == "style"]
        self.found += [
            f"<{tag} {name}={value}>"
            for name, value in given.items()
            if value and re.match(r"\s*javascript:", value, re.I)
        ]
        kind = given.get("type") or ""
        if tag == "style" or (tag == "script" and not given.get("src") and "json" not in kind):
            self.found.append(f"<{tag}>")
        for name in ("src", "href", "action"):
            if re.match(r"(https?:)?//", given.get(name) or "") and tag != "a":
                self.found.append(f"<{tag} {name}={given[name]}>")


def inline_code(text: str) -> list[str]:
    parser = InlineCode()
    parser.feed(text)
    return parser.found


def test_the_crawler_sees_inline_code() -> None:
    """The positive control."""
    bad = '<p style="x"><a onclick="x" href=" javascript:x">x</a><script>1</script><style></style>'
    assert len(inline_code(bad)) == 5
    assert inline_code('<script src="//cdn.example/x.js"></script>')
    assert not inline_code('<p class="x"><script src="/static/x.js"></script>')


def check(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    fine = (200, 302, 404) if name in WITH_SECOND_STEP else (200, 302)
    assert answer.status_code in fine, (name, answer.status_code)
    assert answer["Cache-Control"]
    if answer.status_code == 200 and "html" in answer["Content-Type"]:
        text = answer.content.decode()
        assert inline_code(text) == [], name
        assert "<main" in text, f"{name} wears our clothes"
        assert 'class="errornote"' not in text


def test_there_are_pages_to_crawl() -> None:
    found = names()
    assert len(found) > 18
    assert {"account_login", "account_signup", "mfa_activate_totp"} <= set(found)


@pytest.mark.parametrize("name", names())
def test_a_page_for_strangers(name: str) -> None:
    check(Client(), name)


@pytest.mark.parametrize("name", names())
def test_a_page_for_somebody_signed_in(name: str) -> None:
    check(sign_in(person()), name)


@pytest.mark.parametrize("name", names())
def test_a_page_after_the_password_was_typed_again_and_a_second_step_stands(name: str) -> None:
    client = sign_in(person())
    activate(client)
    check(client, name)


def test_the_pages_in_the_middle_of_a_way() -> None:
    """Codes that wait, a second step that waits, the choice of the new password."""
    client = Client()
    client.post(
        reverse("account_signup"),
        {"email": "noor@portal.example", "password1": "seven quiet herons"},
    )
    check(client, "account_email_verification_sent")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "noor@portal.example"})
    check(client, "account_confirm_password_reset_code")
    user = person()
    activate(sign_in(user))
    waiting = sign_in(user)
    check(waiting, "mfa_authenticate")


def test_a_page_with_mistakes_has_no_inline_code_either() -> None:
    client = sign_in(person())
    confirm_again(client)
    for name in ("account_signup", "account_login", "account_reset_password"):
        answer = Client().post(reverse(name), {"email": "x", "login": "x"})
        assert answer.status_code == 200
        assert inline_code(answer.content.decode()) == []
    for name in ("account_change_password", "account_email", "mfa_activate_totp"):
        answer = client.post(reverse(name), {"code": "x", "email": "x", "action_add": "1"})
        assert answer.status_code == 200
        assert inline_code(answer.content.decode()) == []


def test_the_short_list_of_tables_names_tables_that_exist() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert tables >= django_settings.READ_ONLY_EXEMPT_TABLES


def test_the_user_of_the_settings_is_ours() -> None:
    assert issubclass(User, AbstractBaseUser)
    assert django_settings.AUTH_USER_MODEL == "accounts.User"


@pytest.mark.parametrize("prefix", ["ACCOUNT_", "MFA_", "ALLAUTH_"])
def test_every_setting_is_one_that_allauth_reads(prefix: str) -> None:
    """A misspelt setting is silent: the name must stand in allauth's own source."""
    import inspect

    from allauth import app_settings as common
    from allauth.account import app_settings as account
    from allauth.mfa import app_settings as mfa

    source = inspect.getsource({"ACCOUNT_": account, "MFA_": mfa, "ALLAUTH_": common}[prefix])
    ours = [name for name in dir(django_settings) if name.startswith(prefix)]
    assert ours
    for name in ours:
        assert f'"{name.removeprefix(prefix)}"' in source, name
