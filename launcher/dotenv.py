"""Reads and writes `.env`, the settings of one checkout. The real environment always wins."""

import os
from collections.abc import MutableMapping
from pathlib import Path

DEMO_SETTINGS = "portal.settings.demo"


def parse(text: str) -> dict[str, str]:
    """Return the NAME=value lines of a .env file.

    Blank lines, comments, a leading "export " and quotes around a value are left out; lines of any
    other form are ignored.
    """
    values = {}
    for raw in text.splitlines():
        line = raw.strip().removeprefix("export ")
        name, equals, value = line.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name.isidentifier():
            continue
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        elif " #" in value:
            value = value.partition(" #")[0].rstrip()
        values[name] = value
    return values


def load(path: Path, environment: MutableMapping[str, str] = os.environ) -> dict[str, str]:
    """Add what `path` names to the environment, never overriding; returns what the file says."""
    try:
        values = parse(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    for name, value in values.items():
        environment.setdefault(name, value)
    return values


def write_demo(path: Path, var: Path | None) -> bool:
    """Leave a .env that names the demo settings, unless one exists; True when it was written.

    `var` is the folder of the data when it is not the default one.
    """
    lines = [
        "# Left by `make run`, so that `.venv/bin/python manage.py` finds the same portal.",
        "# Without this file a checkout runs on the base settings, which are production.",
        f"DJANGO_SETTINGS_MODULE={DEMO_SETTINGS}",
    ]
    if var is not None:
        lines.append(f'PORTAL_VAR="{var}"')
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError:
        return False
    return True
