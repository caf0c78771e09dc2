"""The pages above all rooms, as the browser gets them."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from allauth.account.models import EmailAddress
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import User
from tests.templates.test_templates import offences

OPEN = [
    "/",
    "/help/",
    "/safety/",
    "/reprisals/",
    "/verify/",
    "/letters/",
    "/organizations/criteria/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
]
OWN = ["/", "/people/preferences/", "/people/sessions/", "/accounts/email/", "/accounts/2fa/"]
NO_COOKIE = ["/", "/safety/", "/reprisals/", "/verify/", "/letters/", "/organizations/criteria/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    reader = User.objects.create_user("reader@portal.example", name="Reader")
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True, verified=True)
    client.force_login(reader)
    return client


def check_page(html: str) -> None:
    assert offences(html) == []
    assert html.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in html
    assert 'rel="noreferrer" data-quick-exit' in html
    assert 'href="#main"' in html
    assert "reprisals@portal.example" in html


@pytest.mark.parametrize("path", OPEN)
def test_open_page_is_whole(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    check_page(response.content.decode())


@pytest.mark.parametrize("path", OWN)
def test_own_page_is_whole(signed_in: Client, path: str) -> None:
    response = signed_in.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    assert "data-sign-out" in html


@pytest.mark.parametrize("path", NO_COOKIE)
def test_public_page_sets_no_cookie(client: Client, path: str) -> None:
    assert not client.get(path).cookies


def test_page_with_a_form_sets_a_cookie(client: Client) -> None:
    """The control: the search above would see one."""
    assert client.get("/accounts/login/").cookies


def test_arabic_page_runs_from_right_to_left(client: Client) -> None:
    html = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html


def test_missing_page_says_so_in_words(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is nothing at this address that you can see" in response.content.decode()


def test_csp_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_first_visit_is_small(client: Client) -> None:
    """The page and everything it loads, compressed: at most 60 kB, and a margin is left."""
    page = client.get("/").content
    names = re.findall(rb'(?:src|href)="/static/([^"]+)"', page)
    files = [Path(str(finders.find(name.decode()))).read_bytes() for name in names]
    assert len(files) == 4  # mark, style, htmx, our script
    assert sum(len(brotli.compress(data)) for data in [page, *files]) < 50_000
