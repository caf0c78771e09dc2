"""Writes docs/states.md from the tables, so that the document cannot disagree with the code."""

from __future__ import annotations

from django.utils import translation

from foundation.workflow.machine import MACHINES, Machine

HEAD = """# States

Made by `manage.py write_states` from the transition tables; `make check` fails when it is stale.
"""


def describe(machine: Machine) -> str:
    """Return one machine as Markdown: its states with both labels, then its steps."""
    lines = [f"## {machine.name.capitalize()}", ""]
    lines += ["| state | for staff | for the public | tone |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | {state.staff} | {state.public} | {state.tone} |"
        for name, state in machine.states.items()
    ]
    lines += ["", "| step | from | to | who | asked again |", "|---|---|---|---|---|"]
    for step in machine.transitions:
        sources = ", ".join(f"`{source}`" for source in step.sources)
        who = ", ".join(sorted(step.who))
        asked = "yes" if step.confirm else ""
        lines.append(
            f"| `{step.name}`: {step.label} | {sources} | `{step.target}` | {who} | {asked} |"
        )
    return "\n".join(lines) + "\n"


def describe_all() -> str:
    """Return docs/states.md, in English."""
    with translation.override("en"):
        parts = [describe(MACHINES[name]) for name in sorted(MACHINES)]
    return HEAD + "\n" + "\n".join(parts)
