"""Limits per address and per thing: counted without a shared row, without the address in clear."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from foundation.web import limits
from foundation.web.limits import Limit, Window, limited, spend
from foundation.web.models import Try
from foundation.web.tasks import forget_old_tries

pytestmark = pytest.mark.django_db
racing = pytest.mark.django_db(transaction=True)

THREE = Limit("test", each_address=(Window(3, 60), Window(5, 3600)))
OF_A_THING = Limit("test", each_address=(Window(100, 60),), each_thing=(Window(4, 60),))
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def visit(address: str = HOME, **headers: str) -> HttpRequest:
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


def spend_all(limit: Limit, *addresses: str, about: str = "") -> list[bool]:
    """Whether each try was let through."""
    return [spend(limit, visit(address), about) == 0 for address in addresses]


def age(seconds: int) -> None:
    """Let time pass for all tries."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_try SET made_at = made_at - %s * interval '1 second'", [seconds])


def test_a_burst_ends_and_says_when_there_is_room() -> None:
    assert spend_all(THREE, HOME, HOME, HOME) == [True, True, True]
    assert 55 <= spend(THREE, visit()) <= 60
    assert spend_all(THREE, ELSEWHERE) == [True]
    age(61)
    assert spend_all(THREE, HOME, HOME) == [True, True]


def test_patience_is_limited_too() -> None:
    for _turn in range(5):
        assert spend_all(THREE, HOME) == [True]
        age(61)
    assert 3000 < spend(THREE, visit()) <= 3600


def test_what_is_refused_leaves_no_row() -> None:
    spend_all(THREE, *[HOME] * 20)
    assert Try.objects.count() == 3


def test_purposes_are_limited_apart() -> None:
    spend_all(THREE, HOME, HOME, HOME)
    other = Limit("another", each_address=THREE.each_address)
    assert spend_all(other, HOME) == [True]


def test_a_thing_is_limited_whoever_comes() -> None:
    many = [f"203.0.113.{n}" for n in range(6)]
    assert spend_all(OF_A_THING, *many, about="a letter") == [True] * 4 + [False] * 2
    assert spend_all(OF_A_THING, many[5], about="another letter") == [True]


def test_a_household_of_ipv6_is_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [f"2001:db8:1:1::{n:x}" for n in range(1, 6)]
    assert spend_all(THREE, *inside) == [True] * 3 + [False] * 2
    assert spend_all(THREE, "2001:db8:1:2::1") == [True]
    Try.objects.all().delete()
    monkeypatch.setattr(limits, "_counted", str)  # the control: without it they walk round it
    assert spend_all(THREE, *inside) == [True] * 5


def test_ipv4_in_ipv6_is_the_same_visitor() -> None:
    assert spend_all(THREE, HOME, f"::ffff:{HOME}", HOME, f"::ffff:{HOME}")[-1] is False


def test_visitors_without_an_address_share_a_limit() -> None:
    assert spend_all(THREE, "", "", "nonsense", "") == [True] * 3 + [False]


def test_trusted_networks_are_not_counted(settings: Any) -> None:
    settings.LIMITS_TRUSTED_NETWORKS = ["192.0.2.0/24", " 2001:db8::/48"]
    assert all(spend_all(THREE, *[HOME] * 9, *["2001:db8::5"] * 9))
    assert not Try.objects.exists()
    assert spend_all(THREE, *[ELSEWHERE] * 4)[-1] is False


def test_a_network_that_cannot_be_read_is_told_by_the_check(settings: Any) -> None:
    settings.LIMITS_TRUSTED_NETWORKS = ["192.0.2.0/33"]
    assert [one.id for one in limits.trusted_networks_can_be_read(None)] == ["web.E002"]
    settings.LIMITS_TRUSTED_NETWORKS = []
    assert limits.trusted_networks_can_be_read(None) == []


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "203.0.113.1", HOME),  # anybody may write the header
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1, 203.0.113.1", "203.0.113.1"),  # what the visitor wrote stands further left
        (2, "10.0.0.1, 203.0.113.1, 198.51.100.2", "203.0.113.1"),
        (2, "203.0.113.1", HOME),  # not written by both of them
        (1, "not an address", None),
    ],
)
def test_the_address_is_what_our_proxies_say(
    settings: Any, proxies: int, header: str, found: str | None
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    address = limits.address_of(visit(HTTP_X_FORWARDED_FOR=header))
    assert (str(address) if address else None) == found


def test_no_address_is_written_and_no_plain_hash_finds_it(settings: Any) -> None:
    spend(OF_A_THING, visit(), "a letter")
    before = set(Try.objects.values_list("key", flat=True))
    assert len(before) == 2
    assert not any(HOME in key for key in before)
    Try.objects.all().delete()
    settings.DATA_KEY = "another key, as long as a key has to be"
    spend(OF_A_THING, visit(), "a letter")
    assert before.isdisjoint(Try.objects.values_list("key", flat=True))


def test_tries_are_gone_within_a_day() -> None:
    spend_all(THREE, HOME, ELSEWHERE)
    Try.objects.filter(pk=Try.objects.first().pk).update(  # type: ignore[union-attr]
        made_at=timezone.now() - limits.TRIES_KEPT - timedelta(seconds=1)
    )
    forget_old_tries()
    assert Try.objects.count() == 1
    with pytest.raises(ValueError, match="longer"):
        Limit("test", each_address=(Window(1, 24 * 3600),))


def test_the_answer_says_it_in_words_and_in_a_header() -> None:
    @limited(Limit("page", each_address=(Window(1, 600),)), about="pk")
    def page(request: HttpRequest, pk: str) -> HttpResponse:
        return HttpResponse("taken")

    assert page(visit(), pk="x").status_code == 200
    refused = page(visit(), pk="x")
    assert refused.status_code == 429
    assert 590 <= int(refused["Retry-After"]) <= 600
    assert "Wait 10 minutes" in refused.content.decode()
    looking = RequestFactory().get("/", REMOTE_ADDR=HOME)
    assert page(looking, pk="x").status_code == 200


def _in_another_connection(act: Any) -> list[BaseException]:
    """Run `act` in a thread while this one's transaction is open; what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '500ms'")
            act()
        except BaseException as error:  # handed to the test
            raised.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return raised


@racing
def test_nobody_waits_for_another_try_about_the_same_thing() -> None:
    with transaction.atomic():
        spend(OF_A_THING, visit(HOME), "a letter")
        waited = _in_another_connection(lambda: spend(OF_A_THING, visit(HOME), "a letter"))
    assert waited == []
    assert Try.objects.count() == 4


@racing
def test_with_one_counter_they_would_wait() -> None:
    """The positive control: the same, counted in a row that everybody updates."""
    Try.objects.create(key="counter", made_at=timezone.now())

    def count() -> None:
        Try.objects.filter(key="counter").update(made_at=timezone.now())

    with transaction.atomic():
        count()
        waited = _in_another_connection(count)
    assert [type(error) for error in waited] == [OperationalError]


def test_the_checks_of_the_house_are_quiet() -> None:
    call_command("check", fail_level="WARNING")


def test_limits_of_sign_in_that_are_over_leave_no_address() -> None:
    """allauth's keys hold the address; the database cache keeps them until it is full."""
    cache.set(f"allauth:rl:login:{HOME}", "1", timeout=-1)
    cache.set(f"allauth:rl:login:{ELSEWHERE}", "1", timeout=600)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rate_limits VALUES (%s, 'x', now() - interval '1 minute')", [HOME]
        )
        forget_old_tries()
        cursor.execute("SELECT cache_key FROM rate_limits")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert HOME not in kept and ELSEWHERE in kept
