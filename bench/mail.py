"""Mails per second from committed rows to a local sink, against one reused connection of smtplib."""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.house import House
from bench.table import Goal, Row, in_turns
from launcher.folders import PYTHON, ROOT
from launcher.processes import await_end, free_port, spawn, wait_for

MAILS = 2000
TURNS = 4
PATIENCE = 120  # seconds for MAILS mails
KIND = "letters.receipt"
SENDER = "no-reply@portal.example"


@dataclass(frozen=True)
class Times:
    """Moments of one turn, on the monotonic clock."""

    begin: float
    first: float
    last: float


class Mailbox:
    """The sink, and the times at which it took the first and the last of another MAILS mails."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.log = log
        self.read = 0

    def next_times(self) -> tuple[float, float]:
        """Wait for the next MAILS mails; the moments of the first and the last. RuntimeError when
        they stay away."""
        if not wait_for(lambda: len(self._times()) > self.read + 1, PATIENCE):
            raise RuntimeError("not all mails came")
        self.read += 2
        first, last = self._times()[self.read - 2 : self.read]
        return first, last

    def is_ready(self) -> bool:
        """Tell whether it listens."""
        return "ready" in self.log.read_text()

    def _times(self) -> list[float]:
        words = self.log.read_text().rpartition("\n")[0].split()
        return [float(word) for word in words if word != "ready"]


def measure(house: House) -> list[Row]:
    """Two rows: the drain, from the first mail to the last, and the whole way, whose clock runs
    from the commit of the rows: the relay's look, up to half a second, is in it."""
    from foundation.notifications.models import Outbox

    Outbox.objects.all().delete()  # what another measure left would be sent, and counted, first
    users = _make_users()
    ours: list[Times] = []
    floor: list[Times] = []
    with _sink(house) as box:
        address = f"smtp://127.0.0.1:{box.port}"
        with house.relay(EMAIL_URL=address), house.worker("mail", EMAIL_URL=address):
            for turn in range(TURNS + 1):  # the first warms up
                pair = [(ours, _drain), (floor, _send)]
                for found, job in pair if turn % 2 else reversed(pair):
                    times = job(box, users)
                    if turn:
                        found.append(times)
    name = f"{MAILS:,} mails by relay and one worker, floor: smtplib"
    return [
        in_turns(f"{name}, first to last (mails/s)", [MAILS / (t.last - t.first) for t in ours],
                 [MAILS / (t.last - t.first) for t in floor], Goal("ratio", "≥", 0.8)),
        in_turns(f"{name}, commit to last (mails/s)", [MAILS / (t.last - t.begin) for t in ours],
                 [MAILS / (t.last - t.begin) for t in floor]),
    ]  # fmt: skip


@contextlib.contextmanager
def _sink(house: House) -> Iterator[Mailbox]:
    box = Mailbox(free_port(), house.var.log("sink"))
    command = [str(PYTHON), "-m", "bench.sink", str(box.port), str(MAILS)]
    child = spawn(command, log=box.log, cwd=ROOT)
    try:
        if not wait_for(box.is_ready, 30):
            raise RuntimeError("the sink does not start")
        yield box
    finally:
        child.terminate()
        await_end(child, 10)


def _drain(box: Mailbox, users: list[Any]) -> Times:
    """Our way. Returns when every row is marked, so that the floor has quiet."""
    from django.db import transaction

    from foundation.notifications.models import Outbox
    from foundation.notifications.outbox import notify

    with transaction.atomic():
        for user in users:
            notify(KIND, to=user, about=user)  # any id will do: the mail says nothing but a link
    begin = time.monotonic()
    times = Times(begin, *box.next_times())
    if not wait_for(lambda: not Outbox.objects.filter(done_at=None).exists(), 30):
        raise RuntimeError("mails went out, but their rows stay open")
    return times


def _send(box: Mailbox, users: list[Any]) -> Times:
    """The same mails, made before, over one connection of smtplib."""
    messages = [(user.email, _as_bytes(user)) for user in users]
    begin = time.monotonic()
    with smtplib.SMTP("127.0.0.1", box.port) as server:
        for address, content in messages:
            server.sendmail(SENDER, [address], content)
    return Times(begin, *box.next_times())


def _as_bytes(user: Any) -> bytes:
    from foundation.notifications.delivery import Envelope, as_bytes
    from foundation.notifications.registry import notification

    message = notification(KIND)
    body = message.body(user, str(user.pk))
    return as_bytes(Envelope(f"{KIND}:{user.pk}", user.email, message.subject(), body))


def _make_users() -> list[Any]:
    """As many people as mails: nobody gets two at once."""
    from accounts.models import User

    fresh = [
        User(email=f"reader{number}@bench.example", password="!", language="en")
        for number in range(MAILS)
    ]
    return list(User.objects.bulk_create(fresh))
