"""What the tests of letters share: where the real letter lies, which is not in this repository."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from foundation.web import guarding

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The folder with the real letter; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("REFERENCE_DIR", _ROOT.parent / "shared" / "reference"))
    if not (folder / "letter-2018.txt").is_file():
        pytest.skip("the reference letter is not here")
    return folder


@pytest.fixture(scope="session")
def reference_text(reference_dir: Path) -> str:
    """The text of the real letter."""
    return (reference_dir / "letter-2018.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reference_rows(reference_dir: Path) -> list[dict[str, str]]:
    """The truth about its signatories."""
    with (reference_dir / "signatories.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def read_at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms of these tests are sent at once, which would be held."""
    monkeypatch.setattr(guarding, "TOO_FAST", 0)
