"""`make run` for real, in a copy of this checkout whose path has a space: start, stop, kill."""

import os
import re
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.processes import free_port, wait_for
from tests.launcher.house import START_SECONDS, STOP_SECONDS, House

pytestmark = [
    pytest.mark.fault,
    pytest.mark.xdist_group("launcher"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house that was lived in once: the tests come in any order."""
    made = House(tmp_path_factory.mktemp("run"))
    first = made.start()
    first.await_ready()
    assert "Loading the demo data" in first.said()
    assert first.end(signal.SIGINT) == 0, first.said()
    return made


@pytest.fixture(autouse=True)
def nothing_is_left(house: House) -> Iterator[None]:
    """The next test finds no process, and the settings of the house that was lived in.

    A start with a PORTAL_VAR of its own leaves an .env that names it, as it should.
    """
    settings = (house.path / ".env").read_text()
    yield
    (house.path / ".env").write_text(settings)
    for started in house.started:
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
    os.kill(killed.process.pid, signal.SIGKILL)
    killed.process.wait()
    again = house.start()
    again.await_ready()
    assert "Loading the demo data" not in again.said()
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
