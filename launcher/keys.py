"""Makes the secrets of a portal once: files of mode 0600 in var/keys, under a lock.

The certificate of the seal is not among them: `manage.py make_keys` makes it.
"""

import base64
import os
from collections.abc import MutableMapping
from pathlib import Path

from launcher.folders import Var, locked

VAULT_KEYS = "vault-keys"
# Environment variable → file. The values are 32 random bytes in url-safe base64.
SECRETS = {
    "SECRET_KEY": "secret-key",
    "AUDIT_KEY": "audit-key",
    "DATA_KEY": "data-key",
    "VAULT_KEYS": VAULT_KEYS,
    "BLIND_KEY": "blind-key",
}
SERVERS_PASSWORD = "servers-password"  # noqa: S105 - the name of a file


def make_keys(var: Var) -> None:
    """Write every secret that is not there yet; an existing one is never touched."""
    var.make()
    with locked(var.keys):
        for name in (*SECRETS.values(), SERVERS_PASSWORD):
            path = var.keys / name
            if not path.exists():
                write_secret(path, new_secret(name))


def new_secret(name: str) -> str:
    """A fresh value for the file `name`. Keys of the vault carry a name of their own: `id:value`."""
    value = base64.urlsafe_b64encode(os.urandom(32)).decode()
    return f"{os.urandom(4).hex()}:{value}" if name == VAULT_KEYS else value


def write_secret(path: Path, value: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def read_servers_password(var: Var) -> str:
    """The password of the embedded servers (letters, digits, "-", "_": fit for a URL)."""
    return (var.keys / SERVERS_PASSWORD).read_text().strip().rstrip("=")


def name_keys(var: Var, environment: MutableMapping[str, str]) -> None:
    """Name the files of the secrets in the environment, where it does not say them itself."""
    for variable, name in SECRETS.items():
        if not environment.get(variable):
            environment.setdefault(f"{variable}_FILE", str(var.keys / name))
