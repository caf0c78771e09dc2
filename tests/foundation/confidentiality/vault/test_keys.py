"""Keys: from the environment or a file that is followed; what is wrong with them is said clearly."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from foundation.confidentiality import vault
from foundation.confidentiality.vault.checks import keys_of_the_vault_are_well_formed
from foundation.confidentiality.vault.keys import Key, ring
from tests.foundation.confidentiality.vault.keys import FIRST, SECOND, line, write


def test_keys_of_the_test_settings_are_fit() -> None:
    assert keys_of_the_vault_are_well_formed(None) == []


@pytest.mark.parametrize(
    "text", [f"{FIRST},{SECOND}", f"{FIRST}\n{SECOND}", f" {FIRST} {SECOND}\n"]
)
def test_keys_stand_one_a_line_or_with_commas(settings: Settings, text: str) -> None:
    settings.VAULT_KEYS_FILE, settings.VAULT_KEYS = None, text
    assert [key.id for key in ring().keys] == ["first000", "second00"]
    assert [key.line for key in ring().keys] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "key 1 does not begin"),
        ("x" * 40, "key 1 does not begin"),
        ("Capitals:" + FIRST.partition(":")[2], "key 1 does not begin"),
        (f"{FIRST}\nshort:AAAA", "key 2 does not begin"),
        ("first000:AAAA", "first000 is not 32 bytes"),
        ("first000:" + "§" * 44, "first000 is not 32 bytes"),
        (f"{FIRST}\n{line('first000', 'b')}", "two keys have the same id"),
    ],
)
def test_malformed_keys_are_an_error_that_shows_none_of_them(
    settings: Settings, text: str, words: str
) -> None:
    settings.VAULT_KEYS_FILE, settings.VAULT_KEYS = None, text
    (error,) = keys_of_the_vault_are_well_formed(None)
    assert error.id == "confidentiality.E002"
    assert words in error.msg
    assert "AAAA" not in error.msg and "YWFh" not in error.msg
    with pytest.raises(vault.VaultMisconfigured):
        vault.encrypt(b"", table="t", column="c", row=1)


def test_missing_file_and_short_blind_key_are_errors(settings: Settings, tmp_path: Path) -> None:
    settings.VAULT_KEYS_FILE = tmp_path / "nowhere"
    settings.BLIND_KEY = "short"
    errors = keys_of_the_vault_are_well_formed(None)
    assert [error.id for error in errors] == ["confidentiality.E002", "confidentiality.E003"]
    assert str(tmp_path / "nowhere") in errors[0].msg


def test_key_that_is_added_to_the_file_reaches_a_process_that_runs(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VAULT_KEYS_FILE = tmp_path / "vault-keys"
    place = {"table": "t", "column": "c", "row": 1}
    write(settings.VAULT_KEYS_FILE, FIRST)
    old = vault.encrypt(b"old", **place)
    write(settings.VAULT_KEYS_FILE, SECOND, FIRST)
    new = vault.encrypt(b"new", **place)
    assert b"second00" in new
    assert (vault.decrypt(old, **place), vault.decrypt(new, **place)) == (b"old", b"new")
    write(settings.VAULT_KEYS_FILE, SECOND)
    with pytest.raises(vault.UnknownKey):
        vault.decrypt(old, **place)


def test_key_never_shows_itself() -> None:
    key = Key("first000", b"a" * 32)
    assert "first000" in repr(key)
    assert "aaa" not in repr(key) and "YWFh" not in repr(key)
    assert "aaa" not in repr(ring())
