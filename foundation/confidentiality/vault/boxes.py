"""Boxes: bytes that are encrypted, and that open only where they were put.

    1 byte   version (1)
    8 bytes  id of the key, ASCII
    12 bytes nonce, random
    rest     AES-256-GCM over the plain bytes, its 16-byte tag last (NIST SP 800-38D)

Version, key id, table, column and row are authenticated along with the content, so a box that was
moved to another row is refused like one that was changed. Random nonces of 96 bits allow 2^32
boxes a key (SP 800-38D, 8.3), which is more than all rows of a portal.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag

from foundation.confidentiality.vault.keys import ring

VERSION = b"\x01"
NONCE = 12  # bytes
HEADER = len(VERSION) + 8  # bytes: what tells under which key a box lies
SHORTEST = HEADER + NONCE + 16  # bytes of a box of nothing


class Sealed(Exception):
    """A box that stays shut: changed, cut, moved from another place, or of a key we do not have."""


class UnknownKey(Sealed):
    """A box under a key that VAULT_KEYS does not hold; `key_id` names it."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"VAULT_KEYS holds no key {key_id!r}: bring it back from its safe place.")
        self.key_id = key_id


def encrypt(plain: bytes, *, table: str, column: str, row: object) -> bytes:
    """Return `plain` in a box that opens only in this place; twice the same gives two boxes.

    `table` is the name in the database, `row` the primary key: `rotate_vault_key` opens each box
    by them. Raises VaultMisconfigured.
    """
    keys = ring()
    header = header_of(keys.newest.id)
    nonce = os.urandom(NONCE)
    bound = _bound(header, table, column, row)
    return header + nonce + keys.ciphers[keys.newest.id].encrypt(nonce, plain, bound)


def decrypt(box: bytes | memoryview, *, table: str, column: str, row: object) -> bytes:
    """Return what `encrypt` put into `box` in the same place.

    Raises UnknownKey where the key is missing, Sealed for everything else that is not as it was
    put there, VaultMisconfigured.
    """
    data = bytes(box)
    header, nonce, content = data[:HEADER], data[HEADER : HEADER + NONCE], data[HEADER + NONCE :]
    if len(data) < SHORTEST or not header.startswith(VERSION):
        raise Sealed(f"{table}.{column} holds something that is no box.")
    key_id = key_id_of(data)
    cipher = ring().ciphers.get(key_id)
    if cipher is None:
        raise UnknownKey(key_id)
    try:
        return cipher.decrypt(nonce, content, _bound(header, table, column, row))
    except InvalidTag:
        raise Sealed(f"A box of {table}.{column} was changed, or put elsewhere.") from None


def header_of(key_id: str) -> bytes:
    """The bytes with which every box under this key begins."""
    return VERSION + key_id.encode("ascii")


def key_id_of(box: bytes | memoryview) -> str:
    """The id of the key under which `box` lies, as it stands in its header."""
    return bytes(box[len(VERSION) : HEADER]).decode("ascii", "replace")


def is_box(data: bytes) -> bool:
    """Tell whether `data` begins as a box does (a PDF does not)."""
    return len(data) >= SHORTEST and data.startswith(VERSION)


def _bound(header: bytes, table: str, column: str, row: object) -> bytes:
    if "|" in table + column:
        raise ValueError("The name of a table or column has no '|'.")
    return f"{table}|{column}|{row}|".encode() + header
