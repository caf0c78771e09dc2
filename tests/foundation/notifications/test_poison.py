"""A mail that kills its worker is parked; those that were in the same batch are not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from foundation.leases import lanes, relay, work
from foundation.leases.lanes import Lane
from foundation.leases.models import MAX_CRASHES
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails, notify
from tests.foundation.notifications.conftest import Mailbox, Told

Person = Callable[..., Any]
INNOCENTS = 10


class Death(BaseException):
    """Stands for kill -9: nothing catches it, nothing is tidied up in the database."""


@pytest.fixture
def poisoned(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], int]:
    """Ten innocent mails and one that kills; a function that lets workers die until it is over."""
    poison = person("poison@mail.example")
    for reader in [poison, *(person() for _ in range(INNOCENTS))]:
        notify(Told.kind, to=reader)

    def body(self: Told, user: Any, about_id: str) -> str:
        if user.pk == poison.pk:
            raise Death
        return "fine"

    monkeypatch.setattr(Told, "body", body)
    monkeypatch.setattr(lanes, "_lanes", {"mail": Lane("mail", Outbox, deliver_mails, direct=True)})

    def run() -> int:
        deaths = 0
        for _ in range(4 * MAX_CRASHES):
            try:
                relay.run_once()
            except Death:
                deaths += 1
            past = timezone.now() - timezone.timedelta(seconds=1)
            Outbox.objects.filter(run_until__isnull=False).update(run_until=past, lease_until=past)
            Outbox.objects.filter(lease_until__isnull=False).update(lease_until=past)
        return deaths

    return run


def test_poison_is_parked_after_five_deaths_and_no_innocent_mail(
    poisoned: Callable[[], int], mailbox: Mailbox
) -> None:
    assert poisoned() == MAX_CRASHES
    (parked,) = work.parked(Outbox)
    assert parked.last_error == "its worker died each time"
    assert len(set(mailbox.recipients)) == len(mailbox.recipients) == INNOCENTS


def test_innocent_mails_are_parked_when_suspects_are_not_kept_apart(
    poisoned: Callable[[], int], mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: handed over together again, all of the batch take the blame."""
    monkeypatch.setattr(relay, "_batches", lambda rows: [[pk for pk, _ in rows]])
    poisoned()
    assert work.parked(Outbox).count() == INNOCENTS + 1
