"""How settings read what they must have: from the environment or a file, or stop in one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn


def stop(sentence: str) -> NoReturn:
    """End the process with one line on stderr and exit status 78 (configuration, sysexits.h)."""
    sys.stderr.write(f"The portal cannot start: {sentence}\n")
    raise SystemExit(78)


def require(name: str, meaning: str) -> str:
    """Return the environment variable `name`; without it, stop and say what it is for."""
    value = os.environ.get(name, "")
    if not value:
        stop(f"{name} is not set ({meaning}). See .env.example.")
    return value


def read_secret(name: str, default_file: Path) -> str:
    """Return a secret from `name`, from the file named by `name`_FILE, or from `default_file`.

    The text is returned without surrounding white space. A missing or short secret
    (under 32 characters) stops the process.
    """
    value = os.environ.get(name, "")
    path = Path(os.environ.get(f"{name}_FILE", "") or default_file)
    if not value and path.is_file():
        value = path.read_text(encoding="utf-8").strip()
    if not value:
        stop(f"{name} is not set, and there is no file {path}. See .env.example.")
    if len(value) < 32:
        stop(f"{name} is shorter than 32 characters.")
    return value


def secret_file(name: str, default_file: Path) -> Path | None:
    """Return the file from which `read_secret` takes `name`; None where the environment says it."""
    if os.environ.get(name, ""):
        return None
    return Path(os.environ.get(f"{name}_FILE", "") or default_file)
