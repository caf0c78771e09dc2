"""The way of a document as a table. Only `retry` is taken by people; a worker does the rest."""

from django.utils.translation import gettext_lazy as _

from foundation.documents.enums import State
from foundation.workflow.machine import Machine, Transition
from foundation.workflow.machine import State as Label

WORKER = frozenset({"system"})
READER = frozenset({"reader"})

MACHINE = Machine(
    name="document",
    states={
        State.REQUESTED: Label(State.REQUESTED.label, State.REQUESTED.label, "wait"),
        State.RENDERING: Label(State.RENDERING.label, State.RENDERING.label, "work"),
        State.READY: Label(State.READY.label, State.READY.label, "yes"),
        State.FAILED: Label(State.FAILED.label, State.FAILED.label, "no"),
    },
    transitions=(
        Transition("begin", _("Begin"), (State.REQUESTED,), State.RENDERING, WORKER),
        Transition("take_over", _("Take over"), (State.RENDERING,), State.RENDERING, WORKER),
        Transition("finish", _("Finish"), (State.RENDERING,), State.READY, WORKER),
        Transition("put_off", _("Put off"), (State.RENDERING,), State.REQUESTED, WORKER),
        Transition("give_up", _("Give up"), (State.RENDERING,), State.FAILED, WORKER),
        Transition("retry", _("Try again"), (State.FAILED,), State.REQUESTED, READER),
    ),
)
