"""The manifest of a backup: what lies in it, with hashes, and the names of the keys it needs."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from foundation.confidentiality.vault import VaultMisconfigured
from foundation.confidentiality.vault.keys import ring
from portal.operations.errors import OperationError

NAME = "manifest.json"
FORMAT = 1
KEYS = ("SECRET_KEY", "AUDIT_KEY", "DATA_KEY", "BLIND_KEY")
VAULT_KEY = "VAULT_KEYS"  # followed by the id of one key
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """One file of the backup: path inside it, bytes, SHA-256 (hex)."""

    path: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """Everything that a restore must know before it touches anything."""

    made_at: str
    server_version: int
    head_position: int | None  # of the audit chain; None: nothing was sealed yet
    keys: dict[str, str]
    seals: list[str]  # fingerprints of all certificates that ever sealed
    files: list[Entry] = field(default_factory=list)
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(entry.size for entry in self.files)


def key_fingerprints() -> dict[str, str]:
    """Return the names of the present keys: 16 hexadecimal digits that do not give them away.

    Each key of the vault is named by its id. OperationError where they are malformed.
    """
    secrets = {name: getattr(settings, name).encode() for name in KEYS}
    try:
        secrets |= {f"{VAULT_KEY} {key.id}": key.secret for key in ring().keys}
    except VaultMisconfigured as error:
        raise OperationError(str(error)) from error
    return {
        name: hmac.new(secret, b"fingerprint for backups", hashlib.sha256).hexdigest()[:16]
        for name, secret in secrets.items()
    }


def hash_file(path: Path) -> tuple[int, str]:
    """Return (bytes, SHA-256 in hex) of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last of all: a backup without one is none."""
    content = asdict(manifest)
    content["checksum"] = _checksum(content)
    draft = folder / f".{NAME}"
    draft.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    draft.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """Return the manifest of the backup in `folder`; OperationError where it is none or damaged."""
    try:
        content: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise OperationError(
            f"{folder} holds no {NAME}: it is no backup, or one that was never finished."
        ) from error
    except (ValueError, OSError) as error:
        raise OperationError(f"the manifest in {folder} cannot be read: {error}.") from error
    try:
        if content["format"] != FORMAT:
            raise OperationError(f"the backup has format {content['format']}, we know {FORMAT}.")
        checksum = content.pop("checksum")
        if checksum != _checksum(content):
            raise OperationError(f"the manifest in {folder} was changed or is damaged.")
        entries = [Entry(**entry) for entry in content.pop("files")]
        return Manifest(**content, files=entries)
    except (KeyError, TypeError, AttributeError) as error:
        raise OperationError(f"the manifest in {folder} is damaged.") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file of the backup again; OperationError names the first that is not as written."""
    for entry in manifest.files:
        path = folder / entry.path
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OperationError(f"the manifest names a file outside the backup: {entry.path}.")
        if not path.is_file():
            raise OperationError(f"the backup is broken: {entry.path} is missing.")
        if hash_file(path) != (entry.size, entry.sha256):
            raise OperationError(f"the backup is broken: {entry.path} is not as it was written.")


def _checksum(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
