"""The relay: what it hands over, what it survives, how it stops."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from foundation.leases import lanes, relay, work
from foundation.leases.lanes import Lane
from foundation.notifications.models import SecurityMail
from tests.foundation.leases.conftest import Make


@pytest.fixture
def only_lanes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the registered lanes by those given."""

    def put(*these: Lane) -> None:
        monkeypatch.setattr(lanes, "_lanes", {lane.name: lane for lane in these})

    return put


@pytest.fixture
def running() -> Iterator[Callable[[], threading.Event]]:
    """Start the relay in a thread; it is stopped at the end."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start() -> threading.Event:
        threads.append(threading.Thread(target=relay.run, args=(stop,)))
        threads[0].start()
        return stop

    yield start
    stop.set()
    for thread in threads:
        thread.join(20)


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for `condition`; AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_once_hands_over_everything_in_batches(rows: Make, only_lanes: Any) -> None:
    ids = rows(5)
    handed: list[list[Any]] = []
    only_lanes(Lane("test", SecurityMail, handed.append, batch=2))
    assert relay.run_once() == 5
    assert handed == [ids[:2], ids[2:4], ids[4:]]


def test_row_that_crashed_before_is_handed_over_alone(rows: Make, only_lanes: Any) -> None:
    sound = rows(2)
    suspects = rows(2, crashes=1)
    handed: list[list[Any]] = []
    only_lanes(Lane("test", SecurityMail, handed.append))
    relay.run_once()
    assert sorted(handed, key=len) == [[suspects[0]], [suspects[1]], sound]


def test_broker_that_fails_loses_nothing(rows: Make, only_lanes: Any) -> None:
    ids = rows(3)
    handed: list[list[Any]] = []

    def refuse(batch: list[Any]) -> None:
        raise ConnectionError

    only_lanes(Lane("test", SecurityMail, refuse))
    assert relay.run_once() == 0
    only_lanes(Lane("test", SecurityMail, handed.append))
    assert relay.run_once() == 3
    assert handed == [ids]


def test_no_more_is_handed_over_than_the_lane_allows(rows: Make, only_lanes: Any) -> None:
    rows(10)
    handed: list[list[Any]] = []
    only_lanes(Lane("test", SecurityMail, handed.append, batch=2, ahead=5))
    assert relay.run_once() == 4
    assert [len(batch) for batch in handed] == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_due_row_is_seen_within_a_second(rows: Make, only_lanes: Any, running: Any) -> None:
    handed: list[list[Any]] = []
    only_lanes(Lane("test", SecurityMail, handed.append))
    running()
    time.sleep(0.3)  # it has looked once and found nothing
    started = time.monotonic()
    rows()
    until(lambda: bool(handed))
    assert time.monotonic() - started < 1


@pytest.mark.django_db(transaction=True)
def test_lane_with_a_black_hole_does_not_hold_up_another(
    rows: Make, only_lanes: Any, running: Any
) -> None:
    free = threading.Event()
    handed: list[list[Any]] = []
    rows()

    def black_hole(batch: list[Any]) -> None:
        free.wait(20)

    def other(batch: list[Any]) -> None:
        handed.append(batch)

    only_lanes(
        Lane("hole", SecurityMail, black_hole, batch=1), Lane("other", SecurityMail, other, batch=1)
    )
    running()
    rows(5)
    try:
        until(lambda: len(handed) >= 3)
    finally:
        free.set()


@pytest.mark.django_db(transaction=True)
def test_stop_ends_within_a_second_even_when_busy(
    rows: Make, only_lanes: Any, running: Any
) -> None:
    free = threading.Event()
    entered = threading.Event()

    def black_hole(batch: list[Any]) -> None:
        entered.set()
        free.wait(20)

    only_lanes(Lane("hole", SecurityMail, black_hole))
    rows()
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        assert entered.wait(20)
        started = time.monotonic()
        stop.set()
        thread.join(20)
        assert time.monotonic() - started < 1
    finally:
        free.set()


@pytest.mark.django_db(transaction=True)
def test_relay_outlives_its_database_connections(rows: Make, only_lanes: Any, running: Any) -> None:
    handed: list[list[Any]] = []
    only_lanes(Lane("test", SecurityMail, handed.append))
    rows()
    running()
    until(lambda: len(handed) == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    rows()
    until(lambda: len(handed) == 2)


@pytest.mark.django_db(transaction=True)
def test_relay_outlives_an_error_of_ours(
    rows: Make, only_lanes: Any, running: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[list[Any]] = []
    faults = iter([OperationalError(), KeyError("ours")])
    original = work.claim_rows

    def faulty(*args: Any) -> Any:
        for error in faults:
            raise error
        return original(*args)

    monkeypatch.setattr(work, "claim_rows", faulty)
    monkeypatch.setattr(relay, "PAUSE", 0.05)
    only_lanes(Lane("test", SecurityMail, handed.append))
    rows()
    running()
    until(lambda: bool(handed))


@pytest.mark.django_db(transaction=True)
def test_two_relays_hand_each_row_over_once(rows: Make, only_lanes: Any, running: Any) -> None:
    ids = rows(200)
    handed: list[Any] = []
    only_lanes(
        Lane("one", SecurityMail, handed.extend, batch=7),
        Lane("two", SecurityMail, handed.extend, batch=7),
    )
    running()
    until(lambda: len(handed) >= 200)
    time.sleep(0.6)
    assert sorted(handed) == sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_command_stops_on_a_signal_within_a_second() -> None:
    name = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "relay"],
        env={
            **os.environ,
            "DATABASE_URL": f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout and "running" in process.stdout.readline()
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - started < 5  # less than 1 s on an idle machine
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
