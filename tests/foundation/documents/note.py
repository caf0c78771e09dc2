"""A kind of document for the tests: a note about a person, for that person's eyes only."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from accounts.models import User
from foundation.confidentiality import Level, Viewer, person
from foundation.documents import kinds
from foundation.documents.models import Document
from foundation.documents.querysets import DocumentQuerySet
from foundation.documents.sheets import Sheet
from tests.foundation.documents.letters import CREATED


@dataclass
class Note(kinds.DocumentKind):
    """Its text is set by the test; `before` is called when a worker asks for the sheet."""

    name = "tests.note"
    text: str = "<p>A note.</p>"
    seals: bool = True
    before: Callable[[], None] = lambda: None
    rendered: list[Any] = field(default_factory=list)

    def restrict(self, queryset: DocumentQuerySet, viewer: Viewer) -> DocumentQuerySet:
        user = person(viewer)
        return queryset.filter(source_id=user.pk) if user else queryset.none()

    def level(self, source: User) -> Level:
        return Level.OFFICE

    def content_hash(self, source: User, language: str) -> str:
        return hashlib.sha256(f"{self.text}{language}".encode()).hexdigest()

    def sheet(self, document: Document) -> Sheet:
        self.before()
        self.rendered.append(document.pk)
        html = (
            f'<!doctype html><html lang="en"><head><title>x</title></head><body>{self.text}</body>'
        )
        return Sheet(html=html + "</html>", language="en", title="A note", created=CREATED)

    def filename(self, document: Document) -> str:
        return "Заметка.pdf"

    def title(self, document: Document) -> str:
        return "Your note"

    def reference(self, document: Document) -> str:
        return "NOTE-2026-7K3QXP"


@pytest.fixture
def note(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[Note]:
    """The kind, registered for one test, with a store and a seal of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEAL_DIR = tmp_path / "seal"
    kind = Note()
    monkeypatch.setattr(kinds, "_kinds", {kind.name: kind})
    yield kind
