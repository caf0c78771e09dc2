"""From row to file: what a worker does, also when things go wrong or two of them meet."""

import hashlib
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import connection

from foundation.confidentiality import SystemActor
from foundation.documents import store, workshop
from foundation.documents.actions import forget_documents, request_document, retry
from foundation.documents.enums import Stage, State
from foundation.documents.models import Document
from foundation.documents.provider import seal_provider
from foundation.documents.signals import document_ready
from foundation.documents.verification import verify
from foundation.documents.workshop import NotMade, render_claimed, render_now
from foundation.leases import work
from foundation.leases.models import MAX_CRASHES
from tests.factories import make_user
from tests.foundation.documents.test_actions import actions_recorded

pytestmark = pytest.mark.django_db(transaction=True)


def ask(note: object) -> Document:
    user = make_user()
    return request_document("tests.note", user, by=user, language="en")


def fresh(document: Document) -> Document:
    return Document.objects.visible_to(SystemActor("tests")).get(pk=document.pk)


def change(document: Document, **fields: object) -> None:
    Document.objects.visible_to(SystemActor("tests")).filter(pk=document.pk).update(**fields)


def files() -> list[str]:
    return [path.name for path in store.folder().rglob("*") if path.is_file()]


def let_the_lease_run_out(document: Document) -> None:
    change(document, run_until="2020-01-01T00:00:00Z", lease_until="2020-01-01T00:00:00Z")


def test_document_is_rendered_sealed_and_put_away(note):
    document = ask(note)
    assert render_claimed(document.pk)
    ready = fresh(document)
    assert ready.state is State.READY
    assert ready.stage == Stage.DONE
    data = store.read(ready)
    assert ready.file_hash == hashlib.sha256(data).hexdigest()
    assert ready.size == len(data)
    assert ready.certificate == seal_provider().identity().fingerprint
    verdict = verify(data, lambda _: None, seal_provider().known())
    assert verdict.unchanged
    assert actions_recorded() == ["documents.requested", "documents.rendered"]


def test_stored_file_is_for_the_portal_only_and_has_a_random_name(note):
    document = ask(note)
    render_claimed(document.pk)
    path = store.path_of(fresh(document).file)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(document.pk) not in path.name
    assert files() == [path.name]


def test_kind_without_seal_is_not_sealed(note):
    note.seals = False
    document = ask(note)
    render_claimed(document.pk)
    assert fresh(document).certificate == ""
    assert b"/ByteRange" not in store.read(fresh(document))


def test_ready_is_told_inside_the_transaction(note):
    heard: list[tuple[State, bool]] = []

    def hear(document: Document, **kwargs: object) -> None:
        heard.append((document.state, connection.in_atomic_block))

    document_ready.connect(hear)
    try:
        render_claimed(ask(note).pk)
    finally:
        document_ready.disconnect(hear)
    assert heard == [(State.READY, True)]


def test_finished_document_is_not_rendered_again(note):
    document = ask(note)
    assert render_claimed(document.pk)
    assert not render_claimed(document.pk)
    assert len(note.rendered) == 1


def test_error_in_the_text_parks_the_document_with_its_reason(note):
    note.text = '<a href="#note-9">9</a>'
    document = ask(note)
    assert not render_claimed(document.pk)
    failed = fresh(document)
    assert failed.state is State.FAILED
    assert "note-9" in failed.reason
    assert failed.crashes == 0
    assert files() == []
    assert actions_recorded()[-1] == "documents.failed"


def test_parked_document_is_made_after_a_retry(note):
    note.text = '<a href="#note-9">9</a>'
    document = ask(note)
    render_claimed(document.pk)
    note.text = "<p>Mended.</p>"
    retry(document=fresh(document), by=fresh(document).requested_by)
    assert render_claimed(document.pk)


def test_error_of_ours_is_tried_again_and_given_up_after_five_times(note, monkeypatch):
    def full(data: bytes, document: Document) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "put", full)
    document = ask(note)
    for tries in range(1, workshop.MOST_TRIES):
        assert not render_claimed(document.pk)
        assert fresh(document).state is State.REQUESTED
        assert fresh(document).attempts == tries
        change(document, due_at="2020-01-01T00:00:00Z")
    assert not render_claimed(document.pk)
    assert fresh(document).state is State.FAILED
    assert "OSError" in fresh(document).reason


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SoftTimeLimitExceeded(), "longer than 120 seconds"),
        (MemoryError(), "more memory"),
        (LookupError(), "no longer there"),
    ],
)
def test_limits_and_a_lost_source_park_at_once(note, error, words):
    def fail() -> None:
        raise error

    note.before = fail
    document = ask(note)
    render_claimed(document.pk)
    assert fresh(document).state is State.FAILED
    assert words in fresh(document).reason


