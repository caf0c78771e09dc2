"""State machines as tables: buttons, checks, tests and docs/states.md read the same rows."""

from foundation.workflow.machine import Machine, NotYours, Refused, State, Transition, WrongState

__all__ = ["Machine", "NotYours", "Refused", "State", "Transition", "WrongState"]
