"""Secrets are made once, and only their owner reads them."""

import subprocess
import sys
from base64 import urlsafe_b64decode
from pathlib import Path

from launcher.folders import Var
from launcher.keys import SECRETS, make_keys, name_keys, read_servers_password

MAKE = """
import sys, pathlib
sys.path.insert(0, sys.argv[1])
from launcher.folders import Var
from launcher.keys import make_keys, read_servers_password
var = Var(pathlib.Path(sys.argv[2])); make_keys(var); print(read_servers_password(var))
"""


def test_keys_are_private_and_stay(tmp_path: Path) -> None:
    var = Var(tmp_path)
    make_keys(var)
    first = {path.name: path.read_text() for path in var.keys.iterdir()}
    make_keys(var)
    assert {path.name: path.read_text() for path in var.keys.iterdir()} == first
    assert set(SECRETS.values()) < set(first)
    assert len(set(first.values())) == len(first)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in var.keys.iterdir())
    assert var.keys.stat().st_mode & 0o777 == 0o700


def test_eight_processes_make_the_same_keys(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", MAKE, root, str(tmp_path)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    answers = {racer.communicate()[0] for racer in racers}
    assert answers == {read_servers_password(Var(tmp_path)) + "\n"}


def test_key_in_the_environment_is_not_named_again(tmp_path: Path) -> None:
    environment = {"SECRET_KEY": "said", "AUDIT_KEY_FILE": "/elsewhere"}
    name_keys(Var(tmp_path), environment)
    assert "SECRET_KEY_FILE" not in environment
    assert environment["AUDIT_KEY_FILE"] == "/elsewhere"
    assert environment["DATA_KEY_FILE"] == str(tmp_path / "keys" / "data-key")


def test_keys_of_the_vault_have_a_name_and_32_bytes(tmp_path: Path) -> None:
    make_keys(Var(tmp_path))
    name, value = (tmp_path / "keys" / "vault-keys").read_text().strip().split(":")
    assert len(name) == 8 and name.isalnum() and name == name.lower()
    assert len(urlsafe_b64decode(value)) == 32


def test_folder_of_an_older_version_gets_what_it_lacks_and_keeps_what_it_has(
    tmp_path: Path,
) -> None:
    make_keys(Var(tmp_path))
    before = (tmp_path / "keys" / "data-key").read_text()
    for name in ("vault-keys", "blind-key"):
        (tmp_path / "keys" / name).unlink()
    make_keys(Var(tmp_path))
    assert (tmp_path / "keys" / "data-key").read_text() == before
    assert (tmp_path / "keys" / "vault-keys").is_file()
    assert (tmp_path / "keys" / "blind-key").is_file()
