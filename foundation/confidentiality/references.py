"""References that people read aloud: `LTR-2026-7K3QXP`. A random code, never a counter.

Six characters of an alphabet of 30 (no 0/O, 1/I/L, U/V mix-ups) give 729 million codes a year and
prefix; a counter would tell how many items nobody may see.
"""

from __future__ import annotations

import secrets
from datetime import date

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def new_reference(prefix: str, on: date) -> str:
    """Return a fresh reference, e.g. `new_reference("LTR", date(2026, 11, 3))`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{on.year}-{code}"


def new_secret(groups: int = 4, size: int = 4) -> str:
    """Return a longer code in groups, e.g. `7K3Q-9F2M-41B8-C07D` (4 × 4: 78 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(size)) for _ in range(groups))
