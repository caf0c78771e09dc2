"""Limits on tries live in Postgres: they hold, and sign-in works, without any broker."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.accounts.people import PASSWORD, is_signed_in, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_redis(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every name of Redis at nowhere, and fail where anything connects to it."""
    import redis.connection

    def refuse(self: object, *args: object, **kwargs: object) -> None:
        raise AssertionError("the web process must not speak to the broker")

    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refuse)


def attempt(email: str, password: str, client: Client | None = None) -> tuple[Client, int]:
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return client, answer.status_code


def test_signing_in_and_out_needs_no_broker() -> None:
    client = sign_in(person())
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_after_five_wrong_passwords_the_right_one_waits_too() -> None:
    user = person()
    for _try in range(5):
        attempt(user.email, "wrong wrong")
    client, _status = attempt(user.email, PASSWORD)
    assert not is_signed_in(client)


def test_the_limit_is_for_one_account_not_for_all() -> None:
    """The positive control: it was the limit that refused, and it is nobody else's."""
    user, other = person("amina"), person("noor")
    for _try in range(5):
        attempt(user.email, "wrong wrong")
    client, _status = attempt(other.email, PASSWORD)
    assert is_signed_in(client)


def test_four_wrong_passwords_and_the_right_one_sign_in() -> None:
    user = person()
    for _try in range(4):
        attempt(user.email, "wrong wrong")
    client, _status = attempt(user.email, PASSWORD)
    assert is_signed_in(client)


def test_a_forged_forwarding_header_is_no_way_round_the_limit() -> None:
    statuses = []
    for number in range(25):
        client = Client(headers={"x-forwarded-for": f"192.0.2.{number}"})
        form = {"email": f"somebody{number}@portal.example"}
        statuses.append(client.post(reverse("account_reset_password"), form).status_code)
    assert statuses[0] == 302
    assert statuses[-1] == 429


def test_every_limit_has_a_row_of_its_own() -> None:
    """No row that all share: two people who sign in never wait for each other's row."""
    for name in ("amina", "noor"):
        attempt(f"{name}@portal.example", "wrong wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM rate_limits WHERE cache_key LIKE '%login_failed%'")
        keys = [row[0] for row in cursor.fetchall()]
    assert len({key for key in keys if ":ip:" not in key}) == 2


def test_the_cache_of_limits_is_in_postgres(settings: object) -> None:
    assert "db.DatabaseCache" in settings.CACHES["default"]["BACKEND"]  # type: ignore[attr-defined]
    cache.set("a", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rate_limits")
        assert cursor.fetchone()[0] == 1
