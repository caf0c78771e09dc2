"""A GET never writes, bad bytes are the sender's fault, and every answer carries its headers."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from foundation.web.middleware import WriteWhileReading, refuse_writes

pytestmark = [pytest.mark.urls("tests.foundation.web.urls"), pytest.mark.django_db]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_get_cannot_write(method: str) -> None:
    with pytest.raises(WriteWhileReading, match="accounts_user"), transaction.atomic():
        getattr(Client(), method)("/write/")
    assert not User.objects.exists()


def test_a_post_of_the_same_view_writes() -> None:
    """The positive control: the view writes, and only the method made the difference."""
    assert Client().post("/write/").status_code == 200
    assert User.objects.count() == 1


def test_a_get_may_write_the_session() -> None:
    assert Client().get("/session/").status_code == 200


def test_after_a_get_writing_is_possible_again() -> None:
    Client().get("/")
    User.objects.create_user("later@portal.example")


WRITES = [
    "INSERT INTO accounts_user (id) VALUES (1)",
    '  insert   into "accounts_user" (id) values (1)',
    "/* a remark */ UPDATE accounts_user SET name = ''",
    "-- a remark\nUPDATE accounts_user SET name = ''",
    "UPDATE ONLY accounts_user SET name = ''",
    'DELETE FROM "public"."accounts_user"',
    "TRUNCATE accounts_user",
    "TRUNCATE TABLE django_session, accounts_user",
    "MERGE INTO accounts_user USING x ON true WHEN MATCHED THEN DELETE",
    "COPY accounts_user FROM stdin",
    "DROP TABLE accounts_user",
    "CREATE TABLE x (id int)",
    "ALTER TABLE accounts_user ADD x int",
    "WITH gone AS (DELETE FROM accounts_user RETURNING id) SELECT count(*) FROM gone",
    "WITH x AS (SELECT 1) UPDATE accounts_user SET name = ''",
    "SELECT 1; DELETE FROM accounts_user",
    "DELETE FROM django_session; DELETE FROM accounts_user",
    "LOCK TABLE accounts_user",
    "GRANT ALL ON accounts_user TO public",
    "DO $$ BEGIN DELETE FROM accounts_user; END $$",
    "CALL something()",
]
READS = [
    "SELECT 1",
    'SELECT "update" FROM x WHERE (a) FOR UPDATE',
    "SELECT id FROM accounts_user WHERE (name = %s) FOR NO KEY UPDATE SKIP LOCKED",
    "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x",
    "SAVEPOINT s1",
    "RELEASE SAVEPOINT s1",
    "ROLLBACK TO SAVEPOINT s1",
    "SET LOCAL lock_timeout = 1",
    "EXPLAIN SELECT 1",
    'DECLARE "c" NO SCROLL CURSOR WITH HOLD FOR SELECT 1',
    "DELETE FROM django_session WHERE true",
    'INSERT INTO "rate_limits" (cache_key) VALUES (%s)',
    'UPDATE "account_emailaddress" SET verified = true',
]


def attempt(sql: str, settings: object) -> None:
    settings.READ_ONLY_EXEMPT_TABLES = {"django_session", "rate_limits", "account_emailaddress"}  # type: ignore[attr-defined]
    refuse_writes(lambda *rest: None, sql, None, False, {"connection": connection})


@pytest.mark.parametrize("sql", WRITES)
def test_every_form_of_writing_is_refused(sql: str, settings: object) -> None:
    with pytest.raises(WriteWhileReading):
        attempt(sql, settings)


@pytest.mark.parametrize("sql", READS)
def test_reading_and_the_short_list_pass(sql: str, settings: object) -> None:
    attempt(sql, settings)


@pytest.mark.parametrize(
    "path",
    [
        "/?q=%00",
        "/?q=a%00b",
        "/?%00=1",
        "/%00",
        "/a%00b/",
        "/?q=%ED%A0%80",
        "/?q=%ed%bf%bf",
        "/?q=%01",
        "/?q=%1b[31m",
        "/?q=%7f",
    ],
)
def test_bad_bytes_in_the_address_are_the_senders_fault(path: str) -> None:
    assert Client().get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/?q=%D8%B3%D9%84%D8%A7%D9%85", "/?q=a%0Ab%09c", "/?q=%2500", "/?q=%ED%9F%BF", "/?q=%FF"],
)
def test_writing_in_any_language_passes(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "value", ["\\000aaaaaaaaaa", '"\\000aaaaaaaaaa"', "aaaaaaaa\x01aaaa", "x" * 4000]
)
@pytest.mark.parametrize("name", ["session", "csrftoken", "django_language", "messages"])
def test_a_broken_cookie_is_no_fault_of_ours(name: str, value: str) -> None:
    answer = Client(headers={"cookie": f"{name}={value}"}).get("/mine/")
    assert answer.status_code in (302, 400)


def test_every_answer_carries_the_headers() -> None:
    answer = Client().get("/")
    assert answer["Cache-Control"] == "no-store"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"  # with less, forms arrive from "null"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    csp = answer["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert Client().get("/?q=%00")["Cache-Control"] == "no-store"
    assert not Session.objects.exists()


def test_the_cookies_of_production_are_closed() -> None:
    """Read from the file: the test settings loosen what needs HTTPS."""
    from pathlib import Path

    from portal.settings import base

    assert base.SESSION_COOKIE_SECURE and base.CSRF_COOKIE_SECURE
    assert base.SESSION_COOKIE_HTTPONLY and base.CSRF_COOKIE_HTTPONLY
    assert base.SESSION_COOKIE_SAMESITE == base.CSRF_COOKIE_SAMESITE == "Lax"
    assert base.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert base.SECURE_SSL_REDIRECT and base.SECURE_HSTS_SECONDS >= 31_536_000
    assert base.DEBUG is False
    assert "unsafe" not in Path(base.__file__).read_text()
