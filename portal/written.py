"""Documents that are made from the code, so that they cannot disagree with it.

`docs/permissions.md` (roles, levels, guarded tables, pages, steps) and `docs/retention.md`. Each has
a command that writes it and, with `--check`, fails when the file is stale; `make check` does that.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.urls import get_resolver
from django.utils import translation

from accounts.roles import ROLES
from foundation.confidentiality import Level
from foundation.confidentiality.forgetting import jobs
from foundation.confidentiality.guard import GuardedQuerySet
from foundation.confidentiality.models import GuardedModel
from foundation.confidentiality.retention import table
from foundation.documents.kinds import kinds
from foundation.web.checks import all_patterns
from foundation.workflow.machine import MACHINES

WORDS = {
    ("document", "reader"): "whoever may see the document",
    ("document", "system"): "a worker",
    ("letter", "coordinator"): "a present coordinator of the letter's network",
    ("meeting", "officer"): "an engagement officer or approver without a stake, within reach of the"
    " meeting's level, once it was sent",
    ("meeting", "requester"): "a present representative of the organization, the expert, or a"
    " coordinator of the network in whose name it was asked for",
    ("letter", "officer"): "an engagement officer or approver who neither signed the letter nor"
    " coordinates its network",
    ("letter", "approver"): "an approver who neither signed the letter nor coordinates its network",
    ("letter", "system"): "the operator's command that reads a list of asks; the letter itself when"
    " its last ask is answered",
    ("reply", "clearer"): "an approver who may work on the letter and wrote no word of the reply",
    ("reply", "officer"): "an engagement officer or approver who neither signed the letter nor"
    " coordinates its network",
    ("recommendation", "clearer"): "an approver within reach who wrote no word of the answer",
    ("recommendation", "officer"): "an engagement officer or approver without a stake, within reach"
    " of the item's level",
    ("recommendation", "system"): "what happens to the ask that it is answered together with",
    ("recommendation", "submitter"): "a present representative of the organization, or the expert;"
    " an officer for what came by mail or on paper",
    ("sender link", "approver"): "an approver without a stake in who is named",
    (
        "sender link",
        "checker",
    ): "an officer within reach of the item, without a stake in who is named,"
    " who did not propose it",
    (
        "sender link",
        "officer",
    ): "an engagement officer or approver within reach of the item, without"
    " a stake in who is named",
    ("sender link", "sender"): "a present representative of the organization named, or the expert",
    ("registration", "appellant"): "an owner whose refusal was not yet decided on appeal",
    ("registration", "approver"): "an approver without a stake in the entry",
    ("registration", "judge"): "an approver without a stake who took no earlier decision on it",
    ("registration", "officer"): "an engagement officer or approver without a stake, within reach"
    " of the entry's level",
    ("registration", "owner"): "a present representative of the organization, or the expert",
    ("registration", "returning"): "the expert: a person has one entry for good",
    ("registration", "system"): "the clock (beat wakes it every hour)",
}
"""What the words of the transition tables mean. A step with a word that is missing here fails."""

PERMISSIONS_HEAD = """# Who may see and do what

Made by `manage.py write_permissions` from the code; `make check` fails when it is stale. Here are the rules
in words; [who-sees-what.md](who-sees-what.md) has the answers that the database gives, for each state, level
and person of a fixed cast.

Three questions are asked of every request, in this order:

1. *May this person open this page at all?* The policy of the view (below: Pages). A stranger is sent
   to the sign-in page; anybody else for whom the answer is no gets 404.
2. *Which rows does the person see?* `visible_to(viewer)` of the table (below: What is seen). Invisible
   is 404, and lists, counts, documents and mails ask the same query.
3. *May the person take this step now?* The transition table (below: Steps, and
   [states.md](states.md)).
"""
RETENTION_HEAD = """# What is kept of people, how long and why

Made by `manage.py write_retention` from the tables in each room's `retention.py`; `make check` fails
when it is stale, and a system check fails when a field that may be personal stands in no row.

The column *then* is the rule. The software carries this much of it out by itself today; the rest has
no job yet and is work for an operator on its day:

