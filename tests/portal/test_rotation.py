"""Another key for the vault: restartable, beside people who sign, and nothing is lost."""

from __future__ import annotations

import os
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from pytest_django.fixtures import Settings

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.confidentiality import SystemActor, vault
from foundation.confidentiality.vault import register
from foundation.confidentiality.vault.boxes import key_id_of
from foundation.confidentiality.vault.keys import ring
from foundation.documents import store
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.documents.workshop import render_claimed
from portal.operations import boxes, rotating
from portal.operations.boxes import count_boxes
from tests.factories import make_user
from tests.foundation.confidentiality.vault.keys import FIRST, SECOND, write
from tests.foundation.documents.note import note

__all__ = ["note"]  # a fixture


class Slip(models.Model):
    """A row with a box."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sealed = models.BinaryField(null=True)

    class Meta:
        apps = Apps()
        app_label = "rotation"

    def __str__(self) -> str:
        return "slip"


def box(row: uuid.UUID, plain: bytes) -> bytes:
    return vault.encrypt(plain, table="rotation_slip", column="sealed", row=row)


def make_slip(plain: bytes) -> uuid.UUID:
    row = uuid.uuid4()
    Slip.objects.create(pk=row, sealed=box(row, plain))
    return row


def opened() -> dict[uuid.UUID, bytes]:
    """Return what every slip says."""
    return {
        slip.pk: vault.decrypt(slip.sealed, table="rotation_slip", column="sealed", row=slip.pk)
        for slip in Slip.objects.exclude(sealed=None)
    }


def run(*words: str) -> str:
    out = StringIO()
    call_command("rotate_vault_key", *words, stdout=out, stderr=out)
    return out.getvalue()


def age(path: Path) -> None:
    """As if the keys had been changed an hour ago."""
    state = path.stat()
    os.utime(path, (state.st_atime - 3600, state.st_mtime - 3600))


@pytest.fixture
def file(
    transactional_db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The file of keys, with one key; a table of slips, registered alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAULT_KEYS_FILE = tmp_path / "vault-keys"
    write(settings.VAULT_KEYS_FILE, FIRST)
    settings.VAULT_KEYS_FILE.chmod(0o600)
    monkeypatch.setattr(register, "_columns", {})
    vault.register_box(Slip, "sealed")
    with connection.schema_editor() as editor:
        editor.create_model(Slip)
    yield settings.VAULT_KEYS_FILE
    with connection.schema_editor() as editor:
        editor.delete_model(Slip)


def test_everything_is_closed_anew_under_a_new_key(file: Path) -> None:
    slips = {make_slip(b"%d" % number): b"%d" % number for number in range(25)}
    Slip.objects.create(sealed=None)
    said = run("--batch", "10")
    new, old = (key.id for key in ring().keys)
    assert old == "first000" and new != old
    assert count_boxes() == Counter({new: 25})
    assert opened() == slips
    assert "Encrypted anew: 25." in said and "Nothing is left" in said
    assert file.stat().st_mode & 0o777 == 0o600
    for key in ring().keys:
        assert key.line.partition(":")[2] not in said
    event = AuditEvent.objects.get(action="operations.vault_rotated")
    assert event.facts == {"key": new, "closed": 25, "left": 0, "broken": 0}
    assert "25 names and documents anew" in sentence(event)


def test_old_key_is_dropped_when_nothing_lies_under_it(file: Path) -> None:
    slips = {make_slip(b"Canary"): b"Canary"}
    run()
    with pytest.raises(CommandError, match="less than 10 minutes ago"):
        run("--drop-old")
    age(file)
    assert "Out of use: first000." in run("--drop-old")
    assert len(ring().keys) == 1 and opened() == slips
    (retired,) = file.parent.glob("vault-keys.retired-*")
    assert retired.read_text() == f"{FIRST}\n" and retired.stat().st_mode & 0o777 == 0o600
    assert "first000" in sentence(AuditEvent.objects.get(action="operations.vault_keys_dropped"))
    with pytest.raises(CommandError, match="no other key"):
        run("--drop-old")


def test_old_key_stays_while_one_box_lies_under_it(file: Path) -> None:
    row = uuid.uuid4()
    late = box(row, b"begun under the old key")
    run()
    age(file)
    Slip.objects.create(pk=row, sealed=late)
    with pytest.raises(CommandError, match=r"1 boxes lie under other keys \(first000: 1\)"):
        run("--drop-old")
    assert "going on with key" in run()  # the second run makes no third key
    assert len(ring().keys) == 2 and opened() == {row: b"begun under the old key"}
    run("--drop-old")
    assert opened() == {row: b"begun under the old key"}


class Killed(BaseException):
    """The process dies."""


def test_rotation_that_was_killed_goes_on_where_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slips = {make_slip(b"%d" % number): b"%d" % number for number in range(30)}
    count = 0

    def dying(*args: Any, **place: Any) -> bytes:
        nonlocal count
        count += 1
        if count == 17:
            raise Killed
        return encrypt(*args, **place)

    encrypt = vault.encrypt
    monkeypatch.setattr(boxes.vault, "encrypt", dying)
    with pytest.raises(Killed):
        run("--batch", "5")
    monkeypatch.setattr(boxes.vault, "encrypt", encrypt)
    new = ring().newest.id
    assert count_boxes() == Counter({new: 15, "first000": 15})  # whole batches
    assert opened() == slips
    said = run("--batch", "5")
    assert "Encrypted anew: 15." in said
    assert count_boxes() == Counter({new: 30}) and opened() == slips
    assert len(ring().keys) == 2


def test_box_that_cannot_be_opened_is_named_and_keeps_the_old_key(file: Path) -> None:
    good, bad, lost = make_slip(b"good"), make_slip(b"bad"), uuid.uuid4()
    Slip.objects.filter(pk=bad).update(sealed=box(good, b"of another row"))
    write(file, SECOND)
    Slip.objects.create(pk=lost, sealed=box(lost, b"x"))
    write(file, FIRST)
    with pytest.raises(CommandError, match=r"2 are left \(2 could not be opened\)"):
        run("--new-key")
    assert Slip.objects.count() == 3
    age(file)
    with pytest.raises(CommandError, match="2 boxes lie under other keys"):
        run("--drop-old")


def test_somebody_who_signs_is_neither_waited_for_nor_lost(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that somebody holds is passed over; what they write then is closed in a later pass."""
    held, other = make_slip(b"before"), make_slip(b"other")
    holding, through = threading.Event(), threading.Event()
    old_box = box(held, b"after")  # made before the new key came

    def sign() -> None:
        try:
            with transaction.atomic():
                Slip.objects.select_for_update().get(pk=held)
                holding.set()
                assert through.wait(30)
                Slip.objects.filter(pk=held).update(sealed=old_box)
        finally:
            connection.close()

    signing = threading.Thread(target=sign)
    signing.start()
    assert holding.wait(30)
    passes: list[int] = []
    whole = rotating.close_columns

    def close_columns(*args: Any) -> int:
        passes.append(whole(*args))
        if len(passes) == 1:  # the other row is closed while the first is held
            assert count_boxes() == Counter({ring().newest.id: 1, "first000": 1})
            through.set()
            signing.join(30)
        return passes[-1]

    monkeypatch.setattr(rotating, "close_columns", close_columns)
    run()
    assert passes == [1, 1]
    assert opened() == {held: b"after", other: b"other"}
    assert count_boxes() == Counter({ring().newest.id: 2})


