"""Puts a backup back: into an empty database and an empty folder of files.

Everything is checked before anything is touched. Files come first, then the database in one
transaction: at no moment does a row stand without its file, and when the database fails, the files
are taken away again.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from foundation.audit import record
from foundation.audit.chain import ChainBroken
from foundation.audit.head import Head, head_file, read_head, write_head
from foundation.audit.verifying import Report, verify
from portal.operations import manifest as manifests
from portal.operations.backing_up import DUMP, HEAD, MEDIA, OPERATOR, SEALS
from portal.operations.copying import Say, copy_file, human
from portal.operations.errors import OperationError
from portal.operations.manifest import VAULT_KEY, Manifest, check_files, key_fingerprints
from portal.operations.pgtools import find_tool, run_tool, server_version

NEEDED_KEYS = {
    "AUDIT_KEY": "the audit log could not be verified, and its sealer would stop",
    "DATA_KEY": "nobody with a second factor could sign in",
    "BLIND_KEY": "nobody could be told apart who signed without showing the name",
    "VAULT_KEYS": "names and documents that are not public could not be read",
}


@dataclass(frozen=True)
class Permissions:
    """What the operator allowed on the command line."""

    force_empty: bool = False  # drop what is in the database, move the present files aside
    accept_loss: bool = False  # the audit head here is ahead of the backup's
    other_keys: bool = False  # the keys are not those of the backup


def restore(folder: Path, allowed: Permissions, say: Say) -> Report:
    """Restore the backup in `folder`; return what `verify` says of the audit chain afterwards.

    Raises OperationError before anything is touched, or after the database refused and all is as
    it was (but for what --force-empty dropped).
    """
    manifest = manifests.read(folder)
    say(f"Checking {len(manifest.files)} files, {human(manifest.size)} …")
    check_files(folder, manifest)
    _check_keys(manifest, allowed, say)
    _check_server(manifest)
    saved, present = _heads(folder, manifest, allowed)
    _check_empty(allowed)
    now = f"{timezone.now():%Y%m%d-%H%M%S}"
    _empty(now, say)
    _put_back(folder, manifest, say)
    _put_head(saved, present, now, say)
    say("Verifying the audit chain …")
    report = verify()
    before = present.position if present else None
    record("operations.restored", None, by=OPERATOR, made_at=manifest.made_at,
           position=manifest.head_position, position_before=before)  # fmt: skip
    return report


def _check_keys(manifest: Manifest, allowed: Permissions, say: Say) -> None:
    present = key_fingerprints()
    vault = [name.split()[1] for name in manifest.keys if name.startswith(f"{VAULT_KEY} ")]
    if vault:
        say(f"The backup needs these keys of the vault: {', '.join(vault)}.")
    for name, fingerprint in manifest.keys.items():
        if present.get(name) == fingerprint:
            continue
        reason = NEEDED_KEYS.get(name.partition(" ")[0])
        if reason and not allowed.other_keys:
            raise OperationError(
                f"{name} here is {present.get(name, 'missing')}, the backup was made with {fingerprint}: "
                f"{reason}. Put that key in place first (or --other-keys if it is lost)."
            )
        say(f"Note: {name} is not the one of the backup ({fingerprint}).")
    if not (Path(settings.SEAL_DIR) / "seal.pem").exists():
        say(
            "Note: there is no key of the seal here yet. Bring it along, or a new one will be made;"
        )
        say("  documents that were sealed before stay valid, their certificates are in the backup.")


def _check_server(manifest: Manifest) -> None:
    find_tool("pg_restore")
    if server_version() < manifest.server_version:
        raise OperationError(
            f"the backup comes from PostgreSQL {manifest.server_version}, this server is "
            f"{server_version()}: restore into the same version or a newer one."
        )


def _heads(
    folder: Path, manifest: Manifest, allowed: Permissions
) -> tuple[Head | None, Head | None]:
    """Return the head of the backup and the one that stands here; refuse a silent loss."""
    try:
        saved = read_head(folder / HEAD) if manifest.head_position is not None else None
        present = read_head()
    except ChainBroken as error:
        if not allowed.accept_loss:
            raise OperationError(f"{error}; --accept-loss goes on without it.") from error
        saved, present = (read_head(folder / HEAD) if (folder / HEAD).exists() else None), None
    ahead = (present.position if present else 0) - (saved.position if saved else 0)
    if ahead > 0 and not allowed.accept_loss:
        raise OperationError(
            f"the audit head here is {ahead} positions ahead of the backup: what was recorded "
            "since then would be lost. Restore a newer backup, or say --accept-loss."
        )
    return saved, present


def _tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        )
        return int(cursor.fetchone()[0])


def _check_empty(allowed: Permissions) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        others = cursor.fetchone()[0]
    if others:
        raise OperationError(
            f"{others} other connections use this database: stop web, workers, relay, sealer "
            "and beat first."
        )
    media = Path(settings.MEDIA_ROOT)
    full = [f"the database holds {count} tables"] if (count := _tables()) else []
    if media.is_dir() and any(media.iterdir()):
        full.append(f"{media} holds files")
    if full and not allowed.force_empty:
        raise OperationError(
            f"{' and '.join(full)}. Restore into an empty place, or say --force-empty: it drops "
            "the tables for good and moves the files aside."
        )


def _empty(now: str, say: Say) -> None:
    if tables := _tables():
        say(f"Dropping {tables} tables …")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        aside = media.with_name(f"{media.name}.before-{now}")
        media.rename(aside)
        say(f"The files that were here are now in {aside}.")


def _put_back(folder: Path, manifest: Manifest, say: Say) -> None:
    try:
        say("Putting the files back …")
        _put_files(folder, manifest)
        say("Restoring the database …")
        connection.close()
        run_tool("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                 "--no-privileges", str(folder / DUMP), tick=lambda: say("  …"))  # fmt: skip
    except (OperationError, OSError) as error:
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)  # it was empty before
        if isinstance(error, OSError):
            raise OperationError(f"the files cannot be written: {error.strerror}.") from error
        raise


def _put_files(folder: Path, manifest: Manifest) -> None:
    places = {MEDIA: Path(settings.MEDIA_ROOT), SEALS: Path(settings.SEAL_DIR) / "known"}
    for entry in manifest.files:
        top, _, rest = entry.path.partition("/")
        if top not in places or not rest:
            continue
        target = places[top] / rest
        if top == SEALS and target.exists():
            continue
        if copy_file(folder / entry.path, target) != (entry.size, entry.sha256):
            raise OperationError(f"{entry.path} changed while it was copied.")
        if top == SEALS:
            target.chmod(0o644)


def _put_head(saved: Head | None, present: Head | None, now: str, say: Say) -> None:
    path = head_file()
    if path.exists() and present != saved:
        aside = path.with_name(f"{path.name}.before-{now}")
        path.rename(aside)
        say(f"The audit head that was here is now {aside}.")
    if saved is not None:
        write_head(saved.position, saved.mac, saved.key, replace=True)
