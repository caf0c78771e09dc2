"""Limits on what may be sent, per network address and per thing it is about.

A try is a row that is only ever added, and counted over an index: there is no counter that two
visitors would wait for. Two tries in the same moment do not see each other, so a limit may be
passed by as many as there are workers, never by more. What is refused leaves no row, so nobody who
is refused can fill the table, and the table never holds more than the limits let through in that time.

The address itself is written nowhere: a try holds a keyed hash of it, of its first 64 bits for IPv6
(a household has as many addresses as it likes below that), and is deleted within a day. Addresses
in settings.LIMITS_TRUSTED_NETWORKS, e.g. of the hall where a conference is held, are not counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, wraps
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.web.models import Try

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
TRIES_KEPT = timedelta(hours=12)
UNKNOWN = "unknown"  # visitors whose address cannot be read share one limit


@dataclass(frozen=True)
class Window:
    """At most `tries` within any `seconds`: a short window for bursts, a long one for patience."""

    tries: int
    seconds: int


@dataclass(frozen=True)
class Limit:
    """How often `purpose` may be tried from one address, and about one thing by everybody.

    No window is longer than TRIES_KEPT: what is older is forgotten.
    """

    purpose: str
    each_address: tuple[Window, ...]
    each_thing: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        if any(window.seconds > TRIES_KEPT.total_seconds() for window in self._windows()):
            raise ValueError("A window is longer than tries are kept.")

    def _windows(self) -> tuple[Window, ...]:
        return self.each_address + self.each_thing


# How long until the n-th newest try has left its window; no row where there are fewer.
WAIT = (
    "(SELECT extract(epoch FROM made_at - clock_timestamp()) + %s FROM web_try WHERE key = %s"
    " AND made_at > clock_timestamp() - %s * interval '1 second'"
    " ORDER BY made_at DESC OFFSET %s LIMIT 1)"
)


def spend(limit: Limit, request: HttpRequest, about: str = "") -> int:
    """Note a try and return 0; or note nothing and return in how many seconds there is room again.

    `about` names the thing (an id), for `each_thing`. Call it outside of a transaction: a try counts
    whatever becomes of it.
    """
    address = address_of(request)
    if is_trusted(address):
        return 0
    keys = {_key(limit.purpose, "address", _counted(address)): limit.each_address}
    if about and limit.each_thing:
        keys[_key(limit.purpose, "thing", about)] = limit.each_thing
    with connection.cursor() as cursor:
        asked = [(window, key) for key, windows in keys.items() for window in windows]
        values = [x for w, key in asked for x in (w.seconds, key, w.seconds, w.tries - 1)]
        cursor.execute(" UNION ALL ".join([WAIT] * len(asked)), values)
        waits = [float(row[0]) for row in cursor.fetchall()]
        if waits:
            return max(1, math.ceil(max(waits)))
        rows = ", ".join(["(%s, clock_timestamp())"] * len(keys))
        cursor.execute(f"INSERT INTO web_try (key, made_at) VALUES {rows}", list(keys))  # noqa: S608
    return 0


def limited(limit: Limit, about: str = "") -> Callable[[Any], Any]:
    """Guard a view's POSTs: over the limit it answers 429. `about` is the name of the address's
    part that says what the try is about, e.g. "pk"."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                seconds = spend(limit, request, str(kwargs.get(about, "")))
                if seconds:
                    return too_many(request, seconds)
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        return guarded

    return decorate


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer 429 in plain words, with the time after which it may be tried again."""
    context = {"minutes": math.ceil(seconds / 60)}
    answer = render(request, "429.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def forget_tries() -> int:
    """Delete the tries that no window reaches any more; return how many.

    So too what the limits of sign-in counted and is over (ADR 7): those rows are keyed by addresses,
    and the database cache itself deletes them only when it is full.
    """
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 - a setting
    return Try.objects.filter(made_at__lt=timezone.now() - TRIES_KEPT).delete()[0]


# Addresses ---------------------------------------------------------------------------------------
def address_of(request: HttpRequest) -> Address | None:
    """Return the visitor's address, None where it cannot be read.

    With TRUSTED_PROXY_COUNT n it is what the n-th proxy from our side wrote into X-Forwarded-For;
    a header that is shorter was not written by all of them, and says nothing.
    """
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = request.META.get("REMOTE_ADDR", "")
    if count:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        told = hops[-count] if len(hops) >= count else told
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(address: Address | None) -> bool:
    """Tell whether the address lies in one of settings.LIMITS_TRUSTED_NETWORKS."""
    networks = trusted_networks(tuple(settings.LIMITS_TRUSTED_NETWORKS))
    return address is not None and any(address in network for network in networks)


@lru_cache(maxsize=8)
def trusted_networks(written: tuple[str, ...]) -> tuple[Network, ...]:
    """Return the networks, e.g. of ("192.0.2.0/24", "2001:db8::/48"). ValueError for other text."""
    return tuple(ip_network(one.strip()) for one in written if one.strip())


def _counted(address: Address | None) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or UNKNOWN)


def _key(*parts: str) -> str:
    mac = salted_hmac(
        "foundation.web.limits", "\0".join(parts), secret=settings.DATA_KEY, algorithm="sha256"
    )
    return mac.hexdigest()[:32]


@register()
def trusted_networks_can_be_read(app_configs: Iterable[Any] | None, **kwargs: Any) -> list[Error]:
    """Return an error where the setting is no list of networks."""
    try:
        trusted_networks(tuple(settings.LIMITS_TRUSTED_NETWORKS))
    except ValueError as error:
        return [Error(f"LIMITS_TRUSTED_NETWORKS: {error}", id="web.E002")]
    return []
