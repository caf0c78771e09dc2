"""`make run` for real, in a copy of this checkout whose path has a space: start, stop, kill."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.processes import command_line, free_port, is_alive, wait_for

pytestmark = [
    pytest.mark.fault,
    pytest.mark.xdist_group("launcher"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc"),
]

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

    def start(self, **changes: str) -> "Started":
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


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("run"))
    yield made
    for started in made.started:
        if started.process.poll() is None:
            started.process.terminate()
            started.process.wait(STOP_SECONDS)


def ask(house: House, host: str) -> int:
    """The status of the readiness page."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://{host}:{house.port}/health/ready", timeout=30) as answer:
        return int(answer.status)


def test_start_tells_where_it_is_and_interrupt_stops_everything(house: House) -> None:
    started = house.start()
    started.await_ready()
    said = started.said()
    assert said.count(f"Portal ready: http://localhost:{house.port}/\n") == 1
    assert re.search(r"coordinator@\S+", said.split("Portal ready")[1])
    assert ask(house, "localhost") == ask(house, "127.0.0.1") == 200
    assert "portal.settings.demo" in (house.path / ".env").read_text()
    assert len(house.processes()) >= 9  # the controls of the emptiness below
    assert house.manage("showmigrations", "--plan").returncode == 0
    assert started.end(signal.SIGINT) == 0, started.said()
    assert house.processes() == []
    assert (house.var / "postgres" / "PG_VERSION").exists()


def test_second_launcher_gets_one_line_while_the_first_lives(house: House) -> None:
    first = house.start()
    first.await_ready()
    second = house.start(PORT=str(free_port()))
    assert second.process.wait(60) == 1
    assert re.fullmatch(r"make run \(process \d+\) uses .* already; stop it first\n", second.said())
    assert ask(house, "127.0.0.1") == 200
    assert first.end(signal.SIGTERM) == 0


def test_start_after_a_killed_launcher_is_ready(house: House) -> None:
    killed = house.start()
    killed.await_ready()
    assert "Loading the demo data" not in killed.said()
    os.kill(killed.process.pid, signal.SIGKILL)
    killed.process.wait()
    again = house.start()
    again.await_ready()
    assert ask(house, "127.0.0.1") == 200
    assert again.end(signal.SIGINT) == 0
    assert wait_for(lambda: house.processes() == [], 30), house.processes()


def test_manage_finds_the_database_when_nothing_runs(house: House) -> None:
    assert house.processes() == []
    answer = house.manage("showmigrations", "--plan")
    assert answer.returncode == 0, answer.stderr
    assert "[X]" in answer.stdout and "[ ]" not in answer.stdout
    assert house.processes() == []


def test_database_of_ones_own_is_refused_in_one_line(house: House) -> None:
    started = house.start(DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert started.process.wait(120) == 1
    assert "PORTAL_DEMO=1" in started.said().splitlines()[-1]
    assert "Traceback" not in started.said()
    assert house.processes() == []


def test_taken_port_is_named_in_one_line(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        started = house.start(PORT=str(port))
        assert started.process.wait(60) == 1
    assert f"port {port} of 127.0.0.1 is taken" in started.said().splitlines()[-1]


def test_interrupted_first_start_leaves_nothing_half_made(house: House, tmp_path: Path) -> None:
    started = house.start(PORTAL_VAR=str(tmp_path))
    assert wait_for(lambda: "Starting PostgreSQL" in started.said(), START_SECONDS), started.said()
    assert started.end(signal.SIGINT) == 0, started.said()
    assert "Portal ready" not in started.said()
    answer = house.manage("showmigrations", "--plan", PORTAL_VAR=str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert house.processes() == []
