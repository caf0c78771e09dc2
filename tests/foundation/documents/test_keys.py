"""The seal's key: made once, readable by us alone, never forgotten by its certificate."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import BasicConstraints, KeyUsage

from foundation.documents.keys import (
    FileSealProvider,
    GivenFromOutside,
    NoKey,
    UnsafeKeyFile,
    certificate_fingerprint,
    load_identity,
    new_identity,
    write_safely,
)


@pytest.fixture
def provider(tmp_path: Path) -> FileSealProvider:
    return FileSealProvider(tmp_path / "seal", "Test Portal")


def fingerprint_made_in(folder: Path) -> str:
    return FileSealProvider(folder, "Test Portal").identity().fingerprint


def test_identity_is_made_once_and_kept(provider):
    first = provider.identity()
    assert provider.identity().fingerprint == first.fingerprint
    assert [seal.fingerprint for seal in provider.known()] == [first.fingerprint]


def test_identity_is_made_once_by_many_processes(tmp_path):
    with get_context("spawn").Pool(3) as pool:
        made = pool.map(fingerprint_made_in, [tmp_path / "seal"] * 6)
    assert len(set(made)) == 1


def test_identity_is_made_once_by_many_threads(provider):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: provider.identity().fingerprint, range(16)))
    assert len(set(made)) == 1


def test_key_file_is_for_the_owner_only(provider):
    provider.identity()
    assert stat.S_IMODE((provider.folder / "seal.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(provider.folder.stat().st_mode) == 0o700


def test_key_that_others_may_read_is_refused(provider):
    provider.identity()
    (provider.folder / "seal.pem").chmod(0o640)
    with pytest.raises(UnsafeKeyFile):
        provider.identity()


def test_missing_key_is_named(tmp_path):
    with pytest.raises(NoKey):
        load_identity(tmp_path / "seal.pem")


def test_certificates_are_what_they_should_be():
    now = datetime(2026, 11, 25, tzinfo=UTC)
    identity = new_identity("Test Portal", now)
    certificate, root = identity.certificate, identity.root
    assert isinstance(identity.key.curve, ec.SECP256R1)
    assert certificate.not_valid_after_utc > now + timedelta(days=3650)
    certificate.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(BasicConstraints).value.ca
    assert not certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    assert certificate.extensions.get_extension_for_class(KeyUsage).value.content_commitment


def test_rotation_seals_anew_and_forgets_nothing(provider):
    first = provider.identity()
    second = provider.rotate()
    assert provider.identity().fingerprint == second.fingerprint != first.fingerprint
    assert {seal.fingerprint for seal in provider.known()} == {
        first.fingerprint,
        second.fingerprint,
    }


def test_public_files_hold_no_private_key(provider):
    provider.identity()
    for path in (provider.folder / "known").iterdir():
        assert b"PRIVATE" not in path.read_bytes()


def test_representation_shows_no_key(provider):
    assert repr(provider.identity()).startswith("<SealIdentity ")


def test_fingerprint_is_grouped_for_people(provider):
    identity = provider.identity()
    shown = certificate_fingerprint(identity.certificate)
    assert shown.replace(" ", "").lower() == identity.fingerprint
    assert len(shown.split()) == 16


def test_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_safely(path, b"old", mode=0o600)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_safely(path, b"new", mode=0o600)
    assert path.read_bytes() == b"old"


def test_identity_from_the_environment_seals_and_stays_known(tmp_path):
    elsewhere = FileSealProvider(tmp_path / "elsewhere", "Test Portal")
    given = elsewhere.identity()
    pem = (elsewhere.folder / "seal.pem").read_text()
    provider = FileSealProvider(tmp_path / "seal", "Test Portal", pem)
    assert provider.identity().fingerprint == given.fingerprint
    assert [seal.fingerprint for seal in provider.known()] == [given.fingerprint]
    assert not (provider.folder / "seal.pem").exists()
    with pytest.raises(GivenFromOutside):
        provider.rotate()
