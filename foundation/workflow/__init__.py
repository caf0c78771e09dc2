"""State machines as tables: buttons, checks, tests and docs/states.md read the same rows."""

from foundation.workflow.machine import Machine, Refused, State, Transition, WrongState, NotYours

__all__ = ["Machine", "NotYours", "Refused", "State", "Transition", "WrongState"]
