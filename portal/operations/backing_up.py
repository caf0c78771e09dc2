"""A backup: database, files and public certificates in one folder, with a manifest.

The order matters. The head of the audit chain is copied first, so that it is never ahead of the
dumped table. The database is dumped in one snapshot next. Files are copied last: whatever a row of
the snapshot names was written before that row was committed, so it is there (unless somebody
removed it in between; such a file is missing on purpose). Files of later rows come along and do
no harm. Keys are not in it: the manifest holds their fingerprints. Neither are sessions and
counters of tries: after a restore everybody signs in anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from foundation.audit import record
from foundation.audit.head import head_file, read_head
from foundation.confidentiality import SystemActor
from foundation.confidentiality.vault.keys import keys_file
from portal.operations import manifest as manifests
from portal.operations.copying import Say, copy_file, copy_tree, human
from portal.operations.errors import OperationError
from portal.operations.manifest import Entry, Manifest, hash_file, key_fingerprints
from portal.operations.pgtools import find_tool, run_tool, server_version

OPERATOR = SystemActor("operator")
DUMP, HEAD, MEDIA, SEALS = "database.dump", "audit-head.json", "media", "seals"
# Of these the tables are kept, not the data.
LEFT_OUT = ("accounts_session", "django_session", "rate_limits", "web_try")


def back_up(folder: Path, say: Say) -> Manifest:
    """Write a backup into `folder` (new or empty) and return its manifest.

    Raises OperationError; what was begun is left there without a manifest, so nobody takes it for
    a backup.
    """
    find_tool("pg_dump")
    _make_room(folder)
    try:
        return _write(folder, say)
    except OSError as error:
        raise OperationError(f"{error.filename or folder}: {error.strerror}.") from error


def _write(folder: Path, say: Say) -> Manifest:
    record("operations.backup_began", None, by=OPERATOR)
    files: list[Entry] = []
    head = read_head()
    if head is not None:
        files.append(Entry(HEAD, *copy_file(head_file(), folder / HEAD)))
    say("Dumping the database …")
    without = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    dump = folder / DUMP
    run_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *without,
             f"--file={dump}", tick=lambda: say(f"  … {human(_size(dump))}"))  # fmt: skip
    dump.chmod(0o600)
    files.append(Entry(DUMP, *hash_file(dump)))
    say(f"  {human(dump.stat().st_size)}")
    say(f"Copying files from {settings.MEDIA_ROOT} …")
    media = copy_tree(Path(settings.MEDIA_ROOT), folder / MEDIA, MEDIA, say)
    say(f"  {len(media)} files, {human(sum(entry.size for entry in media))}")
    known = copy_tree(Path(settings.SEAL_DIR) / "known", folder / SEALS, SEALS, say)
    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        server_version=server_version(),
        head_position=head.position if head else None,
        keys=key_fingerprints(),
        seals=sorted(Path(entry.path).stem for entry in known),
        files=[*files, *media, *known],
    )
    manifests.write(folder, manifest)
    return manifest


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise OperationError(f"{folder} is not empty; name a new folder for each backup.")
        folder.chmod(0o700)
    except OSError as error:
        raise OperationError(f"cannot write to {folder}: {error.strerror}.") from error
    _keep_keys_apart()
    resolved, media = folder.resolve(), Path(settings.MEDIA_ROOT).resolve()
    if resolved.is_relative_to(media):
        raise OperationError(f"{folder} lies inside the files that are to be copied ({media}).")
    free = shutil.disk_usage(folder).free
    needed = sum(path.stat().st_size for path in media.rglob("*") if path.is_file())
    if needed > free:
        raise OperationError(
            f"{folder} has {human(free)} free; the files alone need {human(needed)}."
        )


def _keep_keys_apart() -> None:
    """A backup with the keys in it would show everything to whoever finds it."""
    media = Path(settings.MEDIA_ROOT).resolve()
    for place in (settings.KEYS_DIR, settings.SEAL_DIR, keys_file()):
        if place is not None and Path(place).resolve().is_relative_to(media):
            raise OperationError(
                f"keys lie inside the files that are to be copied ({place}): move them elsewhere."
            )
