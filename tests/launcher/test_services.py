"""A child that ends is started again, a few times; then it stays stopped, or the portal stops."""

import subprocess
import sys
from pathlib import Path

import pytest

from launcher import services as module
from launcher.console import Console
from launcher.folders import Var
from launcher.processes import LauncherError, spawn, wait_for
from launcher.services import Service, Services

FALLS = "pass"
STAYS = "import time; time.sleep(600)"


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0)
    var = Var(tmp_path)
    var.make()
    return Services(var, Console())


def make(services: Services, name: str, program: str, vital: bool = False) -> Service:
    def launch() -> subprocess.Popen[bytes]:
        return spawn([sys.executable, "-c", program], log=services.var.log(name))

    return Service(name, f"The {name}", launch, vital=vital)


def watch(services: Services, service: Service) -> bool:
    def given_up() -> bool:
        services.look()
        return service.given_up

    return wait_for(given_up, 60)


def test_child_that_falls_again_and_again_stays_stopped(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    service = make(services, "clock", FALLS)
    services.start(service)
    assert watch(services, service)
    said = capsys.readouterr().out
    assert said.count("starting it again") == module.RESTARTS
    assert "stays stopped" in said


def test_vital_child_that_falls_again_and_again_stops_the_portal(services: Services) -> None:
    service = make(services, "web", FALLS, vital=True)
    services.start(service)
    with pytest.raises(LauncherError, match="The web ends again and again"):
        watch(services, service)


def test_killed_child_is_replaced_by_a_new_one(services: Services) -> None:
    service = make(services, "relay", STAYS)
    services.start(service)
    first = service.child
    assert first is not None
    first.kill()

    def replaced() -> bool:
        services.look()
        return service.child is not first

    assert wait_for(replaced, 20)
    assert service.child is not None and service.child.poll() is None
    assert (services.var.run / "relay.pid").read_text().startswith(f"{service.child.pid} ")
    services.stop(["relay"])
    assert service.child.returncode == -15
    assert not (services.var.run / "relay.pid").exists()


def test_stop_leaves_the_others_running(services: Services) -> None:
    web, relay = make(services, "web", STAYS), make(services, "relay", STAYS)
    services.start(web)
    services.start(relay)
    services.stop(["web"])
    assert web.child is not None and web.child.returncode is not None
    assert relay.child is not None and relay.child.poll() is None
    services.stop(["relay"])
