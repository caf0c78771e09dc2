"""A portal as a newcomer has it: a copy of this checkout, started by `make run`, for tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from launcher.processes import command_line, free_port, is_alive, wait_for

ROOT = Path(__file__).parents[2]
START_SECONDS, STOP_SECONDS = 240, 90
FOREIGN = ("DATABASE_URL", "REDIS_URL", "PORTAL_DEMO", "PORTAL_VAR", "DJANGO_SETTINGS_MODULE")
LEFT_OUT = (".git", ".venv", "node_modules", "var", ".env", "staticfiles", "test-results")


class House:
    """A copy of the checkout that shares its packages, with data and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "the house"
        shutil.copytree(
            ROOT, self.path, ignore=shutil.ignore_patterns(*LEFT_OUT, "*.pyc", ".*_cache")
        )
        (self.path / ".venv").symlink_to(ROOT / ".venv")
        self.var = self.path / "var"
        self.port = free_port()
        self.started: list[Started] = []

    def environment(self, **changes: str) -> dict[str, str]:
        """The environment of a newcomer: nothing of the test run in it."""
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        own = [name for name in kept if name.endswith("_KEY") or name.startswith("PYTEST")]
        for name in own:
            del kept[name]
        return {**kept, "PORT": str(self.port), **changes}

    def start(self, **changes: str) -> Started:
        """Start the launcher in a process group of its own."""
        started = Started(self, changes)
        self.started.append(started)
        return started

    def manage(self, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a manage.py command as an operator would."""
        return subprocess.run(
            [".venv/bin/python", "manage.py", *words],
            cwd=self.path,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def processes(self) -> list[str]:
        """The command lines of everything that runs in or for this house."""
        ids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return [
            command_line(pid)
            for pid in ids
            if pid != os.getpid() and is_alive(pid) and self._is_ours(pid)
        ]

    def _is_ours(self, pid: int) -> bool:
        try:
            folder = str(Path(f"/proc/{pid}/cwd").readlink())
        except OSError:
            folder = ""
        return folder.startswith(str(self.path)) or str(self.path) in command_line(pid)


class Started:
    """One `python3 -m launcher run`."""

    def __init__(self, house: House, changes: dict[str, str]) -> None:
        self.house = house
        self.output = house.path.parent / f"output-{len(house.started)}.txt"
        with self.output.open("w") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "launcher", "run"],
                cwd=house.path,
                env=house.environment(**changes),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        """Everything printed so far."""
        return self.output.read_text()

    def await_ready(self) -> None:
        """Wait for the line that says so, or fail with what was said instead."""
        over = wait_for(
            lambda: "Ctrl-C stops it" in self.said() or self.process.poll() is not None,
            START_SECONDS,
        )
        assert over and self.process.poll() is None, self.said()

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the whole group, as a terminal does; returns the exit status."""
        os.killpg(self.process.pid, number)
        return self.process.wait(STOP_SECONDS)
