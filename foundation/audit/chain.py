"""The arithmetic of the chain: what is hashed, with which key. Pure apart from the settings read.

    mac(n) = HMAC-SHA256(key, [n, mac(n-1), event])      mac(0) = 64 zeros

The event is read as text from the database (`COLUMNS`), so that every character that a query can
show is inside the MAC: the time in microseconds, the facts as PostgreSQL prints its JSON.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

START = "0" * 64
COLUMNS = """e.id, trunc(extract(epoch FROM e.at) * 1000000)::text, e.action, e.actor_kind,
    e.actor_id, e.object_type, e.object_id, e.facts::text"""
PURPOSE = b"foundation.audit.chain:1"


class ChainBroken(RuntimeError):
    """The seals and the head written outside do not belong together; sealing would hide it."""


@dataclass(frozen=True)
class Key:
    """A key of the chain and the name (fingerprint) by which it may be spoken of."""

    secret: bytes

    @property
    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that name the key and do not help to guess it."""
        return hmac.new(self.secret, b"fingerprint", hashlib.sha256).hexdigest()[:16]

    def mac(self, position: int, before: str, event: Sequence[int | str | None]) -> str:
        """Return the MAC (hex) of `event` (the values of COLUMNS) at `position` after `before`."""
        text = json.dumps([position, before, *event], ensure_ascii=True, separators=(",", ":"))
        return hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()


def keys() -> tuple[Key, ...]:
    """Return the keys, oldest first: settings.AUDIT_OLD_KEYS, then settings.AUDIT_KEY."""
    words = [*getattr(settings, "AUDIT_OLD_KEYS", ()), settings.AUDIT_KEY]
    return tuple(Key(hmac.new(word.encode(), PURPOSE, hashlib.sha256).digest()) for word in words)


def same(one: str, other: str) -> bool:
    """Compare two MACs in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
