"""What a killed launcher left behind is ended; what only looks like it is not touched."""

import os
import sys
from pathlib import Path

import pytest

from launcher.folders import Var
from launcher.leftovers import end_leftovers, note
from launcher.processes import is_alive, spawn


@pytest.fixture
def var(tmp_path: Path) -> Var:
    made = Var(tmp_path / "var")
    made.make()
    return made


def test_living_leftover_is_ended(var: Var) -> None:
    child = spawn([sys.executable, "-c", "import time; time.sleep(600)"], log=var.log("web"))
    note(var, "web", child.pid)
    assert end_leftovers(var) == ["web"]
    assert not is_alive(child.pid)
    child.wait()
    assert not list(var.run.glob("*.pid"))


def test_file_of_a_dead_process_is_removed(var: Var) -> None:
    child = spawn(["true"], log=var.log("web"))
    note(var, "web", child.pid)
    child.wait()
    assert end_leftovers(var) == []
    assert not list(var.run.glob("*.pid"))


def test_process_that_has_the_same_id_by_chance_lives_on(var: Var) -> None:
    (var.run / "web.pid").write_text(f"{os.getpid()} 12345\n")
    assert end_leftovers(var) == []
    assert not list(var.run.glob("*.pid"))


@pytest.mark.parametrize("text", ["", "no number", "99999999"])
def test_damaged_file_is_removed(var: Var, text: str) -> None:
    (var.run / "relay.pid").write_text(text)
    assert end_leftovers(var) == []
    assert not list(var.run.glob("*.pid"))
