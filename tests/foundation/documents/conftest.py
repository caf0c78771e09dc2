"""What several tests of documents share: one letter, sealed once."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.documents.keys import SealIdentity, new_identity
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import seal
from tests.foundation.documents.letters import letter
from tests.foundation.documents.note import note  # noqa: F401  (a fixture)


@pytest.fixture(scope="session")
def identity() -> SealIdentity:
    return new_identity("Test Portal")


@pytest.fixture(scope="session")
def unsealed() -> bytes:
    return render_pdf(letter("en"))


@pytest.fixture(scope="session")
def sealed(identity: SealIdentity, unsealed: bytes) -> bytes:
    return seal(unsealed, identity, "Sealed copy of LTR-2026-7K3QXP")


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Run a program on some bytes; gives its output and error output together."""

    def run_on(data: bytes, *command: str) -> str:
        path = tmp_path / "file.pdf"
        path.write_bytes(data)
        words = [str(path) if word == "FILE" else word for word in command]
        result = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        return result.stdout + result.stderr

    return run_on
