"""The lane to the workers, the limits of a worker, and workers that are really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from foundation.confidentiality import SystemActor
from foundation.documents import store, tasks
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.leases import lanes, relay, work
from tests.factories import make_user

ROOT = Path(__file__).resolve().parents[3]
LEASE = 20  # seconds, as in the settings


def test_documents_have_a_lane():
    lane = lanes.lane("documents")
    assert lane.model is Document
    assert not lane.direct


@pytest.mark.django_db(transaction=True)
def test_relay_hands_each_document_to_a_task_of_its_own(note, monkeypatch):
    published: list[dict] = []
    monkeypatch.setattr(
        tasks.render_documents, "apply_async", lambda **options: published.append(options)
    )
    monkeypatch.setattr(lanes, "_lanes", {"documents": lanes.lane("documents")})
    wanted = {str(ask().pk) for _ in range(3)}
    assert relay.run_once() == 3
    assert {options["args"][0][0] for options in published} == wanted
    assert all(options["retry"] is False for options in published)
    assert relay.run_once() == 0  # leased: not handed over twice


@pytest.mark.django_db(transaction=True)
def test_task_renders_and_survives_running_twice(note):
    document = ask()
    tasks.render_documents([str(document.pk)])
    tasks.render_documents([str(document.pk)])
    assert fresh(document).is_ready
    assert len(note.rendered) == 1


def test_task_is_stopped_in_time_and_goes_to_its_own_queue(settings):
    assert tasks.render_documents.soft_time_limit == settings.DOCUMENT_TIME_LIMIT
    assert tasks.render_documents.time_limit > settings.DOCUMENT_TIME_LIMIT
    route = settings.CELERY_TASK_ROUTES["foundation.documents.tasks.*"]
    assert route == {"queue": "documents"}


MEMORY = """
import django; django.setup()
from foundation.documents.tasks import limit_memory
limit_memory()
try:
    bytearray(4 * 1024**3)
except MemoryError:
    print("refused")
"""


def test_worker_may_not_take_more_memory_than_the_limit():
    result = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "refused"


def ask() -> Document:
    user = make_user()
    return request_document("tests.note", user, by=user, language="en")


def fresh(document: Document) -> Document:
    return Document.objects.visible_to(SystemActor("tests")).get(pk=document.pk)


def wait_for(what: Callable[[], object], seconds: float) -> float:
    """Wait until `what` is true; gives the seconds that took."""
    start = time.monotonic()
    while not what():
        assert time.monotonic() - start < seconds, "waited too long"
        time.sleep(0.2)
    return time.monotonic() - start


@pytest.fixture
def start_worker(
    settings, tmp_path, monkeypatch
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a real Celery worker (one child) on the test's database, store, seal and queue.

    The relay of the test knows the lane of documents only, and publishes to that queue: tests that
    run beside this one share the broker.
    """
    queue = f"documents-{tmp_path.parent.name}-{tmp_path.name}"
    publish = tasks.render_documents.apply_async
    monkeypatch.setattr(tasks.render_documents, "apply_async", partial(publish, queue=queue))
    monkeypatch.setattr(lanes, "_lanes", {"documents": lanes.lane("documents")})
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = {
        **os.environ,
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SEAL_DIR": str(settings.SEAL_DIR),
        "SLOW": str(tmp_path / "slow"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1"]
    command += ["-Q", queue, "-l", "error", "--without-gossip", "--without-mingle"]
    command += ["--include", "tests.foundation.documents.worker"]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
        started.append(process)
        return process

    yield start
    for process in started:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and its children at once, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_rendering_is_replaced_and_one_document_comes_out(
    note, start_worker, tmp_path
):
    document = ask()
    first = start_worker()
    relay.run_once()
    wait_for((tmp_path / "slow").exists, 60)
    kill_group(first)
    assert not fresh(document).is_ready
    start_worker()

    def ready() -> bool:
        relay.run_once()
        return fresh(document).is_ready

    assert wait_for(ready, 90) <= 30
    row = fresh(document)
    assert row.crashes == 1
    stored = [path.name for path in store.folder().rglob("*") if path.is_file()]
    assert stored == [row.file]


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_killed_child_alone_is_replaced_as_well(note, start_worker, tmp_path):
    document = ask()
    start_worker()
    relay.run_once()
    wait_for((tmp_path / "slow").exists, 60)
    wait_for(lambda: (tmp_path / "slow").read_text(), 5)
    os.kill(int((tmp_path / "slow").read_text()), signal.SIGKILL)

    def ready() -> bool:
        relay.run_once()
        return fresh(document).is_ready

    assert wait_for(ready, 90) <= 30


@pytest.mark.django_db(transaction=True)
def test_poison_document_is_parked_and_others_go_on(note):
    poison, sound = ask(), ask()
    for _ in range(5):
        work.begin(Document, [poison.pk], LEASE)
        rows = Document.objects.visible_to(SystemActor("tests")).filter(pk=poison.pk)
        rows.update(run_until="2020-01-01T00:00:00Z", lease_until="2020-01-01T00:00:00Z")
    work.park_crashed(Document)
    for document in (poison, sound):
        tasks.render_documents([str(document.pk)])
    assert fresh(sound).is_ready
    assert fresh(poison).state == "failed"
    assert fresh(poison).reason
