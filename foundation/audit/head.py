"""The head of the chain, written outside the database: position, MAC, key's fingerprint, time.

Without it, whoever may write to the database could cut the newest rows off together with their
seals, and nothing would be missing. The file is replaced as a whole (write, fsync, rename, fsync
of the folder), mode 0600, and only ever by a later position.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from foundation.audit.chain import ChainBroken


@dataclass(frozen=True)
class Head:
    """The last position that was sealed when the file was written."""

    position: int
    mac: str
    key: str
    written_at: str = ""


def head_file() -> Path:
    """Return settings.AUDIT_HEAD_FILE as a path."""
    return Path(settings.AUDIT_HEAD_FILE)


def read_head(path: Path | None = None) -> Head | None:
    """Return the head, None where there is no file; ChainBroken where the file is not one."""
    path = path or head_file()
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Head(
            int(values["position"]),
            str(values["mac"]),
            str(values["key"]),
            str(values.get("written_at", "")),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ChainBroken(f"the head file {path} is damaged") from error


def write_head(position: int, mac: str, key: str, *, replace: bool = False) -> None:
    """Write the head unless a later one stands there (`replace`: even then). OSError as it comes."""
    path = head_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        now = None if replace else read_head(path)
        if now is None or now.position < position:
            head = Head(position, mac, key, timezone.now().isoformat(timespec="seconds"))
            _put(path, json.dumps(asdict(head)) + "\n")


def _put(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock beside the head, so that a slower sealer never overwrites a faster one."""
    with (path.parent / f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
