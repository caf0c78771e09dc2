"""The embedded servers with data that stay: for `make run`, and for one manage.py command.

One process at a time owns them, by a lock on a file in var/run that the kernel releases when the
owner dies. Others use what the owner wrote into servers.json, and hold a shared lock meanwhile.
"""

import atexit
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import MutableMapping

from launcher.dotenv import DEMO_SETTINGS
from launcher.folders import Var
from launcher.keys import make_keys, name_keys, read_servers_password
from launcher.leftovers import end_leftovers, forget, note
from launcher.postgres import Postgres
from launcher.processes import LauncherError, birth
from launcher.servers import find_site
from launcher.valkey import Valkey

WAIT_SECONDS = 60
TRIES = 3  # a port may be taken between the choice and the start


class Ownership:
    """The right to start servers on a var folder, held until `release` or the process's end."""

    def __init__(self, var: Var) -> None:
        self.path = var.run / "owner.lock"
        self.handle = -1

    def take(self, purpose: str, seconds: float = 0) -> bool:
        """Try for up to `seconds`; `purpose` is what others read about the owner."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if time.monotonic() >= deadline:
                os.close(handle)
                return False
            time.sleep(0.1)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{purpose} (process {os.getpid()})".encode(), 0)
        self.handle = handle
        return True

    def owner(self) -> str:
        """Who holds it, in words."""
        try:
            return self.path.read_text() or "another process"
        except OSError:
            return "another process"

    def release(self) -> None:
        """Let it go."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


class Embedded:
    """PostgreSQL and Valkey of one var folder; each is left out when the environment names one."""

    def __init__(self, var: Var, *, postgres: bool = True, valkey: bool = True) -> None:
        site, password = find_site(), read_servers_password(var)
        self.var = var
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        if postgres:
            self.postgres = Postgres(site, var.path / "postgres", var.log("postgres"), password)
        if valkey:
            self.valkey = Valkey(site, var.path / "valkey", var.log("valkey"), password)

    def start(self) -> None:
        """Stop what an earlier owner left, start both, wait until they answer."""
        end_leftovers(self.var)
        if self.valkey is not None:
            self.launch(self.valkey)
        if self.postgres is not None:
            self.postgres.end_leftover()
            self.postgres.make()
            self.launch(self.postgres)
            self._await(self.postgres)
            self.postgres.make_database()
        if self.valkey is not None:
            self._await(self.valkey)
        write_record(self.var, self.addresses())

    def launch(self, server: Postgres | Valkey) -> subprocess.Popen[bytes]:
        """Start one of the two and note its process id; returns the child."""
        child = server.launch()
        note(self.var, server.name, child.pid)
        return child

    def _await(self, server: Postgres | Valkey) -> None:
        for left in reversed(range(TRIES)):
            try:
                return server.wait()
            except LauncherError:
                if not left:
                    raise
                server.stop()
                server.port = 0
                time.sleep(1)
                self.launch(server)

    def addresses(self) -> dict[str, str]:
        """What the servers add to the environment; PORTAL_EMBEDDED tells the demo they are ours."""
        names: dict[str, str] = {}
        if self.postgres is not None:
            names |= {"DATABASE_URL": self.postgres.url, "PORTAL_EMBEDDED": "1"}
        if self.valkey is not None:
            names["REDIS_URL"] = self.valkey.url
        return names

    def stop(self) -> None:
        """Valkey first, PostgreSQL last."""
        (self.var.run / "servers.json").unlink(missing_ok=True)
        for server in (self.valkey, self.postgres):
            if server is not None:
                server.stop()
                forget(self.var, server.name)


def write_record(var: Var, addresses: dict[str, str]) -> None:
    """Tell other processes of this var folder where the servers are (mode 0600: passwords)."""
    path = var.run / "servers.json"
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    record = {"pid": os.getpid(), "birth": birth(os.getpid()), "addresses": addresses}
    with os.fdopen(handle, "w") as file:
        json.dump(record, file)
    draft.rename(path)


def read_record(var: Var) -> dict[str, str] | None:
    """The addresses that a living owner wrote, else None."""
    try:
        record = json.loads((var.run / "servers.json").read_text())
        pid, born = int(record["pid"]), record["birth"]
    except (OSError, ValueError, KeyError):
        return None
    return dict(record["addresses"]) if birth(pid) == born != "" else None


def ensure(environment: MutableMapping[str, str] = os.environ) -> None:
    """Give one manage.py command what the demo settings need: keys and servers.

    Running servers are used; otherwise they are started, and stopped when this process ends.
    Does nothing under other settings. Raises LauncherError with one line for the person.
    """
    if environment.get("DJANGO_SETTINGS_MODULE") != DEMO_SETTINGS:
        return
    var = Var.of(environment)
    make_keys(var)
    name_keys(var, environment)
    if environment.get("DATABASE_URL"):
        return
    share = share_servers(var)
    owned = Ownership(var)
    if owned.take(f"manage.py {' '.join(sys.argv[1:2])}".strip()):
        servers = Embedded(var, valkey=not environment.get("REDIS_URL"))
        atexit.register(finish, servers, owned, share)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        servers.start()
        found: dict[str, str] | None = servers.addresses()
    else:
        found = wait_for_record(var, owned)
    for name, value in (found or {}).items():
        environment.setdefault(name, value)


def wait_for_record(var: Var, owned: Ownership) -> dict[str, str]:
    """The addresses of servers that another process is starting. Raises LauncherError."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if (found := read_record(var)) is not None:
            return found
        time.sleep(0.1)
    raise LauncherError(f"{owned.owner()} has not started the servers yet; try again when it has")


def share_servers(var: Var) -> int:
    """Take a shared lock that keeps a short-lived owner from stopping servers under us."""
    handle = os.open(var.run / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def finish(servers: Embedded, owned: Ownership, share: int) -> None:
    """Stop the servers of one command, once no other command uses them."""
    try:
        fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write("Another command still uses the embedded servers; waiting for it.\n")
        fcntl.flock(share, fcntl.LOCK_EX)
    servers.stop()
    owned.release()
    os.close(share)
