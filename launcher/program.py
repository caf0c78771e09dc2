"""The processes of the portal: which commands they are, and in which order they stop."""

import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from launcher.folders import PYTHON, ROOT, Var
from launcher.processes import spawn
from launcher.services import Service

# One row per moment of the stop; what stands in a row stops at the same time.
STOP_ORDER = (
    ("web",),
    ("beat", "relay", "sealer"),
    ("worker-mail", "worker-documents"),
    ("valkey",),
    ("postgres",),
)
WORKER_SECONDS = 30  # a document in the making may be finished
WEB_WORKERS, WEB_THREADS, WEB_GRACE_SECONDS = 2, 4, 10


def manage(*words: str) -> list[str]:
    """The command line of a manage.py command."""
    return [str(PYTHON), "manage.py", *words]


def module(*words: str) -> list[str]:
    """The command line of a module of the environment (its scripts may have moved)."""
    return [str(PYTHON), "-m", *words]


def web_service(var: Var, environment: Mapping[str, str], port: int) -> Service:
    """The web server: requests in two processes of four threads, behind one loaded program."""
    command = module("gunicorn", "portal.wsgi:application", "--preload", "--no-control-socket")
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WEB_WORKERS)]
    command += ["--threads", str(WEB_THREADS), "--graceful-timeout", str(WEB_GRACE_SECONDS)]
    return service(var, environment, "web", "The web server", command, vital=True)


def background_services(var: Var, environment: Mapping[str, str]) -> list[Service]:
    """Everything that works behind the pages."""
    make = partial(service, var, environment)
    schedule = ["--schedule", str(var.run / "beat-schedule"), "--pidfile", ""]
    return [
        make("relay", "The outbox relay", manage("relay")),
        make("worker-documents", "The worker for documents", worker("documents")),
        make("worker-mail", "The worker for mail", worker("mail")),
        make("sealer", "The sealer of the audit log", manage("seal_audit")),
        make("beat", "The clock", module("celery", "-A", "portal", "beat", *schedule)),
    ]


def worker(queue: str) -> list[str]:
    """A Celery worker with one process, for one queue."""
    processes = "2" if queue == "mail" else "1"  # mails wait for a server, pages for the processor
    options = ["-Q", queue, "-n", f"{queue}@%h", "-c", processes, "-l", "INFO"]
    options += ["--without-gossip", "--without-mingle"]
    return module("celery", "-A", "portal", "worker", *options)


def service(
    var: Var,
    environment: Mapping[str, str],
    name: str,
    title: str,
    command: list[str],
    vital: bool = False,
) -> Service:
    """A child of the portal that logs to var/log/<name>.log."""

    def launch() -> "subprocess.Popen[bytes]":
        return spawn(command, log=var.log(name), env=environment, cwd=Path(ROOT))

    seconds = WORKER_SECONDS if name.startswith("worker") else WEB_GRACE_SECONDS + 5
    return Service(name, title, launch, vital=vital, stop_seconds=seconds)
