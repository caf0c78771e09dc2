"""Processes of an earlier start that was killed: found by the files in var/run, and ended."""

import contextlib
import os
import signal

from launcher.folders import Var
from launcher.processes import birth, end_process, is_alive

LEFTOVER_SECONDS = 8


def note(var: Var, name: str, pid: int) -> None:
    """Write down a child: its id, and its birth, so that a later process is not taken for it."""
    (var.run / f"{name}.pid").write_text(f"{pid} {birth(pid)}\n")


def forget(var: Var, name: str) -> None:
    """The child has ended."""
    (var.run / f"{name}.pid").unlink(missing_ok=True)


def end_leftovers(var: Var) -> list[str]:
    """End every noted process that still lives, servers last; returns their names.

    PostgreSQL and Valkey are asked for an orderly shutdown. A file about a process that is gone,
    or whose id belongs to another process by now, is removed.
    """
    ended = []
    files = sorted(var.run.glob("*.pid"), key=lambda file: (file.stem == "postgres", file.stem))
    for file in files:
        with contextlib.suppress(ValueError, OSError):
            number, _, born = file.read_text().strip().partition(" ")
            pid = int(number)
            if born and is_alive(pid) and birth(pid) == born:
                first = signal.SIGINT if file.stem == "postgres" else signal.SIGTERM
                end_process(pid, first, seconds=LEFTOVER_SECONDS)
                ended.append(file.stem)
            if born:
                end_session(pid)
        file.unlink(missing_ok=True)
    return ended


def end_session(leader: int) -> None:
    """Kill what a dead child left in the session it led (pool processes of a worker)."""
    if is_alive(leader) or leader == os.getpid():
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
