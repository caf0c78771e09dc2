"""Mails per second from committed rows to a local sink, against one reused connection of smtplib."""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections.abc import Iterator
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


class Mailbox:
    """The sink, and the times at which it had taken another MAILS mails."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.log = log
        self.read = 0

    def next_time(self) -> float:
        """Wait for the next MAILS mails; the moment of the last. RuntimeError when they stay away."""
        if not wait_for(lambda: len(self._times()) > self.read, PATIENCE):
            raise RuntimeError("not all mails came")
        self.read += 1
        return self._times()[self.read - 1]

    def is_ready(self) -> bool:
        """Tell whether it listens."""
        return "ready" in self.log.read_text()

    def _times(self) -> list[float]:
        words = self.log.read_text().rpartition("\n")[0].split()
        return [float(word) for word in words if word != "ready"]


def measure(house: House) -> list[Row]:
    """One row. Our clock runs from the commit of the rows to the sink's last acceptance: the
    relay's look (up to half a second), Celery and the marks in the database are all in it."""
    users = _make_users()
    ours, floor = [], []
    with _sink(house) as box:
        address = f"smtp://127.0.0.1:{box.port}"
        with house.relay(EMAIL_URL=address), house.worker("mail", EMAIL_URL=address):
            for turn in range(TURNS + 1):  # the first warms up
                pair = [(ours, lambda: _drain(box, users)), (floor, lambda: _send(box, users))]
                for rates, job in pair if turn % 2 else reversed(pair):
                    rate = MAILS / job()
                    if turn:
                        rates.append(rate)
    name = f"drain of {MAILS:,} mails by relay and one worker (mails/s), floor: smtplib"
    return [in_turns(name, ours, floor, Goal("ratio", "≥", 0.8))]


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


def _drain(box: Mailbox, users: list[Any]) -> float:
    """Seconds of our way. Returns when every row is marked, so that the floor has quiet."""
    from django.db import transaction

    from foundation.notifications.models import Outbox
    from foundation.notifications.outbox import notify

    with transaction.atomic():
        for user in users:
            notify(KIND, to=user, about=user)  # any id will do: the mail says nothing but a link
    begin = time.monotonic()
    seconds = box.next_time() - begin
    if not wait_for(lambda: not Outbox.objects.filter(done_at=None).exists(), 30):
        raise RuntimeError("mails went out, but their rows stay open")
    return seconds


def _send(box: Mailbox, users: list[Any]) -> float:
    """Seconds of the same mails, made before, over one connection of smtplib."""
    messages = [(user.email, _as_bytes(user)) for user in users]
    begin = time.monotonic()
    with smtplib.SMTP("127.0.0.1", box.port) as server:
        for address, content in messages:
            server.sendmail(SENDER, [address], content)
    return box.next_time() - begin


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