def test_many_who_sign_beside_a_rotation_lose_nothing(file: Path) -> None:
    """Rows are made and changed all the time; afterwards each says what its writer wrote last."""
    stop = threading.Event()
    written: dict[uuid.UUID, bytes] = {}

    def sign(number: int) -> None:
        try:
            mine: list[uuid.UUID] = []
            turn = 0
            while not stop.is_set():
                turn += 1
                plain = b"%d.%d" % (number, turn)
                if turn % 3 and mine:
                    row = mine[turn % len(mine)]
                    Slip.objects.filter(pk=row).update(sealed=box(row, plain))
                else:
                    row = make_slip(plain)
                    mine.append(row)
                written[row] = plain
        finally:
            connection.close()

    writers = [threading.Thread(target=sign, args=[number]) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(2):
            while len(written) < 20:
                stop.wait(0.01)
            rotating.rotate(lambda sentence: None, batch=7, new_key=True)
    finally:
        stop.set()
        for writer in writers:
            writer.join(30)
    rotating.rotate(lambda sentence: None, batch=50)
    assert opened() == written


def test_second_rotation_at_the_same_time_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(*args: Any) -> int:
        def other() -> None:
            try:
                run()
            except CommandError as error:
                refusals.append(str(error))
            finally:
                connection.close()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(30)
        return 0

    refusals: list[str] = []
    monkeypatch.setattr(rotating, "close_columns", again)
    run()
    assert refusals and all("another rotation is under way" in refusal for refusal in refusals)


@pytest.mark.usefixtures("note")
def test_files_are_closed_anew_too(file: Path) -> None:
    user = make_user()
    document = request_document("tests.note", user, by=user, language="en")
    assert render_claimed(document.pk)
    ready = Document.objects.visible_to(SystemActor("tests")).get(pk=document.pk)
    plain, path = store.read(ready), store.path_of(ready.file)
    assert count_boxes() == Counter({"first000": 1})
    path.write_bytes(plain)  # as files were before there were boxes
    assert count_boxes() == Counter({"": 1})
    age(file)
    write(file, SECOND, FIRST)
    age(file)
    with pytest.raises(CommandError, match="no key: 1"):
        run("--drop-old")
    assert "files: 1" in run()
    assert key_id_of(path.read_bytes()) == "second00" and store.read(ready) == plain
    run("--drop-old")
    assert store.read(ready) == plain


def test_keys_of_the_environment_are_changed_by_hand(file: Path, settings: Settings) -> None:
    settings.VAULT_KEYS_FILE, settings.VAULT_KEYS = None, FIRST
    slips = {make_slip(b"x"): b"x"}
    with pytest.raises(CommandError, match="put a new key before the others there"):
        run()
    settings.VAULT_KEYS = f"{SECOND},{FIRST}"
    run()
    with pytest.raises(CommandError, match="take them out there"):
        run("--drop-old")
    settings.VAULT_KEYS = SECOND
    assert opened() == slips


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("nonsense"), Path.unlink])
def test_malformed_keys_stop_everything(file: Path, spoil: Callable[[Path], Any]) -> None:
    spoil(file)
    with pytest.raises(CommandError, match="VAULT_KEYS"):
        run()


def test_column_that_is_no_column_of_bytes_cannot_be_registered() -> None:
    with pytest.raises(TypeError, match="no BinaryField"):
        vault.register_box(Slip, "id")


def test_every_column_of_bytes_is_found_by_a_rotation() -> None:
    """A box that a rotation does not know would be lost with the key that is dropped."""
    ours = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField) and model._meta.app_label != "demo"
    }
    assert ("letters_signatory", "sealed") in ours
    assert ours == {(column.table, column.column) for column in register.box_columns()}
