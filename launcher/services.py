"""Keeps the children of a running portal alive, and stops them in order."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from signal import SIGTERM, Signals

from launcher.console import Console
from launcher.folders import Var
from launcher.leftovers import end_session, forget, note
from launcher.processes import LauncherError, ask, await_end, tail

RESTARTS = 5  # within QUIET_SECONDS of one another
QUIET_SECONDS = 120
PAUSE_SECONDS = 1.0  # before a child is started again


@dataclass
class Service:
    """One child. `vital`: without it there is no portal."""

    name: str  # also of its log and its pid file
    title: str
    launch: Callable[[], subprocess.Popen[bytes]]
    vital: bool = False
    stop_signal: Signals = SIGTERM
    stop_seconds: float = 15
    child: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    due: float | None = None  # when it is started again, on the monotonic clock
    given_up: bool = False


class Services:
    """The children in the order of their start."""

    def __init__(self, var: Var, console: Console) -> None:
        self.var = var
        self.console = console
        self.services: list[Service] = []

    def adopt(self, service: Service) -> None:
        """Take charge of a child that runs already."""
        self.services.append(service)

    def start(self, service: Service) -> None:
        """Start a child. Call it from the main thread: the kernel ties a child to that thread."""
        self.services.append(service)
        self._launch(service)

    def _launch(self, service: Service) -> None:
        service.child = service.launch()
        service.due = None
        note(self.var, service.name, service.child.pid)

    def look(self) -> None:
        """Start again what has ended, a few times. Raises LauncherError when it is vital."""
        for service in self.services:
            if service.given_up or service.child is None:
                continue
            if service.due is not None:
                if time.monotonic() >= service.due:
                    self._launch(service)
            elif service.child.poll() is not None:
                self._mourn(service, service.child.returncode)

    def _mourn(self, service: Service, status: int) -> None:
        now = time.monotonic()
        end_session(service.child.pid if service.child else 0)
        service.deaths = [moment for moment in service.deaths if now - moment < QUIET_SECONDS]
        service.deaths.append(now)
        log = self.var.log(service.name)
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        if len(service.deaths) <= RESTARTS:
            count = f"{len(service.deaths)} of {RESTARTS}"
            self.console.say(f"{service.title} ended ({how}); starting it again ({count}). {log}")
            service.due = now + PAUSE_SECONDS
            return
        service.given_up = True
        if service.vital:
            raise LauncherError(f"{service.title} ends again and again: {tail(log)} ({log})")
        self.console.say(f"{service.title} ends again and again and stays stopped. {log}")

    def stop(self, names: Sequence[str]) -> None:
        """Stop these together: ask all of them first, then wait for each."""
        chosen = [service for service in self.services if service.name in names]
        for service in chosen:
            if service.child is not None:
                ask(service.child, service.stop_signal)
        for service in chosen:
            if service.child is not None:
                if not await_end(service.child, service.stop_seconds):
                    self.console.say(f"{service.title} did not end in time and was killed.")
                end_session(service.child.pid)
            forget(self.var, service.name)
            self.services.remove(service)
