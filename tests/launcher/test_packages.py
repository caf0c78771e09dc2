"""What is installed, and when it is installed again."""

from pathlib import Path

import pytest

from launcher import packages

LOCK = """\
# a comment
uuid-thing==1.0 \\
    --hash=sha256:aa
uv==0.9.1 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via the project
valkey==2 \\
    --hash=sha256:dd
"""


def test_stanza_holds_one_package_and_its_hashes() -> None:
    assert packages.stanza(LOCK, "uv") == (
        "uv==0.9.1 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    )


def test_stanza_of_an_unknown_package_is_empty() -> None:
    assert packages.stanza(LOCK, "u") == ""


def test_changed_lock_file_is_not_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "VENV", tmp_path)
    (tmp_path / "pyvenv.cfg").write_text("version = 3.13")
    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1")
    assert not packages.is_current(lock)
    packages.stamp(lock).write_text(packages.fingerprint(lock))
    assert packages.is_current(lock)
    lock.write_text("a==2")
    assert not packages.is_current(lock)


def test_lock_file_of_the_tests_holds_everything_of_the_other_one() -> None:
    def pins(lock: Path) -> set[str]:
        return {line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line[:60]}

    assert pins(packages.RUN_LOCK) <= pins(packages.TEST_LOCK)
    assert packages.stanza(packages.TEST_LOCK.read_text(), "uv")