"""
CARRIED_OUT = {
    "": "A security mail is emptied in the statement that marks it as done.",
    "notifications.clear_old": "Old notices and mails are deleted (`notifications.clear_old`).",
    "accounts.tasks.clear_sessions": "Sessions that ran out are deleted.",
    "foundation.web.tasks.forget_old_receipts": "Old receipts of posted forms are deleted.",
    "portal.tasks.forget_what_is_due": "Each night the jobs below run; `manage.py forget` shows what they"
    " would do, and a legal hold (`manage.py hold_letter`) keeps a letter from them.",
    "foundation.web.tasks.forget_old_tries": "Tries that limits count, keyed hashes of network"
    " addresses, are deleted within a day.",
    "foundation.documents.tasks.sweep": "Files that killed workers left behind are deleted.",
}
"""What is done by itself, by the name of the task of beat that does it ("": without a task)."""


def rows(heads: Iterable[str], lines: Iterable[Iterable[Any]]) -> str:
    """Return a Markdown table; bars inside cells are escaped."""
    names = list(heads)
    cells = [[str(cell).replace("|", "\\|") for cell in line] for line in lines]
    all_lines = [names, ["---"] * len(names), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in all_lines) + "\n"


def permissions() -> str:
    """Return docs/permissions.md, in English. CommandError for a step's word that WORDS lacks."""
    with translation.override("en"):
        parts = [
            PERMISSIONS_HEAD,
            "## Roles\n\n" + rows(("role", "may", "is given"), _roles()),
            "## Levels\n\nOrdered: the higher, the fewer readers. Chosen before text is typed.\n\n"
            + rows(("level", "word", "who reads"), _levels()),
            "## What is seen\n\nThe sentences stand beside the query, in each `restrict`.\n\n"
            + rows(("table", "who sees a row"), _seen()),
            "A document's readers are decided by its kind:\n\n"
            + rows(("kind of document", "who sees it"), _documents()),
            "## Steps\n\n" + rows(("what", "step", "who"), _steps()),
            "## Pages\n\n`admin/` and the sign-in pages are one line each.\n\n"
            + rows(("page", "policy"), _pages()),
        ]
    return "\n".join(parts)


def retention() -> str:
    """Return docs/retention.md, in English."""
    with translation.override("en"):
        lines = [
            (
                f"`{row.model._meta.label}`",
                ", ".join(f"`{name}`" for name in row.fields),
                row.kept,
                row.then,
                row.why,
            )
            for row in sorted(table(), key=lambda row: row.model._meta.label_lower)
            if row.model._meta.app_label != "demo"
        ]
        return (
            RETENTION_HEAD
            + _carried_out()
            + "".join(f"- `{job.name}`: {job.says}\n" for job in jobs())
            + "\n"
            + rows(("table", "fields", "kept", "then", "why"), lines)
        )


def _carried_out() -> str:
    """Return a line for each thing that happens by itself with the settings as they are."""
    tasks = {"", *(entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values())}
    return "".join(f"- {said}\n" for task, said in CARRIED_OUT.items() if task in tasks)


def _roles() -> Iterator[tuple[Any, ...]]:
    for role in ROLES:
        yield f"{role.label}", role.sentence, role.given


def _levels() -> Iterator[tuple[Any, ...]]:
    for level in Level:
        yield f"{level.label} ({level.value})", f"`{level.name}`", level.explanation


def _seen() -> Iterator[tuple[str, str]]:
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if issubclass(model, GuardedModel) and model._meta.app_label != "demo":
            yield f"`{model._meta.label}`", _sentence_of(type(model._default_manager.all()))


def _sentence_of(queryset: type) -> str:
    """Return what the docstrings of `restrict` say, the class's own first, then what it builds on."""
    said = []
    for one in queryset.__mro__:
        if one is GuardedQuerySet:
            break
        for name in ("restrict", "inside"):
            method = vars(one).get(name)
            if method is not None:
                label = "*Inside:* " if name == "inside" else ""
                said.append(label + " ".join((inspect.getdoc(method) or "").split()))
    return " ".join(said)


def _documents() -> Iterator[tuple[str, str]]:
    for kind in sorted(kinds(), key=lambda kind: kind.name):
        yield f"`{kind.name}`", " ".join((inspect.getdoc(type(kind).restrict) or "").split())


def _steps() -> Iterator[tuple[str, str, str]]:
    for name in sorted(MACHINES):
        for step in MACHINES[name].transitions:
            yield name, f"{step.label}", "; ".join(_who(name, word) for word in sorted(step.who))


def _who(machine: str, word: str) -> str:
    if (machine, word) not in WORDS:
        raise CommandError(
            f"WORDS in portal/written.py lacks “{word}” of “{machine}”: say who it is"
        )
    return WORDS[machine, word]


def _pages() -> Iterator[tuple[str, str]]:
    told = set()
    for route, pattern in all_patterns(get_resolver("portal.urls")):
        place = next((top for top in ("/admin/", "/accounts/") if route.startswith(top)), route)
        line = (f"`{_plain(place)}`", str(getattr(pattern.callback, "policy", "none")))
        if line not in told:
            told.add(line)
            yield line


def _plain(route: str) -> str:
    """Return an address written as an expression like the others: its groups by their names."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
