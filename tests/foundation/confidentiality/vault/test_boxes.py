"""A box opens in its place, under its key, unchanged; everywhere else it stays shut."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from foundation.confidentiality import vault
from foundation.confidentiality.vault.boxes import HEADER, SHORTEST, is_box, key_id_of
from tests.foundation.confidentiality.vault.keys import FIRST, SECOND, line

ROW = uuid.UUID("5b0c3c1e-0d0e-4c62-9d0a-64f5f6f0c0de")
PLACE: dict[str, Any] = {"table": "letters_signatory", "column": "sealed", "row": ROW}
SECRET = "Ünique Canary · قناري · 金丝雀".encode()


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> Settings:
    settings.VAULT_KEYS_FILE = None
    settings.VAULT_KEYS = FIRST
    return settings


@pytest.mark.parametrize("plain", [b"", b"x", SECRET, bytes(range(256)) * 500])
def test_box_opens_where_it_was_put(plain: bytes) -> None:
    box = vault.encrypt(plain, **PLACE)
    assert vault.decrypt(box, **PLACE) == plain
    assert vault.decrypt(memoryview(box), **PLACE) == plain  # as the database hands it out
    assert vault.decrypt(box, **PLACE | {"row": str(ROW)}) == plain
    assert len(box) == SHORTEST + len(plain)


def test_two_boxes_of_the_same_differ_and_show_nothing_of_it() -> None:
    first, second = vault.encrypt(SECRET, **PLACE), vault.encrypt(SECRET, **PLACE)
    assert first[HEADER:] != second[HEADER:]
    assert SECRET not in first


@pytest.mark.parametrize(
    "other",
    [
        {"table": "letters_request"},
        {"column": "sealed_before"},
        {"row": uuid.uuid4()},
        {"row": ""},
        {"column": "sealed|", "row": ROW},
    ],
)
def test_box_that_was_moved_stays_shut(other: dict[str, Any]) -> None:
    box = vault.encrypt(SECRET, **PLACE)
    with pytest.raises((vault.Sealed, ValueError)):
        vault.decrypt(box, **PLACE | other)


def test_place_cannot_be_cut_in_another_way() -> None:
    with pytest.raises(ValueError, match="has no"):
        vault.encrypt(SECRET, table="a|b", column="c", row=1)
    box = vault.encrypt(SECRET, table="a", column="b", row="c|d")
    with pytest.raises(ValueError, match="has no"):
        vault.decrypt(box, table="a", column="b|c", row="d")


def test_one_changed_bit_anywhere_is_refused() -> None:
    box = vault.encrypt(SECRET, **PLACE)
    drawn = random.Random(4)
    for place in range(len(box)):
        changed = bytearray(box)
        changed[place] ^= 1 << drawn.randrange(8)
        with pytest.raises(vault.Sealed):
            vault.decrypt(bytes(changed), **PLACE)
    assert vault.decrypt(box, **PLACE) == SECRET  # the control


@pytest.mark.parametrize("cut", [0, 1, HEADER, SHORTEST - 1, SHORTEST, -1])
def test_box_that_was_cut_is_refused(cut: int) -> None:
    box = vault.encrypt(SECRET, **PLACE)[:cut]
    with pytest.raises(vault.Sealed):
        vault.decrypt(box, **PLACE)


def test_box_of_a_key_that_is_lost_names_the_key_and_nothing_else(keys: Settings) -> None:
    box = vault.encrypt(SECRET, **PLACE)
    keys.VAULT_KEYS = SECOND
    with pytest.raises(vault.UnknownKey, match="first000") as refusal:
        vault.decrypt(box, **PLACE)
    assert refusal.value.key_id == "first000"
    assert str(ROW) not in str(refusal.value)


def test_another_key_of_the_same_name_is_refused(keys: Settings) -> None:
    box = vault.encrypt(SECRET, **PLACE)
    keys.VAULT_KEYS = line("first000", "z")
    with pytest.raises(vault.Sealed) as refusal:
        vault.decrypt(box, **PLACE)
    assert not isinstance(refusal.value, vault.UnknownKey)


def test_newest_key_encrypts_and_every_key_opens(keys: Settings) -> None:
    old = vault.encrypt(SECRET, **PLACE)
    keys.VAULT_KEYS = f"{SECOND}\n{FIRST}"
    new = vault.encrypt(SECRET, **PLACE)
    assert (key_id_of(old), key_id_of(new)) == ("first000", "second00")
    assert vault.decrypt(old, **PLACE) == vault.decrypt(new, **PLACE) == SECRET


def test_refusal_says_nothing_of_row_content_or_key() -> None:
    box = vault.encrypt(SECRET, **PLACE)
    with pytest.raises(vault.Sealed) as refusal:
        vault.decrypt(box, **PLACE | {"row": ROW.int})
    assert refusal.value.__cause__ is None and refusal.value.__suppress_context__
    said = str(refusal.value)
    for secret in (str(ROW.int), "Canary", "aaaa", "YWFh"):
        assert secret not in said


def test_pdf_is_no_box() -> None:
    assert is_box(vault.encrypt(b"", **PLACE))
    assert not is_box(b"%PDF-1.7" + bytes(100))
    assert not is_box(b"\x01")
