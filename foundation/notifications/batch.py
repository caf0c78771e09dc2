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
from functools import partial
from typing import Any, TypeAlias

from django.db import InterfaceError, OperationalError, connection

from foundation.leases import work
from foundation.leases.work import Work
from foundation.notifications.answers import Answer, Outcome
from foundation.notifications.delivery import Courier, Envelope

SILENCE = 30.0
"""Seconds after which a batch whose process says nothing counts as dead."""
SHIFT = 15.0
"""Seconds after which a batch gives the rest of its rows back, so that one last mail to a slow
server still fits into SILENCE."""
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
    prepare: Callable[[list[Any]], Mapping[Any, Prepared | Callable[[], Prepared]]],
) -> None:
    """Send the rows `ids` of `model` that are still to be sent.

    `prepare` turns the ids into what is to be sent; a function among them is called when its turn
    comes, for what must be decided at the last moment. A refusal for good parks the row for the staff
    to see, unless its model empties rows when they are done: then there is nothing to try again.
    """
    start = time.monotonic()
    rest = deque(work.begin(model, ids, SILENCE))
    if not rest:
        return
    prepared = prepare(list(rest))
    with Courier() as courier, _quick_commits():
        obstacle = _send(model, rest, prepared, courier, until=start + SHIFT)
    if not rest or time.monotonic() > start + SILENCE:  # they may be somebody else's by now
        return
    if obstacle:
        _patiently(partial(work.fail_all, model, rest, obstacle))
    else:
        _patiently(partial(work.release, model, rest))


def _send(
    model: Work,
    rest: deque[Any],
    prepared: Mapping[Any, Prepared | Callable[[], Prepared]],
    courier: Courier,
    *,
    until: float,
) -> str:
    """Send row by row and take it out of `rest`; return what keeps the others from leaving, if so.

    Each mark is written while the server already thinks about the next message, and before it can
    accept it.
    """
    mark: Callable[[], None] = _nothing
    while rest and time.monotonic() < until:
        pk = rest.popleft()
        item = prepared.get(pk, Closed("gone"))
        if callable(item):
            item = item()
        if isinstance(item, Envelope):
            answer: Answer | Closed = courier.send(item, meanwhile=mark)
        else:
            mark()
            answer = Answer(Outcome.LATER, item.error) if isinstance(item, Postponed) else item
        mark = partial(_patiently, partial(_mark, model, pk, answer))
        if isinstance(answer, Answer) and answer.outcome is Outcome.AWAY:
            mark()
            return answer.code
    mark()
    return ""


def _mark(model: Work, pk: Any, answer: Answer | Closed) -> None:
    """Write down what came of `pk`."""
    if isinstance(answer, Closed):
        work.finish(model, pk, last_error=answer.reason)
    elif answer.outcome is Outcome.SENT:
        work.finish(model, pk)
    elif answer.outcome in (Outcome.LATER, Outcome.AWAY):
        work.fail(model, pk, answer.code)
    elif model.WHEN_DONE:
        work.finish(model, pk, last_error=f"refused {answer.code}")
    else:
        work.park(model, pk, f"refused {answer.code}")


def _nothing() -> None:
    return None


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
