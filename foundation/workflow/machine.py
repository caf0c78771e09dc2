"""A machine: states, transitions, and who may take them.

A transition names roles by words ("coordinator", "officer"); the room's rules.py says with
`@machine.roles` which of these words hold for a user and an object. So the table stays data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

TONES = ("wait", "work", "yes", "no")


class Refused(Exception):
    """A transition was refused; the text says why, for the person who asked."""


class WrongState(Refused):
    """The object is not in a state from which this may happen."""


class NotYours(Refused):
    """This person may not do this to this object."""


@dataclass(frozen=True)
class State:
    """A state: a label for staff, one for the public, and a tone (wait, work, yes, no)."""

    staff: Any
    public: Any
    tone: str

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"{self.tone} is none of {TONES}")


@dataclass(frozen=True)
class Transition:
    """A step: name (a verb), label of its button, sources, target, the roles that may take it."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    who: frozenset[str]
    confirm: Any = ""
    danger: bool = False


RoleFinder = Callable[[Any, Any], set[str]]


@dataclass
class Machine:
    """The states and steps of one kind of object, kept in its field `field_name`."""

    name: str
    states: dict[str, State]
    transitions: tuple[Transition, ...]
    field_name: str = "state"
    _roles_of: RoleFinder | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for step in self.transitions:
            unknown = {*step.sources, step.target} - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}.{step.name}: unknown states {sorted(unknown)}")
        MACHINES[self.name] = self

    def roles(self, finder: RoleFinder) -> RoleFinder:
        """Register `finder(user, obj) -> set of role words` (decorator, in the room's rules.py)."""
        self._roles_of = finder
        return finder

    def roles_of(self, user: Any, obj: Any) -> set[str]:
        """Return the role words that hold for `user` towards `obj`; a system actor is "system"."""
        if self._roles_of is None:
            raise RuntimeError(f"{self.name}: no rules registered")
        return self._roles_of(user, obj)

    def transition(self, name: str) -> Transition:
        """Return the transition called `name`; KeyError when there is none."""
        for step in self.transitions:
            if step.name == name:
                return step
        raise KeyError(name)

    def state_of(self, obj: Any) -> State:
        """Return the labels and tone of the object's present state."""
        return self.states[getattr(obj, self.field_name)]

    def check(self, obj: Any, name: str, *, by: Any) -> Transition:
        """Return the transition if `by` may take it now.

        Raises NotYours when the person may not, WrongState when the object is elsewhere. The
        person is checked first: who may not act learns nothing of the state.
        """
        step = self.transition(name)
        if not step.who & self.roles_of(by, obj):
            raise NotYours(_("You may not do this."))
        if getattr(obj, self.field_name) not in step.sources:
            raise WrongState(
                _("“%(step)s” is not possible now: %(state)s.")
                % {"step": step.label, "state": self.state_of(obj).staff}
            )
        return step

    def available(self, obj: Any, user: Any) -> list[Transition]:
        """Return the steps that `user` may take with `obj` now, in the order of the table."""
        roles = self.roles_of(user, obj)
        state = getattr(obj, self.field_name)
        return [step for step in self.transitions if state in step.sources and step.who & roles]

    def describe(self) -> str:
        """Return the machine as Markdown, for docs/states.md."""
        from foundation.workflow.describing import describe

        return describe(self)

    def move(self, obj: Any, name: str, *, by: Any) -> Transition:
        """Check the step and set the new state on `obj`; saving is the action's own matter."""
        step = self.check(obj, name, by=by)
        setattr(obj, self.field_name, step.target)
        return step


MACHINES: dict[str, Machine] = {}
