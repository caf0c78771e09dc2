"""Sign-on POSTs per second with eight clients, beside a view that does as little as a form can do."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.clients import Request, fire
from bench.house import House
from bench.table import Goal, Row, in_turns

CLIENTS = 8
ROUNDS = 6
EACH = 15
"""POSTs of one client in one round; the floors, being quicker, get more of them."""
FLOOR_EACH, BARE_EACH = 30, 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Signer:
    """A signed-in representative: what the browser would send along, and letters still to sign."""

    cookies: str
    csrf: str
    hat: str
    letters: list[str]


def measure(house: House) -> list[Row]:
    """Two rows: against the floor behind the same middleware, and against one without any."""
    signers = _make_signers()
    rates: dict[str, list[float]] = {"ours": [], "floor": [], "bare": []}
    with house.web() as port, house.web(BENCH_BARE="1") as bare_port:
        jobs = {
            "ours": lambda: _rate(port, [_signatures(signer) for signer in signers]),
            "floor": lambda: _rate(port, [_plain(signer, "floor") for signer in signers]),
            "bare": lambda: _rate(bare_port, [_plain(signer, "bare") for signer in signers]),
        }
        for turn in range(ROUNDS + 1):  # the first warms up
            for name in sorted(jobs, reverse=bool(turn % 2)):
                rate = jobs[name]()
                if turn:
                    rates[name].append(rate)
    _check(len(signers) * EACH * (ROUNDS + 1))
    name = "sign-on, 8 clients (POSTs/s)"
    return [
        in_turns(f"{name}, floor: one row, same middleware", rates["ours"], rates["floor"],
                 Goal("ratio", "≥", 0.5)),
        in_turns(f"{name}, floor: one row, no middleware", rates["ours"], rates["bare"]),
    ]  # fmt: skip


def _rate(port: int, requests: list[list[Request]]) -> float:
    """POSTs per second; AssertionError when one is not answered by 302."""
    seconds, statuses = fire(port, requests)
    assert set(statuses) == {302}, f"answers: {statuses}"
    return statuses[302] / seconds


def _signatures(signer: Signer) -> list[Request]:
    """Requests that sign the next letters of this signer, each with a form token of its own."""
    taken = [signer.letters.pop() for _ in range(EACH)]
    fields = {"csrfmiddlewaretoken": signer.csrf, "level": "10", "hat": signer.hat}
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
    """Eight representatives of eight organizations, signed in, and open letters for each of them."""
    from django.db import transaction

    from letters.enums import LetterState
    from tests.letters.factories import make_coordinator, make_letter, make_signer

    with transaction.atomic():
        coordinator, network = make_coordinator()
        people = [make_signer() for _ in range(CLIENTS)]
        count = EACH * (ROUNDS + 1)
        letters = [
            [
                str(make_letter(state=LetterState.OPEN, network=network, by=coordinator).pk)
                for _ in range(count)
            ]
            for _ in people
        ]
    return [
        _sign_in(user, str(organization.pk), own)
        for (user, organization), own in zip(people, letters, strict=True)
    ]


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
