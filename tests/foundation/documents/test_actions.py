"""Asking for a document, and asking again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit.models import AuditEvent
from foundation.confidentiality import SystemActor, UnguardedRead
from foundation.documents.actions import request_document, retry
from foundation.documents.enums import State
from foundation.documents.models import Document
from foundation.leases import work
from foundation.workflow.machine import NotYours, WrongState
from tests.factories import make_user

TESTS = SystemActor("tests")


def everything():
    return Document.objects.visible_to(TESTS)


def actions_recorded() -> list[str]:
    events = AuditEvent.objects.filter(object_type="documents.document").order_by("pk")
    return list(events.values_list("action", flat=True))


@pytest.mark.django_db
def test_request_makes_a_row_and_an_event(note):
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    assert document.state is State.REQUESTED
    assert document.requested_by == user
    assert document.source_type == "accounts.user"
    assert actions_recorded() == ["documents.requested"]


@pytest.mark.django_db
def test_same_content_is_the_same_document(note):
    user = make_user()
    first = request_document("tests.note", user, by=user, language="en")
    again = request_document("tests.note", user, by=TESTS, language="en")
    assert again.pk == first.pk
    assert actions_recorded() == ["documents.requested"]


@pytest.mark.django_db
def test_other_content_language_or_source_is_another_document(note):
    user = make_user()
    first = request_document("tests.note", user, by=user, language="en")
    french = request_document("tests.note", user, by=user, language="fr")
    other = request_document("tests.note", make_user(), by=user, language="en")
    note.text = "<p>Changed.</p>"
    changed = request_document("tests.note", user, by=user, language="en")
    assert len({first.pk, french.pk, other.pk, changed.pk}) == 4


@pytest.mark.django_db
def test_database_refuses_a_second_document_of_the_same_content(note):
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    fields = ("kind", "source_type", "source_id", "content_hash", "language", "level")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**{name: getattr(document, name) for name in fields})


@pytest.mark.django_db
def test_database_refuses_a_file_without_its_hash(note):
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        everything().filter(pk=document.pk).update(file="x.pdf")


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_make_one_document(note):
    user = make_user()
    together = threading.Barrier(8)

    def ask(_: int) -> object:
        try:
            together.wait(20)
            return request_document("tests.note", user, by=TESTS, language="en").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(ask, range(8)))
    assert len(made) == 1
    assert actions_recorded() == ["documents.requested"]


@pytest.mark.django_db
def test_unknown_kind_is_an_error(note):
    with pytest.raises(KeyError):
        request_document("tests.unknown", make_user(), by=TESTS, language="en")


@pytest.mark.django_db
def test_documents_are_guarded_and_seen_by_their_reader_only(note):
    user = make_user()
    request_document("tests.note", user, by=user, language="en")
    with pytest.raises(UnguardedRead):
        Document.objects.count()
    assert Document.objects.visible_to(user).count() == 1
    assert Document.objects.visible_to(make_user()).count() == 0


@pytest.mark.django_db
def test_documents_of_a_kind_that_is_gone_are_seen_by_nobody(note, monkeypatch):
    user = make_user()
    request_document("tests.note", user, by=user, language="en")
    monkeypatch.setattr("foundation.documents.kinds._kinds", {})
    assert Document.objects.visible_to(user).count() == 0


@pytest.mark.django_db
def test_retry_of_a_failed_document_puts_it_back(note):
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    everything().filter(pk=document.pk).update(failure="It has no title.")
    work.park(Document, document.pk, "RenderingFailed")
    failed = everything().get()
    assert failed.state is State.FAILED
    assert failed.reason == "It has no title."
    retry(document=failed, by=user)
    assert everything().get().state is State.REQUESTED
    assert everything().get().failure == ""
    assert actions_recorded() == ["documents.requested", "documents.retried"]


@pytest.mark.django_db
def test_retry_is_for_readers_and_for_failed_documents(note):
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    with pytest.raises(NotYours):
        retry(document=document, by=make_user())
    with pytest.raises(WrongState):
        retry(document=document, by=user)
