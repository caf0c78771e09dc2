"""The sealer: committed rows only, late ones too, two at a time, through crashes."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from foundation.audit import record, sealing
from foundation.audit.chain import ChainBroken
from foundation.audit.models import AuditEvent, AuditSeal
from foundation.audit.sealing import run, seal_pending
from foundation.audit.verifying import verify
from foundation.confidentiality import SystemActor

BY = SystemActor("test")
pytestmark = pytest.mark.django_db(transaction=True)


def write(count: int = 1) -> list[int]:
    return [record("letters.frozen", None, by=BY, n=n).pk for n in range(count)]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    """Start `work` on a thread with a connection of its own."""

    def body() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


def test_seal_of_nothing_writes_nothing(head_file: Path) -> None:
    assert seal_pending() == 0
    assert not head_file.exists()
    assert verify().holds


def test_seal_in_batches_until_none_waits(head_file: Path) -> None:
    write(5)
    assert verify().waiting == 5
    assert [seal_pending(2) for _ in range(4)] == [2, 2, 1, 0]
    report = verify()
    assert report.holds
    assert (report.sealed, report.waiting) == (5, 0)
    head = json.loads(head_file.read_text())
    assert head["position"] == 5
    assert head["mac"] == AuditSeal.objects.get(position=5).mac
    assert stat.S_IMODE(head_file.stat().st_mode) == 0o600


def test_late_committer_of_a_lower_id_is_chained_when_it_appears() -> None:
    written, finish = threading.Event(), threading.Event()
    late: list[int] = []

    def slow() -> None:
        with transaction.atomic():
            late.extend(write())
            written.set()
            assert finish.wait(30)

    thread = in_thread(slow)
    assert written.wait(30)
    early = write()[0]
    assert late[0] < early
    assert seal_pending(sweep=False) == 1  # only the committed one, without waiting
    finish.set()
    thread.join()
    assert seal_pending(sweep=False) == 1
    order = list(AuditSeal.objects.order_by("position").values_list("event_id", flat=True))
    assert order == [early, late[0]]
    assert verify().holds


def test_late_committer_below_the_window_is_found_by_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "WINDOW", 2)
    ids = write(6)
    with connection.cursor() as cursor:  # the state after ids 2.. were sealed before id 1 appeared
        cursor.execute(
            "CREATE TEMP TABLE held AS SELECT * FROM audit_event WHERE id = %s", [ids[0]]
        )
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [ids[0]])
        cursor.execute("SET session_replication_role = origin")
        seal_pending()
        cursor.execute("INSERT INTO audit_event SELECT * FROM held")
        cursor.execute("DROP TABLE held")
    assert seal_pending(sweep=False) == 0
    assert seal_pending() == 1
    assert verify().holds


def test_writers_and_two_sealers_at_once_chain_every_event_once() -> None:
    writers, each = 6, 40
    stop = threading.Event()
    sealers = [in_thread(lambda: run(stop, every=0.01, batch=7)) for _ in range(2)]

    def busy() -> None:
        for number in range(each):
            with transaction.atomic():
                write()
                if number % 3 == 0:
                    transaction.set_rollback(True)

    for thread in [in_thread(busy) for _ in range(writers)]:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    seal_pending()
    kept = writers * (each - len(range(0, each, 3)))
    assert AuditEvent.objects.count() == AuditSeal.objects.count() == kept
    report = verify()
    assert report.holds, report.problems
    assert (report.sealed, report.waiting, report.head and report.head.position) == (kept, 0, kept)


def test_writers_wait_neither_for_each_other_nor_for_the_sealer() -> None:
    holding, finish = threading.Event(), threading.Event()

    def hold_everything() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
            write()
            holding.set()
            assert finish.wait(30)

    thread = in_thread(hold_everything)
    assert holding.wait(30)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
            assert len(write(20)) == 20
        # The control: the sealer itself does wait for that lock.
        with pytest.raises(Exception, match="lock timeout"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
            seal_pending()
    finally:
        finish.set()
        thread.join()
    assert seal_pending() == 21


def test_crash_between_commit_and_head_is_made_good(
    monkeypatch: pytest.MonkeyPatch, head_file: Path
) -> None:
    def crash(position: int, *args: object, **kwargs: object) -> None:
        if position:
            raise OSError("the machine is gone")
        real(position, *args, **kwargs)  # type: ignore[arg-type]

    real = sealing.write_head
    write(3)
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "write_head", crash)
        with pytest.raises(OSError, match="gone"):
            seal_pending()  # the very first batch
    assert AuditSeal.objects.count() == 3
    assert json.loads(head_file.read_text())["position"] == 0
    assert verify().holds
    assert seal_pending() == 0
    assert json.loads(head_file.read_text())["position"] == 3


def test_sealing_that_is_rolled_back_leaves_the_head_alone(head_file: Path) -> None:
    write(2)
    seal_pending()
    write(2)
    with transaction.atomic():
        assert seal_pending() == 2
        transaction.set_rollback(True)
    assert json.loads(head_file.read_text())["position"] == 2
    assert seal_pending() == 2
    assert verify().holds


def test_slower_sealer_does_not_put_the_head_back(head_file: Path) -> None:
    write(4)
    seal_pending()
    before = head_file.read_text()
    sealing.write_head(2, "a" * 64, "key")
    assert head_file.read_text() == before


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"position": "x"}'])
def test_damaged_head_stops_the_sealer_and_is_reported(head_file: Path, text: str) -> None:
    write(2)
    seal_pending()
    head_file.write_text(text)
    write()
    with pytest.raises(ChainBroken, match="damaged"):
        seal_pending()
    assert not verify().holds


def test_head_that_is_gone_stops_the_sealer_until_an_operator_decides(head_file: Path) -> None:
    write(2)
    seal_pending()
    head_file.unlink()
    write()
    assert not verify().holds
    with pytest.raises(ChainBroken, match="head file is gone"):
        seal_pending()
    assert seal_pending(accept_head=True) == 2
    assert verify().holds
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.facts) == ("audit.head_renewed", {"position": 2})


def test_another_key_stops_the_sealer_and_breaks_the_verification(
    settings: Settings,
) -> None:
    write(3)
    seal_pending()
    settings.AUDIT_KEY = "quite-another-key-0123456789abcdef"
    write()
    with pytest.raises(ChainBroken, match="another key"):
        seal_pending()
    assert verify().found == 3


def test_key_that_is_rotated_goes_on_and_the_old_one_never_comes_back(
    settings: Settings,
) -> None:
    old = settings.AUDIT_KEY
    write(3)
    seal_pending()
    settings.AUDIT_OLD_KEYS = [old]
    settings.AUDIT_KEY = "the-key-after-the-rotation-0123456789"
    write(3)
    assert seal_pending() == 3
    assert verify().holds
    # Somebody with the old key only forges the newest seal: it is not taken any more.
    settings.AUDIT_OLD_KEYS, new = [], settings.AUDIT_KEY
    settings.AUDIT_KEY = old
    write()
    seal_pending(accept_head=True)
    settings.AUDIT_OLD_KEYS, settings.AUDIT_KEY = [old], new
    assert not verify().holds
