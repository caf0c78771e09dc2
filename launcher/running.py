"""`make run`: from nothing to a portal that answers, and down again in order."""

import contextlib
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from types import FrameType

from launcher import dotenv
from launcher.console import Console
from launcher.embedded import Embedded, Ownership
from launcher.folders import ROOT, Var
from launcher.keys import make_keys, name_keys
from launcher.leftovers import end_leftovers
from launcher.packages import last_line, prepare
from launcher.processes import LauncherError, port_is_free, wait_for
from launcher.program import STOP_ORDER, background_services, manage, web_service
from launcher.services import Service, Services
from launcher.system import need_pango

READY_SECONDS = 120
DEFAULT_PORT = 8000
LOOK_SECONDS = 0.3
BUSY_SECONDS = 15  # a manage.py command may own the servers for a moment


class Stopped(BaseException):
    """Somebody asked us to stop while we were starting."""


class Signals:
    """SIGINT, SIGTERM and SIGHUP: they interrupt the start, and end the watch."""

    def __init__(self) -> None:
        self.asked = False  # no Event: a handler must not want a lock that its thread holds
        self.interrupt = True

    def install(self) -> None:
        """Catch them; from the first one on, later ones change nothing."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._receive)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        first, self.asked = not self.asked, True
        if first and self.interrupt:
            raise Stopped

    @contextlib.contextmanager
    def patient(self) -> Iterator[None]:
        """Inside, a signal is noted and interrupts nothing."""
        self.interrupt = False
        yield


def run_portal() -> int:
    """Start everything, print where it is, keep it running; 0 after an orderly stop."""
    console = Console()
    signals = Signals()
    signals.install()
    environment = dict(os.environ)
    dotenv.load_for_run(ROOT / ".env", environment)
    var = Var.of(environment)
    try:
        var.make()
        owned = Ownership(var)
        if not owned.take("make run", seconds=patience(owned)):
            raise LauncherError(f"{owned.owner()} uses {var.path} already; stop it first")
        with contextlib.ExitStack() as stack:
            portal = Portal(console, var, environment)
            stack.callback(portal.stop)
            portal.start()
            with signals.patient():
                while not signals.asked:
                    portal.services.look()
                    time.sleep(LOOK_SECONDS)
    except Stopped:
        pass
    console.say("Stopped. The data stay.")
    return 0


def patience(owned: Ownership) -> float:
    """How many seconds to wait for the owner: it may be a short command, or a long portal."""
    return 0 if "make run" in owned.owner() else BUSY_SECONDS


class Portal:
    """The servers and the processes of one `make run`."""

    def __init__(self, console: Console, var: Var, environment: dict[str, str]) -> None:
        self.console = console
        self.var = var
        self.environment = environment
        self.port = read_port(environment)
        self.services = Services(var, console)
        self.embedded: Embedded | None = None

    def start(self) -> None:
        """Do every step that is needed, in order. Raises LauncherError."""
        began = "" if self.var.is_default else f" Its data are in {self.var.path}."
        self.console.say(f"Starting the portal.{began}")
        prepare(self.console)
        need_pango(self.console)
        self._clear_the_way()
        self._start_servers()
        self._fill_database()
        sign_ins = self._start_web()
        for service in background_services(self.var, self.environment):
            self.services.start(service)
        self._announce(sign_ins)

    def _clear_the_way(self) -> None:
        if ended := end_leftovers(self.var):
            self.console.say(f"Ended what an earlier start left behind: {', '.join(ended)}.")
        if not wait_for(lambda: port_is_free(self.port), 3):
            raise LauncherError(
                f"port {self.port} of 127.0.0.1 is taken; choose another one: PORT=8001 make run"
            )
        make_keys(self.var)
        name_keys(self.var, self.environment)
        dotenv.write_demo(
            ROOT / ".env",
            None if self.var.is_default else self.var.path,
            None if self.port == DEFAULT_PORT else self.port,
        )
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": dotenv.DEMO_SETTINGS,
            "PORTAL_VAR": str(self.var.path),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def _start_servers(self) -> None:
        own_postgres = not self.environment.get("DATABASE_URL")
        own_valkey = not self.environment.get("REDIS_URL")
        if not own_postgres and not own_valkey:
            return
        with self.console.step("Starting PostgreSQL and Valkey"):
            self.embedded = Embedded(self.var, postgres=own_postgres, valkey=own_valkey)
            self.embedded.start()
        self.environment |= self.embedded.addresses()
        for server, title in (
            (self.embedded.postgres, "PostgreSQL"),
            (self.embedded.valkey, "Valkey"),
        ):
            if server is not None:
                service = Service(server.name, title, server.launch, child=server.child)
                service.vital = server.name == "postgres"
                service.stop_signal = server.stop_signal
                service.stop_seconds = 30
                self.services.adopt(service)

    def _fill_database(self) -> None:
        with self.console.step("Preparing the database"):
            self._manage("prepare")
        marker = self.var.path / "demo-loaded"  # it says into which database
        if not marker.exists() or marker.read_text() != self._database():
            with self.console.step("Loading the demo data, once"):
                self._manage("demo")
            marker.write_text(self._database())

    def _database(self) -> str:
        """Which database this is, without its password."""
        if self.embedded is not None and self.embedded.postgres is not None:
            return str(self.embedded.postgres.data)
        return self.environment["DATABASE_URL"].rpartition("@")[2]

    def _manage(self, *words: str) -> None:
        """Run a manage.py command to its end. Raises LauncherError with its last line."""
        log = self.var.log("setup")
        with log.open("a+") as sink:
            begin = sink.seek(0, os.SEEK_END)
            status = subprocess.call(
                manage(*words),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
            sink.seek(begin)
            said = last_line(sink.read())
        if status:
            raise LauncherError(f"manage.py {' '.join(words)} failed: {said} ({log})")

    def _start_web(self) -> "subprocess.Popen[str]":
        with self.console.step("Starting the web server"):
            self.services.start(web_service(self.var, self.environment, self.port))
            sign_ins = subprocess.Popen(
                manage("demo", "--sign-ins"),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            deadline = time.monotonic() + READY_SECONDS
            while not answers(self.port):
                self.services.look()
                if time.monotonic() > deadline:
                    raise LauncherError(
                        f"the portal does not answer on port {self.port}: {self.var.log('web')}"
                    )
                time.sleep(0.1)
        return sign_ins

    def _announce(self, sign_ins: "subprocess.Popen[str]") -> None:
        lines, _ = sign_ins.communicate(timeout=READY_SECONDS)
        self.console.line(f"Portal ready: http://localhost:{self.port}/")
        if lines.strip():
            self.console.line("Sign in as one of these:")
        for line in lines.strip().splitlines():
            self.console.line(f"  {line}")
        self.console.say(f"Ctrl-C stops it. Logs are in {self.var.path / 'log'}.")

    def stop(self) -> None:
        """Stop what runs: the web first, PostgreSQL last."""
        if self.services.services:
            self.console.say("Stopping …")
        for names in STOP_ORDER:
            self.services.stop(names)
        if self.embedded is not None:
            self.embedded.stop()


def read_port(environment: dict[str, str]) -> int:
    """The port of the web server: PORT, default 8000. Raises LauncherError when it is none."""
    text = environment.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LauncherError(f"PORT is {text!r}; it must be a number from 1 to 65535")
    return int(text)


def answers(port: int) -> bool:
    """Tell whether the portal says it is ready."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", "/health/ready")
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()
