"""Another key for the vault: brought in, everything put into boxes under it, the old one taken out.

    rotate      a new key at the top of the file; running processes use it from then on
    close_rest  each box under an older key is opened and closed anew, a batch at a time
    drop_old    older keys leave the file once nothing lies under them

Each step may be stopped and begun again. Rows that somebody is just changing are passed over and
looked at again, so nobody waits for us and we for nobody.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils import timezone

from foundation.audit import record
from foundation.confidentiality.vault import VaultMisconfigured
from foundation.confidentiality.vault.keys import KEY_BYTES, Key, Ring, keys_file, ring
from portal.operations.backing_up import OPERATOR
from portal.operations.boxes import Broken, close_columns, close_files, count_boxes
from portal.operations.copying import Say
from portal.operations.errors import OperationError

LOCK = 7_420_411  # of the database: one rotation at a time
PASSES = 20
SETTLED = 600  # seconds; nothing that was begun under the old key is under way any more


@dataclass
class Outcome:
    """What a rotation did: boxes closed anew, what lies under which key now, what stays shut."""

    closed: int = 0
    left: Counter[str] = field(default_factory=Counter)  # by the id of an older key; "" is plain
    broken: list[Broken] = field(default_factory=list)


def rotate(say: Say, *, batch: int, new_key: bool = False) -> Outcome:
    """Bring in a new key, unless an earlier rotation is not through yet, and close all boxes
    under it. With `new_key` in any case. Raises OperationError."""
    with _alone():
        keys = _ring()
        if new_key or not _left(keys):
            keys = _add_key(keys, say)
        else:
            say(f"Some lie under older keys or none: going on with key {keys.newest.id}.")
        outcome = _close_rest(keys, say, batch)
        record("operations.vault_rotated", None, by=OPERATOR, key=keys.newest.id,
               closed=outcome.closed, left=outcome.left.total(), broken=len(outcome.broken))  # fmt: skip
    return outcome


def drop_old(say: Say) -> list[str]:
    """Take all keys but the newest out of the file; return their ids. Raises OperationError while
    anything lies under them, or may be about to."""
    with _alone():
        keys, path = _ring(), keys_file()
        old = [key.id for key in keys.keys[1:]]
        if not old:
            raise OperationError(f"there is no other key than {keys.newest.id}.")
        if left := _left(keys):
            raise OperationError(
                f"{left.total()} boxes lie under other keys ({_listed(left)}): "
                "run `manage.py rotate_vault_key` first."
            )
        if path is None:
            raise OperationError(
                f"VAULT_KEYS comes from the environment. Nothing lies under {', '.join(old)} any "
                "more: take them out there, and keep them with the backups that need them."
            )
        if time.time() - path.stat().st_mtime < SETTLED:
            raise OperationError(
                f"the keys were changed less than {SETTLED // 60} minutes ago; something that was "
                "begun under the old key may still be under way. Try again later."
            )
        aside = path.with_name(f"{path.name}.retired-{timezone.now():%Y%m%d-%H%M%S}")
        _write(aside, keys.keys[1:], like=path)
        _write(path, keys.keys[:1], like=path)
        record("operations.vault_keys_dropped", None, by=OPERATOR, keys=old)
    say(f"The old keys are now in {aside}. Backups made until today need them: put that file")
    say("where you keep the keys of these backups, and delete it here.")
    return old


def _close_rest(keys: Ring, say: Say, batch: int) -> Outcome:
    outcome = Outcome()
    for tries in range(PASSES):
        broken: list[Broken] = []
        closed = close_columns(keys, batch, broken, say) + close_files(keys, broken, say)
        outcome.closed += closed
        outcome.broken = broken
        outcome.left = _left(keys)
        if outcome.left.total() <= len(broken):
            break
        if not closed and tries:  # somebody is changing the rest right now
            time.sleep(0.5)
    return outcome


def _left(keys: Ring) -> Counter[str]:
    """How many boxes lie under each key but the newest."""
    counts = count_boxes()
    del counts[keys.newest.id]
    return +counts


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{key or 'no key'}: {count}" for key, count in sorted(counts.items()))


def _ring() -> Ring:
    try:
        return ring()
    except VaultMisconfigured as error:
        raise OperationError(str(error)) from error


def _add_key(keys: Ring, say: Say) -> Ring:
    path = keys_file()
    if path is None:
        raise OperationError(
            "VAULT_KEYS comes from the environment: put a new key before the others there "
            "(.env.example shows its form), restart everything, and run this again."
        )
    fresh = Key(os.urandom(4).hex(), os.urandom(KEY_BYTES))
    _write(path, (fresh, *keys.keys), like=path)
    say(f"A new key, {fresh.id}, is at the top of {path}; processes that run use it from now on.")
    say("Copy that file to the safe place of the keys NOW: without it, new names are lost.")
    return _ring()


def _write(path: Path, keys: tuple[Key, ...], *, like: Path) -> None:
    """Write a file of keys whole or not at all, for the owner of `like` only."""
    owner = like.stat()
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            file.write("".join(f"{key.line}\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OperationError(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise OperationError("another rotation is under way.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
