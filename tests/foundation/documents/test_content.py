"""The row's mark of what a document holds: keyed, unless everyone may read it."""

from __future__ import annotations

import hashlib
import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from foundation.confidentiality import Level, SystemActor
from foundation.documents.actions import request_document
from foundation.documents.content import content_mark
from foundation.documents.models import Document
from tests.factories import make_user
from tests.foundation.documents.note import Note

pytestmark = pytest.mark.django_db
TESTS = SystemActor("tests")
HASH = hashlib.sha256(b"Ada Mbeki, Dar es Salaam").hexdigest()


@pytest.mark.parametrize("level", list(Level))
def test_names_cannot_be_tried_against_the_mark_unless_they_are_public(level: Level) -> None:
    assert (content_mark(HASH, level) == HASH) == (level == Level.PUBLIC)
    assert len(content_mark(HASH, level)) == 64


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_same_content_is_found_by_the_hash_of_its_kind(
    note: Note, monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    monkeypatch.setattr(Note, "level", lambda self, source: level)
    user = make_user()
    first = request_document("tests.note", user, by=user, language="en")
    assert request_document("tests.note", user, by=user, language="en").pk == first.pk
    plain = note.content_hash(user, "en")
    key: dict[str, Any] = {"kind": "tests.note", "source_id": user.pk, "language": "en"}
    found = Document.objects.visible_to(TESTS).same_content(**key, content_hash=plain, level=level)
    assert found.get().pk == first.pk
    assert first.holds(plain) and not first.holds(HASH)
    assert (first.content_hash == plain) == (level == Level.PUBLIC)


def test_migration_marks_what_is_not_public_and_nothing_else(
    note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, rows = {}, {}
    for level in (Level.PUBLIC, Level.OFFICE):
        monkeypatch.setattr(Note, "level", lambda self, source, level=level: level)
        user = make_user()
        rows[level] = request_document("tests.note", user, by=user, language="en")
        plain[level] = note.content_hash(user, "en")
        everything = Document.objects.visible_to(TESTS).filter(pk=rows[level].pk)
        everything.update(content_hash=plain[level])  # as a row of the version before
    module = importlib.import_module(
        "foundation.documents.migrations.0002_marks_of_content_are_keyed"
    )
    unguarded = SimpleNamespace(
        get_model=lambda *names: SimpleNamespace(objects=Document.objects.visible_to(TESTS))
    )
    assert apps.get_model("documents", "Document") is Document
    module.mark(unguarded, None)
    for level, document in rows.items():
        document.refresh_from_db()
        assert document.content_hash == content_mark(plain[level], level)
        assert document.holds(plain[level])
