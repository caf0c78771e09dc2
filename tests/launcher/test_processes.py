"""Children that end with their parent, ports, and how a process is recognized."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.processes import (
    await_end,
    birth,
    end_process,
    free_port,
    is_alive,
    port_is_free,
    spawn,
    wait_for,
)

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = """
import sys, pathlib, signal
sys.path.insert(0, sys.argv[1])
from launcher.processes import spawn
child = spawn(["sleep", "600"], log=pathlib.Path(sys.argv[2]), death_signal={death})
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_free_port_can_be_listened_on() -> None:
    port = free_port()
    assert port_is_free(port)
    with socket.socket() as server:
        server.bind(("127.0.0.1", port))
        server.listen()
        assert not port_is_free(port)


def test_birth_tells_two_processes_apart(tmp_path: Path) -> None:
    child = spawn(SLEEPER, log=tmp_path / "log")
    try:
        assert birth(child.pid) == birth(child.pid) != ""
        assert birth(child.pid) != birth(os.getpid())
    finally:
        child.kill()
        child.wait()


def test_is_alive_is_false_for_a_zombie(tmp_path: Path) -> None:
    child = spawn(["true"], log=tmp_path / "log")
    assert wait_for(lambda: not is_alive(child.pid), 20)
    assert child.returncode is None  # nobody has waited for it
    child.wait()


def test_await_end_kills_a_child_that_does_not_obey(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)\n"
    child = spawn([sys.executable, "-c", f"{deaf}time.sleep(600)"], log=tmp_path / "log")
    assert wait_for(lambda: "1" in (tmp_path / "log").read_text(), 20)
    child.terminate()
    assert not await_end(child, 0.5)
    assert child.returncode == -signal.SIGKILL


def test_end_process_ends_a_stranger() -> None:
    shell = subprocess.Popen(["sh", "-c", "sleep 600 & echo $!"], stdout=subprocess.PIPE, text=True)
    assert shell.stdout is not None
    stranger = int(shell.stdout.readline())
    shell.stdout.close()
    shell.wait()
    end_process(stranger, signal.SIGTERM, seconds=20)
    assert not is_alive(stranger)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the kernel")
@pytest.mark.parametrize("told", [True, False])
def test_child_dies_with_its_killed_parent(tmp_path: Path, told: bool) -> None:
    """`told` False is the control: signal 0 means that the kernel was not asked."""
    program = PARENT.format(death="signal.SIGTERM" if told else "0")
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(root), str(tmp_path / "log")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None and parent.stdin is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    parent.stdin.close()
    if told:
        assert wait_for(lambda: not is_alive(child), 20)
    else:
        assert is_alive(child)
        os.kill(child, signal.SIGKILL)
