"""Reads and writes `.env`, the settings of one checkout. The real environment always wins."""

import os
from collections.abc import MutableMapping
from pathlib import Path

DEMO_SETTINGS = "portal.settings.demo"
MARK = "# Left by the last `make run`, so that `.venv/bin/python manage.py` finds the same portal."


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
    values = read(path)
    for name, value in values.items():
        environment.setdefault(name, value)
    return values


def load_for_run(path: Path, environment: MutableMapping[str, str]) -> None:
    """As `load`, for `make run`: what the last run left in a file of ours decides nothing now."""
    values = {} if is_ours(path) else read(path)
    for name, value in values.items():
        environment.setdefault(name, value)


def read(path: Path) -> dict[str, str]:
    """Return what a .env file says; nothing where there is none."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError:
        return {}


def is_ours(path: Path) -> bool:
    """Tell whether `make run` wrote this file."""
    try:
        return path.read_text(encoding="utf-8").startswith(MARK)
    except OSError:
        return False


def write_demo(path: Path, var: Path | None, port: int | None = None) -> bool:
    """Leave a .env by which manage.py finds this run; True when it was written.

    A file that somebody else wrote is left alone. `var` is the folder of the data and `port` the
    web server's port, each when it is not the default one.
    """
    if path.exists() and not is_ours(path):
        return False
    lines = [
        MARK,
        "# Without this file a checkout runs on the base settings, which are production.",
        f"DJANGO_SETTINGS_MODULE={DEMO_SETTINGS}",
    ]
    if var is not None:
        lines.append(f'PORTAL_VAR="{var}"')
    if port is not None:
        lines.append(f"PORT={port}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return True
