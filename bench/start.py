"""Seconds from `make run` to the line "Portal ready", in a copy of the checkout without data."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.table import Goal, Row
from launcher.folders import PYTHON, ROOT, VENV
from launcher.keys import SECRETS
from launcher.processes import await_end, free_port, spawn, tail, wait_for
from launcher.servers import FOLDER, start_throwaway

READY = "Portal ready:"
PATIENCE = 120  # seconds
LEFT_OUT = (
    ".git",
    ".venv",
    "node_modules",
    "var",
    "staticfiles",
    ".env",
    "__pycache__",
    ".*_cache",
)
OURS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "MAKEFLAGS")


def measure() -> list[Row]:
    """Two rows: the first start, and the second one beside its goal of 10 s.

    The floor is what nobody can save: PostgreSQL and Valkey, made anew and started.
    """
    floor = _seconds_of_servers()
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        (copy / ".venv").symlink_to(VENV)
        cold, warm = _seconds_of_run(copy, "cold"), _seconds_of_run(copy, "warm")
    return [
        Row("make run to ready, no data yet, packages installed (s)", cold, floor, cold / floor),
        Row("make run to ready, second start (s)", warm, floor, warm / floor,
            Goal("ours", "≤", 10)),
    ]  # fmt: skip


def _seconds_of_servers() -> float:
    begin = time.monotonic()
    servers = start_throwaway(())
    seconds = time.monotonic() - begin
    servers.stop()
    return seconds


def _seconds_of_run(copy: Path, name: str) -> float:
    """Start the portal in `copy`, wait for its line, stop it. RuntimeError when it does not come."""
    log = copy.parent / f"{name}.log"
    command = ["make", "run", f"PYTHON={PYTHON}"]
    if not shutil.which("make"):
        command = [str(PYTHON), "-m", "launcher", "run"]
    begin = time.monotonic()
    child = spawn(command, log=log, env=_environment(), cwd=copy)
    try:
        ready = wait_for(lambda: READY in log.read_text() or child.poll() is not None, PATIENCE)
        seconds = time.monotonic() - begin
        if not ready or READY not in log.read_text():
            raise RuntimeError(f"make run does not get ready: {tail(log)}")
        return seconds
    finally:
        _stop(child)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does: SIGINT to the whole group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGINT)
    await_end(child, 60)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    clean = {n: v for n, v in kept.items() if not n.startswith(("PORTAL_", "BENCH_", "AUDIT_"))}
    for name in (*SECRETS, "SITE_URL", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT"):
        clean.pop(name, None)
    return {**clean, "PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
