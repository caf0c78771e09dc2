"""How a batch of rows leaves: begin all, send one by one, finish each before the next.

What is promised: a row is never lost, and the death of a process costs at most one extra copy, of
the mail that the server had accepted while its row was not yet marked. (Marks are committed
without waiting for the disk: the death of the *database server* may repeat the mails of its last
half second. The count of crashes does wait for the disk.)
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import InterfaceError, OperationalError, connection

from foundation.leases import work
from foundation.leases.work import Work
from foundation.notifications.delivery import Answer, Courier, Envelope, Outcome

SILENCE = 90.0
"""Seconds after which a batch whose process says nothing counts as dead."""
SHIFT = 20.0
"""Seconds after which a batch gives the rest of its rows back. One mail to a slow server may take
the rest of SILENCE."""
TRIES = 20
"""How often, a second apart, a mark is tried while the database restarts."""


@dataclass(frozen=True)
class Closed:
    """The row is done without a mail, for `reason`."""

    reason: str


@dataclass(frozen=True)
class Postponed:
    """The row cannot be turned into a mail now, because of `error`."""

    error: str


Prepared: TypeAlias = Envelope | Closed | Postponed


def send(
    model: Work,
    ids: Sequence[Any],
    prepare: Callable[[list[Any]], Mapping[Any, Prepared]],
) -> None:
    """Send the rows `ids` of `model` that are still to be sent.

    `prepare` turns the ids into what is to be sent. A refusal for good parks the row for the staff
    to see, unless its model empties rows when they are done: then there is nothing to try again.
    """
    rest = deque(work.begin(model, ids, SILENCE))
    if not rest:
        return
    prepared = prepare(list(rest))
    end = time.monotonic() + SHIFT
    with Courier() as courier, _quick_commits():
        while rest and time.monotonic() < end:
            pk = rest.popleft()
            answer = _treat(courier, prepared.get(pk, Closed("gone")))
            if not _mark(model, pk, answer, rest):
                return
    if rest:
        _patiently(lambda: work.release(model, rest))


def _treat(courier: Courier, item: Prepared) -> Answer | Closed:
    if isinstance(item, Closed):
        return item
    if isinstance(item, Postponed):
        return Answer(Outcome.LATER, item.error)
    return courier.send(item)


def _mark(model: Work, pk: Any, answer: Answer | Closed, rest: Sequence[Any]) -> bool:
    """Write down what came of `pk`; False if the server is away, and then `rest` waits with it."""
    if isinstance(answer, Closed):
        _patiently(lambda: work.finish(model, pk, last_error=answer.reason))
    elif answer.outcome is Outcome.SENT:
        _patiently(lambda: work.finish(model, pk))
    elif answer.outcome is Outcome.NEVER and model.WHEN_DONE:
        _patiently(lambda: work.finish(model, pk, last_error=f"refused {answer.code}"))
    elif answer.outcome is Outcome.NEVER:
        _patiently(lambda: work.park(model, pk, f"refused {answer.code}"))
    elif answer.outcome is Outcome.LATER:
        _patiently(lambda: work.fail(model, pk, answer.code))
    else:
        _patiently(lambda: work.fail_all(model, [pk, *rest], answer.code))
        return False
    return True


def _patiently(mark: Callable[[], Any]) -> None:
    """Do `mark`, again while the database restarts: what has been sent must not be sent again."""
    for tries in range(1, TRIES + 1):
        try:
            mark()
            return
        except (OperationalError, InterfaceError):
            if tries == TRIES or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(1)


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Let commits of this session return before the disk has them; see the promise above."""
    _set("SET synchronous_commit TO off")
    try:
        yield
    finally:
        _set("RESET synchronous_commit")


def _set(statement: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except (OperationalError, InterfaceError):
        connection.close()
