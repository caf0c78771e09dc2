"""What lies in the folder of files: boxes, except for documents that everyone may read."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from foundation.confidentiality import Level, SystemActor, vault
from foundation.confidentiality.vault.boxes import is_box, key_id_of
from foundation.documents import store
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.documents.workshop import render_claimed
from tests.factories import make_user
from tests.foundation.confidentiality.vault.keys import FIRST, SECOND
from tests.foundation.documents.note import Note

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "Kanari Verborgen"


@pytest.fixture
def keys(settings: Any) -> Any:
    settings.VAULT_KEYS_FILE, settings.VAULT_KEYS = None, FIRST
    return settings


def made(note: Note, monkeypatch: pytest.MonkeyPatch, level: Level = Level.OFFICE) -> Document:
    """Return a finished note with the canary in it, of this level."""
    note.text = f"<p>{CANARY}</p>"
    monkeypatch.setattr(Note, "level", lambda self, source: level)
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    assert render_claimed(document.pk)
    return Document.objects.visible_to(SystemActor("tests")).get(pk=document.pk)


def text_of(data: bytes) -> str:
    """Return what a PDF says."""
    from io import BytesIO

    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize("level", list(Level))
def test_file_lies_in_a_box_unless_everyone_may_read_it(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    ready = made(note, monkeypatch, level)
    lying = store.path_of(ready.file).read_bytes()
    assert is_box(lying) == (level > Level.PUBLIC)
    assert (b"%PDF" in lying) == (level == Level.PUBLIC)
    assert CANARY in text_of(store.read(ready))


def test_reader_gets_the_plain_file(note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = made(note, monkeypatch)
    client = Client()
    assert ready.requested_by is not None
    client.force_login(ready.requested_by)
    answer = client.get(reverse("documents:download", args=[ready.pk]))
    assert answer.status_code == 200
    assert CANARY in text_of(answer.content)


def test_folder_and_database_without_the_keys_show_nothing(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = made(note, monkeypatch)
    everything = b"".join(p.read_bytes() for p in store.folder().rglob("*") if p.is_file())
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(d)::text FROM documents_document d")
        everything += str(cursor.fetchone()[0]).encode()
    assert CANARY.encode() not in everything and b"%PDF" not in everything
    assert ready.file_hash.encode() in everything  # the control: the row is in it


@pytest.mark.parametrize("place", [0, 3, 15, 60, -1])
def test_one_changed_byte_of_a_box_is_damage(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    ready = made(note, monkeypatch)
    path = store.path_of(ready.file)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(store.Damaged):
        store.read(ready)


def test_box_of_another_document_is_damage(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = made(note, monkeypatch), made(note, monkeypatch)
    store.path_of(first.file).write_bytes(store.path_of(second.file).read_bytes())
    with pytest.raises(store.Damaged, match="changed"):
        store.read(first)


def test_lost_key_is_told_to_the_operator_by_its_id(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ready = made(note, monkeypatch)
    keys.VAULT_KEYS = SECOND
    with caplog.at_level(logging.ERROR), pytest.raises(store.Damaged, match="key"):
        store.read(ready)
    assert "first000" in caplog.text and CANARY not in caplog.text


def test_file_from_before_there_were_boxes_is_read_and_closed(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = made(note, monkeypatch)
    plain = store.read(ready)
    path = store.path_of(ready.file)
    path.write_bytes(plain)
    assert store.read(ready) == plain
    store.close_anew(ready)
    assert is_box(path.read_bytes()) and store.read(ready) == plain


def test_box_is_closed_anew_in_place_under_the_newest_key(
    note: Note, keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = made(note, monkeypatch)
    plain, path = store.read(ready), store.path_of(ready.file)
    keys.VAULT_KEYS = f"{SECOND},{FIRST}"
    store.close_anew(ready)
    assert key_id_of(path.read_bytes()) == "second00"
    keys.VAULT_KEYS = SECOND
    assert store.read(ready) == plain
    keys.VAULT_KEYS = FIRST
    with pytest.raises(store.Damaged):
        store.read(ready)
    with pytest.raises(vault.UnknownKey):  # the control: it is the vault that refuses
        vault.decrypt(path.read_bytes(), table=store.TABLE, column="file", row=ready.pk)
