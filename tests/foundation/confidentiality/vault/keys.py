"""Keys for tests, made up and the same each time."""

from __future__ import annotations

import base64
from pathlib import Path


def line(name: str, letter: str) -> str:
    """Return a line of the file: a key of 32 times the same letter under `name`."""
    return f"{name}:{base64.urlsafe_b64encode(letter.encode() * 32).decode()}"


FIRST, SECOND = line("first000", "a"), line("second00", "b")


def write(path: Path, *lines: str) -> None:
    """Put these keys into the file as the commands do: whole, under another name first."""
    draft = path.with_suffix(".new")
    draft.write_text("\n".join(lines) + "\n")
    draft.replace(path)
