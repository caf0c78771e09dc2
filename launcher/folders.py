"""Where things lie: the checkout, its environment of packages, and the folder of the data."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher.processes import LauncherError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


@dataclass(frozen=True)
class Var:
    """The folder of everything that is not code: databases, keys, media, logs."""

    path: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Var":
        """The folder that PORTAL_VAR names (relative to the checkout), else var/."""
        return cls((ROOT / (environment.get("PORTAL_VAR") or "var")).resolve())

    @property
    def is_default(self) -> bool:
        """Tell whether nobody moved it."""
        return self.path == ROOT / "var"

    @property
    def keys(self) -> Path:
        """Secrets, readable by their owner alone."""
        return self.path / "keys"

    @property
    def run(self) -> Path:
        """What is true only while something runs: locks, process ids, ports."""
        return self.path / "run"

    def log(self, name: str) -> Path:
        """The log of one child."""
        return self.path / "log" / f"{name}.log"

    def make(self) -> None:
        """Make the folders. Raises LauncherError when that is not allowed."""
        try:
            for folder, mode in ((self.path, 0o755), (self.keys, 0o700), (self.run, 0o700)):
                folder.mkdir(parents=True, exist_ok=True, mode=mode)
            (self.path / "log").mkdir(exist_ok=True)
        except OSError as error:
            raise LauncherError(
                f"cannot write to {self.path} ({error.strerror}); set PORTAL_VAR to a folder"
                " of your own"
            ) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on a folder as long as the block lasts; it leaves no file behind."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
