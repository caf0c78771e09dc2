"""The keys of the vault: `id:base64`, one a line, the newest first. The newest encrypts, all open.

They come from the setting VAULT_KEYS, or from the file VAULT_KEYS_FILE names. The file is looked at
before each use, so that a key which was added reaches processes that run already: what one of them
writes, the others can read.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_ID = re.compile(r"[0-9a-z]{8}")
KEY_BYTES = 32
SHORTEST_BLIND_KEY = 32  # characters


class VaultMisconfigured(Exception):
    """The keys are missing or malformed; one sentence for the operator, without any key in it."""


@dataclass(frozen=True)
class Key:
    """A key by its name (8 letters or digits); the name stands in clear before each box."""

    id: str
    secret: bytes = field(repr=False)

    @property
    def line(self) -> str:
        """The key as its file has it."""
        return f"{self.id}:{base64.urlsafe_b64encode(self.secret).decode()}"


@dataclass(frozen=True)
class Ring:
    """All keys that open boxes, the newest first."""

    keys: tuple[Key, ...]
    ciphers: dict[str, AESGCM] = field(repr=False)

    @property
    def newest(self) -> Key:
        """The key under which everything new is encrypted."""
        return self.keys[0]


def ring() -> Ring:
    """The keys as they are now. Raises VaultMisconfigured."""
    path = keys_file()
    if path is None:
        return _parse(str(getattr(settings, "VAULT_KEYS", "")))
    try:
        state = path.stat()
        return _read(path, state.st_ino, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise VaultMisconfigured(f"VAULT_KEYS: {path} cannot be read.") from error


def keys_file() -> Path | None:
    """The file that holds the keys; None when the environment says them itself."""
    path = getattr(settings, "VAULT_KEYS_FILE", None)
    return Path(path) if path else None


def blind_key() -> bytes:
    """The key of the blind marks. Raises VaultMisconfigured."""
    value = str(getattr(settings, "BLIND_KEY", ""))
    if len(value) < SHORTEST_BLIND_KEY:
        raise VaultMisconfigured(f"BLIND_KEY has fewer than {SHORTEST_BLIND_KEY} characters.")
    return value.encode()


@lru_cache(maxsize=4)
def _read(path: Path, *state: int) -> Ring:
    """The keys of `path`; `state` changes when the file does, so that it is then read anew."""
    return _parse(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _parse(text: str) -> Ring:
    keys = [_key(place, words) for place, words in enumerate(re.split(r"[\s,]+", text.strip()), 1)]
    if len({key.id for key in keys}) < len(keys):
        raise VaultMisconfigured("VAULT_KEYS: two keys have the same id.")
    return Ring(tuple(keys), {key.id: AESGCM(key.secret) for key in keys})


def _key(place: int, words: str) -> Key:
    name, colon, encoded = words.partition(":")
    if not colon or not KEY_ID.fullmatch(name):
        raise VaultMisconfigured(
            f"VAULT_KEYS: key {place} does not begin with an id of 8 small letters or digits "
            "and a colon."
        )
    try:
        secret = base64.b64decode(encoded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise VaultMisconfigured(f"VAULT_KEYS: key {name} is not {KEY_BYTES} bytes in base64.")
    return Key(name, secret)
