"""Sign-on POSTs per second with eight clients, beside a view that does as little as a form can do.

All eight sign the same letters, in the same order: the rush is on one letter, as it is in life. On
two cores eight clients are more than it takes to keep the server busy: the rates are its plateau.
"""

from __future__ import annotations

import re
import statistics
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from bench.clients import Request, timed
from bench.house import House
from bench.table import Goal, Row, in_turns

CLIENTS = 8
ROUNDS = 6
EACH = 15
"""POSTs of one client in one round; the floors, being quicker, get more of them."""
FLOOR_EACH, BARE_EACH, COMMIT_EACH = 30, 60, 120
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
INSERT = "INSERT INTO bench_floor (id, level, text) VALUES (%s, 10, 'A row.')"
Rate = tuple[float, list[float]]
"""Requests per second, and the seconds that each took."""


@dataclass(frozen=True)
class Signer:
    """A signed-in representative: what the browser would send along, and letters still to sign."""

    cookies: str
    csrf: str
    hat: str
    letters: list[str]


def measure(house: House) -> list[Row]:
    """Against the floor behind the same middleware, against it without any, against INSERT and
    COMMIT alone; and how long one in a hundred waits."""
    signers = _make_signers()
    rates: dict[str, list[float]] = {"ours": [], "floor": [], "bare": [], "commit": []}
    waits: dict[str, list[float]] = {name: [] for name in rates}
    with house.web() as port, house.web(BENCH_BARE="1") as bare_port:
        jobs: dict[str, Callable[[], Rate]] = {
            "ours": lambda: _rate(port, [_signatures(signer) for signer in signers]),
            "floor": lambda: _rate(port, [_plain(signer, "floor") for signer in signers]),
            "bare": lambda: _rate(bare_port, [_plain(signer, "bare") for signer in signers]),
            "commit": lambda: _commits(house),
        }
        for turn in range(ROUNDS + 1):  # the first warms up
            for name in sorted(jobs, reverse=bool(turn % 2)):
                rate, took = jobs[name]()
                if turn:
                    rates[name].append(rate)
                    waits[name] += took
    _check(len(signers) * EACH * (ROUNDS + 1))
    return _rows(rates, waits)


def _rows(rates: dict[str, list[float]], waits: dict[str, list[float]]) -> list[Row]:
    name = "sign-on, 8 clients (POSTs/s)"
    ours, floor = _p99(waits["ours"]), _p99(waits["floor"])
    return [
        in_turns(f"{name}, floor: one row, same middleware", rates["ours"], rates["floor"],
                 Goal("ratio", "≥", 0.6)),
        in_turns(f"{name}, floor: one row, no middleware", rates["ours"], rates["bare"]),
        in_turns(f"{name}, floor: INSERT and COMMIT over psycopg2", rates["ours"], rates["commit"]),
        Row("sign-on, 8 clients, p99 (ms), floor: one row, same middleware", ours, floor,
            ours / floor),
    ]  # fmt: skip


def _p99(seconds: list[float]) -> float:
    """Return the milliseconds within which 99 of 100 were answered."""
    return statistics.quantiles(seconds, n=100)[-1] * 1000


def _rate(port: int, requests: list[list[Request]]) -> Rate:
    """POSTs per second; AssertionError when one is not answered by 302."""
    seconds, statuses, waits = timed(port, requests)
    assert set(statuses) == {302}, f"answers: {statuses}"
    return statuses[302] / seconds, waits


def _commits(house: House) -> Rate:
    """Rows per second that eight connections insert and commit, one a transaction."""
    import psycopg2

    lines = [psycopg2.connect(house.servers.database_url) for _ in range(CLIENTS)]
    waits: list[float] = []

    def run(line: Any) -> None:
        with line.cursor() as cursor:
            for _ in range(COMMIT_EACH):
                begin = perf_counter()
                cursor.execute(INSERT, [str(uuid.uuid4())])
                line.commit()
                waits.append(perf_counter() - begin)

    threads = [Thread(target=run, args=(line,)) for line in lines]
    begin = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = perf_counter() - begin
    for line in lines:
        line.close()
    assert len(waits) == CLIENTS * COMMIT_EACH
    return len(waits) / seconds, waits


def _signatures(signer: Signer) -> list[Request]:
    """Requests that sign the next letters of this signer, each with a form token of its own."""
    taken = [signer.letters.pop() for _ in range(EACH)]
    fields = {"csrfmiddlewaretoken": signer.csrf, "mode": "public", "hat": signer.hat}
    return [
        Request(
            f"/letters/{letter}/sign/",
            urlencode({**fields, "declared": "on", "token": uuid.uuid4()}),
            signer.cookies,
        )
        for letter in taken
    ]


def _plain(signer: Signer, name: str) -> list[Request]:
    fields = {"csrfmiddlewaretoken": signer.csrf, "level": "10", "text": "A row.", "declared": "on"}
    count = FLOOR_EACH if name == "floor" else BARE_EACH
    return [Request(f"/bench/{name}/", urlencode(fields), signer.cookies)] * count


def _make_signers() -> list[Signer]:
    """Eight representatives of eight organizations, signed in, and open letters for all of them."""
    from django.db import transaction

    from letters.enums import LetterState
    from tests.letters.factories import make_coordinator, make_letter, make_signer

    with transaction.atomic():
        coordinator, network = make_coordinator()
        people = [make_signer() for _ in range(CLIENTS)]
        letters = [
            str(make_letter(state=LetterState.OPEN, network=network, by=coordinator).pk)
            for _ in range(EACH * (ROUNDS + 1))
        ]
    return [_sign_in(user, str(organization.pk), letters) for user, organization in people]


def _sign_in(user: Any, hat: str, letters: list[str]) -> Signer:
    """A session as sign-in makes it, and the token of the letter's page."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    shown = client.get(f"/letters/{letters[0]}/").content.decode()
    token = TOKEN.search(shown)
    assert token is not None, "the letter's page has no form"
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return Signer(cookies, token[1], hat, list(letters))


def _check(expected: int) -> None:
    """Every 302 must have been a signature, with its receipt and its entry in the log."""
    from foundation.audit.models import AuditEvent
    from foundation.notifications.models import Outbox
    from letters.models import Signatory

    signed = Signatory.objects.unguarded("the benchmark counts its own").filter(method="signed")
    logged = AuditEvent.objects.filter(action="letters.signed")
    receipts = Outbox.objects.filter(kind="letters.receipt")
    found = (signed.count(), logged.count(), receipts.count())
    assert set(found) == {expected}, f"{expected} POSTs, but {found} rows"