def test_document_that_kills_its_workers_is_shown_as_failed(note):
    document = ask(note)
    for _ in range(MAX_CRASHES):
        assert work.begin(Document, [document.pk], 20) == [document.pk]
        let_the_lease_run_out(document)  # the worker was killed
    assert not render_claimed(document.pk)
    work.park_crashed(Document)
    assert fresh(document).state is State.FAILED
    assert "died each time" in fresh(document).reason


def in_threads(count: int, document: Document) -> list[bool]:
    together = threading.Barrier(count)

    def render(_: int) -> bool:
        try:
            together.wait(20)
            return render_claimed(document.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(render, range(count)))


def test_two_workers_meet_and_one_of_them_works(note):
    document = ask(note)
    assert sorted(in_threads(4, document)) == [False, False, False, True]
    assert len(note.rendered) == 1
    assert files() == [fresh(document).file]


def test_without_the_lease_two_workers_would_both_work(note, monkeypatch):
    """Positive control: the race is real, and even then one file stays."""
    monkeypatch.setattr(work, "begin", lambda model, ids, seconds: list(ids))
    note.before = lambda: both.wait(20) and None
    both = threading.Barrier(2)
    document = ask(note)
    assert sorted(in_threads(2, document)) == [False, True]
    assert len(note.rendered) == 2
    assert files() == [fresh(document).file]


def test_slow_worker_that_lost_its_lease_leaves_one_file(note):
    document = ask(note)
    first_waits, second_done = threading.Event(), threading.Event()

    def stand_still() -> None:
        if not note.rendered and not first_waits.is_set():
            first_waits.set()
            assert second_done.wait(20)

    note.before = stand_still
    results: list[bool] = []

    def slow() -> None:
        try:
            results.append(render_claimed(document.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert first_waits.wait(20)
    let_the_lease_run_out(document)
    assert render_claimed(document.pk)
    kept = fresh(document).file
    second_done.set()
    thread.join(20)
    assert results == [False]
    assert fresh(document).file == kept
    assert files() == [kept]


def test_lease_is_renewed_and_progress_told_while_rendering(note, settings):
    settings.DOCUMENT_LEASE = 2
    document = ask(note)
    seen: list[Document] = []
    go_on = threading.Event()
    note.before = lambda: go_on.wait(20) and None

    def render() -> None:
        try:
            render_claimed(document.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=render)
    thread.start()
    pause = threading.Event()
    for _ in range(100):
        seen.append(fresh(document))
        if len({row.run_until for row in seen if row.run_until}) >= 3:
            break
        pause.wait(0.2)
    go_on.set()
    thread.join(20)
    assert len({row.run_until for row in seen if row.run_until}) >= 3
    assert seen[-1].state is State.RENDERING
    assert seen[-1].doing == "Reading the text"
    assert fresh(document).is_ready


def test_render_now_gives_the_document_or_the_reason(note):
    assert render_now(ask(note)).is_ready
    note.text = '<a href="#note-9">9</a>'
    with pytest.raises(NotMade, match="note-9"):
        render_now(ask(note))


def test_render_now_waits_for_the_worker_that_was_first(note):
    document = ask(note)
    assert work.begin(Document, [document.pk], 20)
    with pytest.raises(NotMade, match="somebody else"):
        render_now(document, patience=0.1)
    assert note.rendered == []
    let_the_lease_run_out(document)
    assert render_now(document).is_ready


def test_damaged_or_missing_file_is_not_read(note):
    document = ask(note)
    render_claimed(document.pk)
    ready = fresh(document)
    store.path_of(ready.file).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(store.Damaged, match="changed"):
        store.read(ready)
    store.remove(ready.file)
    with pytest.raises(store.Damaged, match="missing"):
        store.read(ready)


def test_sweep_removes_what_killed_workers_left_and_nothing_else(note):
    document = ask(note)
    render_claimed(document.pk)
    kept = fresh(document).file
    orphan, young = store.put(b"orphan", document), store.put(b"young", document)
    half = store.path_of(kept).with_name(".half.tmp")
    half.write_bytes(b"half")
    for path in (store.path_of(orphan), store.path_of(kept), half):
        os.utime(path, (0, 0))
    assert store.sweep() == 2
    assert sorted(files()) == sorted([kept, young])


def test_documents_of_an_erased_source_are_forgotten_with_their_files(note):
    document, other = ask(note), ask(note)
    render_claimed(document.pk)
    render_claimed(other.pk)
    source = fresh(document).requested_by
    assert forget_documents(source=source, by=source) == 1
    assert files() == [fresh(other).file]
    assert actions_recorded()[-1] == "documents.forgotten"
