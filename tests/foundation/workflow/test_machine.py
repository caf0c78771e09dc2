"""A machine is data: it refuses what is not in the table, and describes itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foundation.workflow import Machine, NotYours, Refused, State, Transition, WrongState
from foundation.workflow.describing import describe, describe_all
from foundation.workflow.machine import MACHINES

STATES = {
    "draft": State("Draft", "Being written", "wait"),
    "open": State("Open", "Open for sign-on", "work"),
    "closed": State("Closed", "Closed", "yes"),
}
STEPS = (
    Transition("open", "Open for sign-on", ("draft",), "open", frozenset({"coordinator"})),
    Transition(
        "close",
        "Close",
        ("draft", "open"),
        "closed",
        frozenset({"coordinator", "system"}),
        confirm="Nobody can sign afterwards.",
        danger=True,
    ),
)


@dataclass
class Thing:
    state: str = "draft"


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Return a machine whose users are the set of their own role words."""
    machine = Machine("thing of a test", STATES, STEPS)
    machine.roles(lambda user, thing: set(user))
    yield machine
    del MACHINES["thing of a test"]


def test_a_step_in_the_table_is_taken_by_who_may(machine: Machine) -> None:
    thing = Thing()
    assert machine.move(thing, "open", by={"coordinator"}).target == "open"
    assert thing.state == "open"


# who, state, step → what is raised (None: nothing)
TABLE = [
    ({"coordinator"}, "draft", "open", None),
    ({"coordinator"}, "open", "open", WrongState),
    ({"coordinator"}, "closed", "close", WrongState),
    ({"system"}, "open", "close", None),
    ({"system"}, "draft", "open", NotYours),
    ({"member"}, "draft", "open", NotYours),
    (set(), "draft", "open", NotYours),
    (set(), "closed", "close", NotYours),  # who may not act learns nothing of the state
]


@pytest.mark.parametrize(("who", "state", "step", "refusal"), TABLE)
def test_check_and_available_agree_with_the_table(
    machine: Machine, who: set[str], state: str, step: str, refusal: type[Refused] | None
) -> None:
    thing = Thing(state)
    offered = [one.name for one in machine.available(thing, who)]
    assert (step in offered) is (refusal is None)
    if refusal is None:
        assert machine.check(thing, step, by=who).name == step
    else:
        with pytest.raises(refusal) as refused:
            machine.check(thing, step, by=who)
        assert str(refused.value)
    assert thing.state == state


def test_available_keeps_the_order_of_the_table(machine: Machine) -> None:
    assert [step.name for step in machine.available(Thing(), {"coordinator"})] == ["open", "close"]


def test_a_refused_move_leaves_the_state(machine: Machine) -> None:
    thing = Thing("closed")
    with pytest.raises(WrongState):
        machine.move(thing, "open", by={"coordinator"})
    assert thing.state == "closed"


def test_an_unknown_step_is_an_error_of_the_program(machine: Machine) -> None:
    with pytest.raises(KeyError):
        machine.check(Thing(), "fly", by={"coordinator"})


def test_a_machine_without_rules_refuses_to_work() -> None:
    machine = Machine("ruleless thing of a test", STATES, STEPS)
    del MACHINES["ruleless thing of a test"]
    with pytest.raises(RuntimeError, match="no rules"):
        machine.check(Thing(), "open", by={"coordinator"})


def test_a_step_to_an_unknown_state_is_refused_when_it_is_written() -> None:
    lost = Transition("lose", "Lose", ("draft",), "nowhere", frozenset({"coordinator"}))
    with pytest.raises(ValueError, match="nowhere"):
        Machine("lost thing of a test", STATES, (lost,))
    assert "lost thing of a test" not in MACHINES


def test_a_tone_is_one_of_four() -> None:
    with pytest.raises(ValueError, match="pink"):
        State("x", "x", "pink")


def test_describing_names_every_state_and_step(machine: Machine) -> None:
    text = describe(machine)
    assert "| `draft` | Draft | Being written | wait |" in text
    assert "| `close`: Close | `draft`, `open` | `closed` | coordinator, system | yes |" in text
    assert machine.describe() == text
    assert text in describe_all()


def test_write_states_writes_and_then_finds_itself_fresh(
    machine: Machine, tmp_path: Path, settings: object
) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="stale"):
        call_command("write_states", "--check")
    call_command("write_states")
    call_command("write_states", "--check")
    file = tmp_path / "docs" / "states.md"
    file.write_text(file.read_text() + "x")
    with pytest.raises(CommandError, match="stale"):
        call_command("write_states", "--check")


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_machine_of_the_house_can_be_left_and_reached(name: str) -> None:
    """No state is an island: each but the first is the target of a step."""
    machine = MACHINES[name]
    targets = {step.target for step in machine.transitions}
    first = next(iter(machine.states))
    assert set(machine.states) - {first} <= targets
    assert all(step.who and step.sources for step in machine.transitions)
    assert machine._roles_of is not None
