"""Workers killed in the middle of a batch, a broker that forgets everything or never answers.

What is claimed: no mail is lost, and each death of a worker costs at most one extra copy. The last
test is the positive control: the same faults with a task per mail lose mails.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from foundation.notifications.models import Outbox, SecurityMail
from foundation.notifications.outbox import notify
from foundation.notifications.security import queue_security_mail
from launcher.servers import find_site
from launcher.valkey import Valkey
from tests.foundation.notifications.conftest import Mailbox, Told

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
MAILS = 120


class SlowMailbox(Mailbox):
    """Takes a moment for each mail, so that a kill falls into the middle of a batch."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mailbox_class() -> type[Mailbox]:
    return SlowMailbox


@dataclass
class Processes:
    """The relay and the worker, started and killed by a test."""

    port: int
    redis_url: str
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `python -m …` with the test's database, broker and mail server."""
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        environment = {
            **os.environ,
            "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
            "REDIS_URL": self.redis_url,
            "TEST_SMTP_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.foundation.notifications.faults.settings",
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def relay(self) -> subprocess.Popen[bytes]:
        return self.start("django", "relay")

    def worker(self) -> subprocess.Popen[bytes]:
        told = "tests.foundation.notifications.faults.told"
        options = ["-Q", "mail", "-c", "1", "--without-gossip", "--without-mingle"]
        return self.start("celery", "-A", "portal", "worker", "-I", told, *options)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the process with all its children, without a warning."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        self.running.remove(process)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Valkey]:
    """A broker of this test's own, that keeps nothing."""
    valkey = Valkey(find_site(), tmp_path / "valkey", tmp_path / "valkey.log", keep=False)
    valkey.launch()
    valkey.wait()
    yield valkey
    valkey.stop()


@pytest.fixture
def processes(
    broker: Valkey, mailbox: Mailbox, settings: Any, tmp_path: Path
) -> Iterator[Processes]:
    started = Processes(settings.EMAIL_PORT, broker.url, tmp_path / "processes.log")
    yield started
    for process in list(started.running):
        started.kill(process)


@pytest.fixture
def people() -> list[Any]:
    user = get_user_model()
    return user.objects.bulk_create(
        [user(email=f"reader{number}@mail.example") for number in range(MAILS)]
    )


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for `condition`; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def forget_everything(broker: Valkey) -> None:
    """Kill the broker and start it again, empty."""
    assert broker.child is not None
    broker.child.kill()
    broker.child.wait(20)
    broker.launch()
    broker.wait()


def let_leases_run_out() -> None:
    """What half a minute does."""
    past = timezone.now() - timezone.timedelta(seconds=1)
    Outbox.objects.filter(lease_until__isnull=False).update(lease_until=past)
    Outbox.objects.filter(run_until__isnull=False).update(run_until=past)


def test_killed_workers_and_a_forgetful_broker_lose_nothing(
    people: list[Any], processes: Processes, broker: Valkey, mailbox: Mailbox
) -> None:
    for person in people:
        notify(Told.kind, to=person)
    processes.relay()
    kills = 0
    for share in (0.2, 0.5):
        worker = processes.worker()
        until(lambda share=share: len(mailbox.taken) >= share * MAILS)  # type: ignore[misc]
        processes.kill(worker)
        kills += 1
        assert Outbox.objects.filter(done_at=None).exists(), (
            "the kill came too late to say anything"
        )
        forget_everything(broker)
        let_leases_run_out()
    processes.worker()
    until(lambda: not Outbox.objects.filter(done_at=None).exists(), 120)
    copies = Counter(mailbox.recipients)
    assert set(copies) == {person.email for person in people}
    assert sum(copies.values()) - MAILS <= kills
    assert not Outbox.objects.filter(parked_at__isnull=False).exists()


def test_security_mail_leaves_while_the_broker_is_stopped(
    processes: Processes, broker: Valkey, mailbox: Mailbox, people: list[Any]
) -> None:
    broker.stop()
    processes.relay()
    notify(Told.kind, to=people[0])
    queue_security_mail(to="ada@mail.example", subject="Your code", body="123-456")
    until(lambda: bool(mailbox.taken), 20)
    assert mailbox.recipients == ["ada@mail.example"]
    until(lambda: SecurityMail.objects.get().done_at is not None, 10)
    broker.launch()
    broker.wait()
    processes.worker()
    until(lambda: people[0].email in mailbox.recipients)


def test_security_mail_leaves_while_the_broker_is_a_black_hole(
    processes: Processes, mailbox: Mailbox, people: list[Any]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hole:  # it accepts and never answers
        processes.redis_url = f"redis://127.0.0.1:{hole.getsockname()[1]}/0"
        relay = processes.relay()
        notify(Told.kind, to=people[0])
        time.sleep(3)  # the lane of mails is caught by now
        queue_security_mail(to="ada@mail.example", subject="Your code", body="123-456")
        until(lambda: bool(mailbox.taken), 5)
        started = time.monotonic()
        relay.terminate()
        assert relay.wait(20) == 0
        assert time.monotonic() - started < 5  # about 1 s on an idle machine
    assert Outbox.objects.get().done_at is None


def test_task_for_each_mail_loses_mails_under_the_same_faults(
    people: list[Any], processes: Processes, broker: Valkey, mailbox: Mailbox
) -> None:
    """Positive control: without the outbox the queue was the only place that knew."""
    with current_app.connection_for_write(broker.url) as link:
        for person in people:
            current_app.send_task(
                "tests.send_naively", (person.email,), queue="mail", connection=link
            )
    worker = processes.worker()
    until(lambda: len(mailbox.taken) >= 0.2 * MAILS)
    processes.kill(worker)
    forget_everything(broker)
    processes.worker()
    time.sleep(6)  # the new worker is up and finds nothing
    assert len(set(mailbox.recipients)) < MAILS
