"""Blind marks: keyed hashes to compare what is never shown.

Two rows with the same mark mean the same; what they mean, only the key tells (HMAC-SHA256,
RFC 2104). A plain hash would not do: names and addresses are few enough to try them all.
"""

from __future__ import annotations

import hashlib
import hmac

from foundation.confidentiality.vault.keys import blind_key


def blind(purpose: str, *parts: str) -> str:
    """Return the mark of `parts` for `purpose` ("letters.person"): 64 hexadecimal digits.

    The same always, different for each purpose and for each way to cut the same text into parts.
    Bring the parts into one form before (small letters of an address): a mark knows no likeness.
    Raises VaultMisconfigured.
    """
    mac = hmac.new(blind_key(), digestmod=hashlib.sha256)
    for part in (purpose, *parts):
        text = part.encode()
        mac.update(len(text).to_bytes(8, "big"))
        mac.update(text)
    return mac.hexdigest()
