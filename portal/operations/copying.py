"""Copies a tree of files, hashing what passes, and says how far it is."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.operations.errors import OperationError
from portal.operations.manifest import CHUNK, Entry

Say = Callable[[str], None]
EVERY_SECONDS = 5.0


def human(size: float) -> str:
    """Return bytes as people read them: "12.3 MB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` (relative, sorted); a link is refused: it may lead anywhere."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names + [name for name in folders if (Path(place) / name).is_symlink()]):
            path = Path(place) / name
            if path.is_symlink():
                raise OperationError(f"{path} is a link; take it away, a backup holds files only.")
            yield path.relative_to(folder)


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """Copy one file (mode 0600, flushed to disk); return its bytes and SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reading, os.fdopen(handle, "wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return size, digest.hexdigest()


def copy_tree(source: Path, target: Path, prefix: str, say: Say) -> list[Entry]:
    """Copy every file below `source`; return an entry for each, its path under `prefix`.

    A file that disappears meanwhile is left out (its row was taken away after the dump).
    """
    entries: list[Entry] = []
    total, spoke = 0, time.monotonic()
    for path in files_below(source) if source.is_dir() else ():
        try:
            size, digest = copy_file(source / path, target / path)
        except FileNotFoundError:
            (target / path).unlink(missing_ok=True)
            say(f"  {path} disappeared meanwhile and is left out.")
            continue
        entries.append(Entry(f"{prefix}/{path.as_posix()}", size, digest))
        total += size
        if time.monotonic() - spoke > EVERY_SECONDS:
            spoke = time.monotonic()
            say(f"  … {len(entries)} files, {human(total)}")
    return entries
