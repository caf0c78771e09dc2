"""The verbs of documents: ask for one, try again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model

from foundation import audit
from foundation.confidentiality import person
from foundation.documents import store
from foundation.documents.content import content_mark
from foundation.documents.kinds import kind_named
from foundation.documents.models import Document
from foundation.documents.transitions import MACHINE
from foundation.leases import work

WHY = "the same content is made once, whoever asks"


@transaction.atomic
def request_document(kind: str, source: Model, *, by: Any, language: str) -> Document:
    """The document of `source` in `language`: the stored one if its content is the same, else a
    new row that a worker will render.

    The caller has checked that `by` (a user or a SystemActor) may ask. KeyError for a kind that
    nobody registered.
    """
    described = kind_named(kind)
    content_hash, level = described.content_hash(source, language), described.level(source)
    key: dict[str, Any] = {
        "kind": kind,
        "source_id": source.pk,
        "content_hash": content_hash,
        "language": language,
        "level": level,
    }
    row = key | {"content_hash": content_mark(content_hash, level)}
    fresh = Document(source_type=source._meta.label_lower, requested_by=person(by), **row)
    Document.objects.unguarded(WHY).bulk_create([fresh], ignore_conflicts=True)
    document = Document.objects.unguarded(WHY).same_content(**key).get()
    if document.pk == fresh.pk:
        audit.record("documents.requested", document, by=by, kind=kind, source=source.pk)
    return document


@transaction.atomic
def retry(*, document: Document, by: Any) -> None:
    """Let a document that could not be made be tried again. Raises Refused when it is not failed,
    or not for `by` to see."""
    MACHINE.check(document, "retry", by=by)
    Document.objects.unguarded(WHY).filter(pk=document.pk).update(
        failure="", stage="waiting", page=0
    )
    if work.retry(Document, document.pk):
        audit.record("documents.retried", document, by=by)


@transaction.atomic
def forget_documents(*, source: Model, by: Any) -> int:
    """Delete all documents made of `source`, rows and files; gives how many.

    For a room that erases the source. Copies in other hands stay, and their seal still holds.
    """
    documents = Document.objects.unguarded("the source is erased").of_source(source.pk)
    found = list(documents)
    for document in found:
        audit.record("documents.forgotten", document, by=by)
    documents.delete()
    for document in found:
        if document.file:
            transaction.on_commit(partial(store.remove, document.file))
    return len(found)
