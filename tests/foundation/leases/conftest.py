"""Rows of work for the tests: security mails, the plainest table that is leased."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from foundation.notifications.models import SecurityMail

Make = Callable[..., list[Any]]


@pytest.fixture
def rows(db: None) -> Make:
    """Make `count` due rows, the first one due first; return their ids."""

    def make(count: int = 1, **fields: Any) -> list[Any]:
        start = timezone.now() - timezone.timedelta(minutes=10)
        made = [
            SecurityMail(
                address="ada@mail.example",
                body="x",
                due_at=start + timezone.timedelta(seconds=number),
                **fields,
            )
            for number in range(count)
        ]
        return [row.pk for row in SecurityMail.objects.bulk_create(made)]

    return make


def in_thread(do: Callable[[], Any]) -> Any:
    """Run `do` in a thread, thus on a database connection of its own; return what it returned."""
    results: list[Any] = []

    def target() -> None:
        try:
            results.append(do())
        finally:
            connection.close()

    thread = threading.Thread(target=target)
    thread.start()
    thread.join(20)
    assert results, "the other connection did not end"
    return results[0]
