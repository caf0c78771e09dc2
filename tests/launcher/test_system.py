"""What is missing on the machine is installed, or named with the command to type."""

import pytest

from launcher import system
from launcher.console import Console
from launcher.processes import LauncherError


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that were asked of apt-get; none is really installed."""
    asked: list[str] = []
    monkeypatch.setattr(system, "apt_install", asked.extend)
    return asked


def test_missing_pango_is_named_in_one_line_without_root(
    monkeypatch: pytest.MonkeyPatch, installed: list[str]
) -> None:
    monkeypatch.setattr(system, "has_pango", lambda: False)
    monkeypatch.setattr(system, "can_apt", lambda: False)
    with pytest.raises(LauncherError, match=r"Pango.*(apt-get|brew) install .*pango") as reason:
        system.need_pango(Console())
    assert "\n" not in str(reason.value)
    assert installed == []


def test_missing_pango_is_installed_as_root(
    monkeypatch: pytest.MonkeyPatch, installed: list[str]
) -> None:
    monkeypatch.setattr(system, "has_pango", lambda: bool(installed))
    monkeypatch.setattr(system, "can_apt", lambda: True)
    system.need_pango(Console())
    assert installed == list(system.PANGO_PACKAGES)


def test_present_pango_costs_nothing(monkeypatch: pytest.MonkeyPatch, installed: list[str]) -> None:
    monkeypatch.setattr(system, "loads", lambda library: True)
    monkeypatch.setattr(system, "can_apt", lambda: True)
    system.need_pango(Console())
    assert installed == []


def test_missing_browser_is_said_with_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, installed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "is_there", lambda mark: mark != "chromium")
    monkeypatch.setattr(system, "can_apt", lambda: False)
    system.need_test_programs(Console())
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1
    assert "chromium: the journeys in a browser" in said[0]
    assert "apt-get install chromium" in said[0]


def test_missing_browser_is_installed_as_root(
    monkeypatch: pytest.MonkeyPatch, installed: list[str]
) -> None:
    monkeypatch.setattr(system, "is_there", lambda mark: mark != "chromium" or bool(installed))
    monkeypatch.setattr(system, "can_apt", lambda: True)
    system.need_test_programs(Console())
    assert installed == ["chromium"]
