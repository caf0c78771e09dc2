"""Child processes that do not outlive their parent, and how to recognize one later."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
POLL_SECONDS = 0.05
READY_SECONDS = 60  # the recovery of a database after a crash may take long
LOG_BYTES = 10 * 1024 * 1024  # a longer log is put aside at the next start of its writer


class LauncherError(Exception):
    """A reason to stop that a person can act on: one line, printed without a traceback."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """A preexec_fn: the kernel sends the child `death_signal` when its parent is gone.

    Only Linux knows this; elsewhere None is returned and the next start cleans up by pid file.
    The kernel watches the parent's *thread*: start children from one that lives as long as they.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask_the_kernel


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    feed: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches the launcher alone), logging to `log`.

    `feed` is written to its standard input, which is then closed; otherwise it has none.
    Raises OSError when the program cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as sink:
        child = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE if feed is not None else subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),
        )
    if feed is not None and child.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(feed.encode())
            child.stdin.close()
    return child


def ask(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a child that still runs."""
    if child.poll() is None:
        child.send_signal(number)


def await_end(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for a child; after `seconds` kill its whole session. True when it ended by itself."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.kill()
        child.wait()
        return False
    return True


def is_alive(pid: int) -> bool:
    """Tell whether a process with this id runs (a zombie does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] != "Z"


def command_line(pid: int) -> str:
    """The command of a running process, "" when it is gone or hidden from us."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except OSError:
        pass
    if not shutil.which("ps"):
        return ""
    answer = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def birth(pid: int) -> str:
    """What tells a process from a later one with the same id: the moment it was started."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        pass
    if not shutil.which("ps"):
        return ""
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def end_process(pid: int, *signals: signal.Signals, seconds: float = 10) -> None:
    """End a process that is not our child: each signal in turn, `seconds` for each."""
    for number in (*signals, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_for(lambda: not is_alive(pid), seconds):
            return
    raise LauncherError(f"process {pid} of an earlier start does not end; stop it by hand")


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll until the condition holds; False when `seconds` have passed without."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def await_ready(
    child: subprocess.Popen[bytes] | None, is_ready: Callable[[], bool], title: str, log: Path
) -> None:
    """Wait until a server answers. Raises LauncherError when it ends, or takes a minute."""
    if child is None:
        raise LauncherError(f"{title} was not started")
    wait_for(lambda: child.poll() is not None or is_ready(), READY_SECONDS)
    if child.poll() is not None or not is_ready():
        raise LauncherError(f"{title} does not start: {tail(log)}")


def tail(log: Path, lines: int = 5) -> str:
    """The last lines of a log on one line, for an error message."""
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return "no log"
    return " | ".join(line.strip() for line in text.splitlines()[-lines:]) or "empty log"
