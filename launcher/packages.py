"""The environment of packages (.venv), made from the lock files and from nothing else."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from launcher.console import Console
from launcher.folders import PYTHON, ROOT, VENV, locked
from launcher.processes import LauncherError
from launcher.system import APT, apt_install, can_apt

RUN_LOCK, TEST_LOCK = ROOT / "requirements.txt", ROOT / "requirements-test.txt"


def prepare(console: Console, *, tests: bool = False) -> None:
    """Make .venv and bring it to the lock files; quick when nothing changed.

    `tests` adds what tests and checks need. Raises LauncherError.
    """
    locks = [RUN_LOCK, TEST_LOCK] if tests else [RUN_LOCK]
    if PYTHON.exists() and all(is_current(lock) for lock in locks):
        return
    with locked(ROOT):
        if not PYTHON.exists():
            make_venv(console)
        # The lock of the tests holds everything the other one holds.
        wanted = locks[-1]
        if not is_current(wanted):
            with console.step(f"Installing the packages of {wanted.name}"):
                install(wanted)
            for lock in locks:
                stamp(lock).write_text(fingerprint(lock))


def stamp(lock: Path) -> Path:
    """The file that remembers which state of a lock file is installed."""
    return VENV / f".{lock.stem}.sha256"


def fingerprint(lock: Path) -> str:
    """The hash of a lock file and the Python it was installed for."""
    try:
        base = (VENV / "pyvenv.cfg").read_text()
        return hashlib.sha256(lock.read_bytes() + base.encode()).hexdigest()
    except OSError as error:
        raise LauncherError(f"{error.filename} is missing: this checkout is not whole") from error


def is_current(lock: Path) -> bool:
    """Tell whether this state of the lock file is installed."""
    try:
        return stamp(lock).read_text() == fingerprint(lock)
    except OSError:
        return False


def make_venv(console: Console) -> None:
    """Make .venv with this Python; on a bare Debian install python3-venv first where we may."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    with console.step(f"Making the environment .venv with Python {sys.version.split()[0]}"):
        answer = run_quietly([base, "-m", "venv", "--clear", str(VENV)])
        if not answer.returncode:
            return
        name = f"python3.{sys.version_info.minor}-venv"
        if can_apt() and "ensurepip" in answer.stdout:
            apt_install(["python3-venv", name] if base.startswith("/usr/bin") else [name])
            answer = run_quietly([base, "-m", "venv", "--clear", str(VENV)])
    if answer.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        hint = f"sudo {APT} install python3-venv" if shutil.which(APT) else last_line(answer.stdout)
        raise LauncherError(f"Python cannot make an environment here. Type: {hint}")


def install(lock: Path) -> None:
    """Install a lock file, hashes checked: with uv, and with pip where uv does not work."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    if index := os.environ.get("PIP_INDEX_URL"):
        environment.setdefault("UV_DEFAULT_INDEX", index)
    get_uv()
    python = ["--python", str(PYTHON), "--require-hashes", "-r", str(lock)]
    fast = run_quietly([str(PYTHON), "-m", "uv", "pip", "install", "-q", *python], environment)
    if not fast.returncode:
        return
    words = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    slow = run_quietly([str(PYTHON), *words, "-r", str(lock)])
    if slow.returncode:
        raise LauncherError(f"the packages could not be installed: {last_line(slow.stdout)}")


def get_uv() -> None:
    """Install uv itself, in the version and with the hashes of the tests' lock file."""
    if not run_quietly([str(PYTHON), "-c", "import uv"]).returncode:
        return
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(stanza(TEST_LOCK.read_text(encoding="utf-8"), "uv"))
        words = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        run_quietly([str(PYTHON), *words, "-r", str(only_uv)])


def stanza(lock: str, package: str) -> str:
    """The lines of one package in a lock file: its version and its hashes; "" without it."""
    lines = iter(lock.splitlines())
    found = [line for line in lines if line.startswith(f"{package}==")][:1]
    lines = iter(lock.splitlines()[lock.splitlines().index(found[0]) + 1 :] if found else [])
    for line in lines:
        if not line.lstrip().startswith("--hash="):
            break
        found.append(line)
    return "\n".join(found).rstrip("\\ ") + "\n" if found else ""


def run_quietly(
    command: Sequence[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout; what it printed, errors included, is in `stdout`."""
    return subprocess.run(
        list(command),
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def last_line(output: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
