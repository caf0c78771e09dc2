"""A whole portal for the time of a measure: durable servers, a database, and real processes."""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGTERM

from launcher.folders import ROOT, Var
from launcher.keys import SECRETS, VAULT_KEYS, new_secret
from launcher.processes import ask, await_end, free_port, spawn, tail, wait_for
from launcher.program import manage, web_service, worker
from launcher.servers import Servers, start_throwaway

DURABLE = ("max_connections=200",)
"""PostgreSQL's own defaults stay: fsync, synchronous_commit and full_page_writes are on."""
START_SECONDS = 20


class House:
    """Servers, a prepared database and the environment in which every process of ours runs."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.var = Var(servers.folder / "var")
        self.environment = {**os.environ, **self._settings()}

    def _settings(self) -> dict[str, str]:
        keys = {name: secrets.token_urlsafe(48) for name in SECRETS}
        keys["VAULT_KEYS"] = new_secret(VAULT_KEYS)
        return {
            **keys,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            "PORTAL_VAR": str(self.var.path),
            "STATIC_ROOT": str(self.var.path / "static"),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1",
            "SECURE_SSL_REDIRECT": "0",
            "LOG_LEVEL": "WARNING",
            "DEFAULT_FROM_EMAIL": "Portal <no-reply@portal.example>",
        }

    def prepare(self) -> None:
        """Load the portal into this process and make its database, keys and static files."""
        os.environ.update(self.environment)
        self.var.make()
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        with self.var.log("prepare").open("w") as log, contextlib.redirect_stdout(log):
            call_command("prepare")
        from bench.models import FloorRow

        with connection.schema_editor() as editor:
            editor.create_model(FloorRow)

    @contextlib.contextmanager
    def web(self, **environment: str) -> Iterator[int]:
        """gunicorn as `make run` starts it; gives its port."""
        port = free_port()
        service = web_service(self.var, {**self.environment, **environment}, port)
        with _running(service.launch()):
            _await(lambda: answers(port), "web", self.var.log("web"))
            yield port

    @contextlib.contextmanager
    def worker(self, queue: str, **environment: str) -> Iterator[None]:
        """A Celery worker with one process for `queue`, as `make run` starts it; ready for work."""
        log = self.var.log(f"worker-{queue}")
        log.unlink(missing_ok=True)
        with self._spawned(worker(queue), log, environment):
            _await(lambda: " ready." in _text(log), f"worker {queue}", log)
            yield

    @contextlib.contextmanager
    def relay(self, **environment: str) -> Iterator[None]:
        """The outbox relay."""
        log = self.var.log("relay")
        log.unlink(missing_ok=True)
        with self._spawned(manage("relay"), log, environment):
            _await(lambda: "running" in _text(log), "relay", log)
            yield

    def _spawned(
        self, command: list[str], log: Path, environment: dict[str, str]
    ) -> contextlib.AbstractContextManager[None]:
        env = {**self.environment, "PYTHONUNBUFFERED": "1", **environment}
        return _running(spawn(command, log=log, env=env, cwd=ROOT))


@contextlib.contextmanager
def open_house() -> Iterator[House]:
    """Start the servers, prepare the portal, and stop and remove everything in the end."""
    servers = start_throwaway(DURABLE)
    try:
        house = House(servers)
        house.prepare()
        yield house
    finally:
        servers.stop()


@contextlib.contextmanager
def _running(child: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        ask(child, SIGTERM)
        await_end(child, 20)


def _await(condition: Callable[[], bool], name: str, log: Path) -> None:
    if not wait_for(condition, START_SECONDS):
        raise RuntimeError(f"{name} does not start: {tail(log)}")


def _text(log: Path) -> str:
    return log.read_text(errors="replace") if log.exists() else ""


def answers(port: int) -> bool:
    """Tell whether a portal answers on this port of 127.0.0.1."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/health/")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()
