"""Makes, once, the secrets of the portal and the passwords of its servers. Needs no Django.

Secrets go to $PORTAL_VAR/keys (0600): only portal services mount that volume. Passwords go to
/run/passwords (0440, group portal): PostgreSQL and Valkey mount that one, too, and nothing else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launcher.folders import Var, locked
from launcher.keys import SECRETS, new_secret, write_secret

PASSWORDS = Path(os.environ.get("PASSWORDS_DIR", "/run/passwords"))


def make_all(keys: Path, passwords: Path) -> None:
    """Write what is not there yet; an existing secret is never touched."""
    wanted = [(keys / name, 0o600) for name in SECRETS.values()]
    wanted += [(passwords / name, 0o440) for name in ("database", "broker")]
    for folder in (keys, passwords):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(keys):
        for path, mode in wanted:
            if not path.exists():
                write_secret(path, new_secret(path.name))
                path.chmod(mode)


if __name__ == "__main__":
    make_all(Var.of(os.environ).keys, PASSWORDS)
