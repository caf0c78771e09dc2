"""Mails that are decided when their turn comes: overtaken, for somebody who left, out of turn."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from foundation.notifications import batch, delivery
from foundation.notifications.files import MailFile
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails, notify
from tests.foundation.notifications.conftest import Mailbox, Told
from tests.foundation.notifications.filing import FILES, Invited, Person, invited, rows

__all__ = ["invited"]  # a fixture


def test_overtaken_mail_is_done_without_being_sent(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = rows((Invited.kind, person()))
    monkeypatch.setattr(Invited, "true", False)
    deliver_mails(ids)
    row = Outbox.objects.get()
    assert not mailbox.taken and row.done_at is not None
    assert row.last_error == "overtaken"
    assert Invited.asked == 0


class ChangingMailbox(Mailbox):
    """While it takes the first mail, the next one is overtaken, or its reader leaves."""

    def change(self) -> None:
        raise NotImplementedError

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.taken) == 1:
            self.change()
        return answer


@pytest.mark.parametrize("mailbox_class", [ChangingMailbox])
def test_mail_with_files_is_decided_when_its_turn_comes_not_when_its_batch_began(
    person: Person, mailbox: ChangingMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.change = lambda: monkeypatch.setattr(Invited, "true", False)  # type: ignore[method-assign]
    ids = rows((Told.kind, person()), (Invited.kind, person()))
    deliver_mails(ids)
    assert len(mailbox.taken) == 1
    assert Outbox.objects.get(pk=ids[1]).last_error == "overtaken"


def test_account_that_closes_while_the_batch_runs_gets_nothing(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving = person()
    ids = rows((Invited.kind, person()), (Invited.kind, leaving))

    def close(self: Invited, user: Any, about_id: str) -> tuple[MailFile, ...]:
        type(user).objects.filter(pk=leaving.pk).update(is_active=False)
        return FILES

    monkeypatch.setattr(Invited, "files", close)
    deliver_mails(ids)
    assert len(mailbox.taken) == 1
    assert Outbox.objects.get(pk=ids[1]).last_error == "no such reader"


def being_sent_elsewhere(pk: Any, seconds: int = 30) -> None:
    """As if another worker had begun this row and had so many seconds left."""
    until = timezone.now() + timedelta(seconds=seconds)
    Outbox.objects.filter(pk=pk).update(run_until=until, lease_until=until)


def test_mail_does_not_overtake_an_earlier_one_that_another_worker_is_sending(
    person: Person, mailbox: Mailbox
) -> None:
    reader = person()
    notify(Invited.kind, to=reader)
    first = Outbox.objects.get().pk
    notify(Invited.kind, to=reader)
    second = Outbox.objects.exclude(pk=first).get().pk
    being_sent_elsewhere(first)
    deliver_mails([second])
    row = Outbox.objects.get(pk=second)
    assert not mailbox.taken
    assert (row.last_error, row.done_at, row.crashes) == ("behind another", None, 0)
    Outbox.objects.filter(pk=first).update(done_at=timezone.now(), run_until=None)
    Outbox.objects.filter(pk=second).update(due_at=timezone.now())
    deliver_mails([second])
    assert len(mailbox.taken) == 1


def test_nobody_waits_for_a_worker_that_died_or_for_somebody_elses_mail(
    person: Person, mailbox: Mailbox
) -> None:
    reader, other = person(), person()
    for to, about in ((reader, None), (other, None), (reader, other)):
        notify(Invited.kind, to=to, about=about)
    died, another, of_another_sort = Outbox.objects.order_by("created_at").values_list(
        "pk", flat=True
    )
    notify(Invited.kind, to=reader)
    ours = Outbox.objects.order_by("created_at").last()
    assert ours is not None
    being_sent_elsewhere(died, seconds=-1)
    being_sent_elsewhere(another)
    being_sent_elsewhere(of_another_sort)
    deliver_mails([ours.pk])
    assert mailbox.recipients == [reader.email]


def test_two_mails_of_one_batch_both_leave_in_their_order(person: Person, mailbox: Mailbox) -> None:
    reader = person()
    for _ in range(2):
        notify(Invited.kind, to=reader)
    ids = list(Outbox.objects.order_by("created_at").values_list("pk", flat=True))
    keys = list(Outbox.objects.order_by("created_at").values_list("dedupe_key", flat=True))
    deliver_mails(ids)
    sent = [message["Message-ID"] for _, message in mailbox.taken]
    assert sent == [delivery.message_id(key) for key in keys]


@pytest.mark.parametrize("error", [KeyError("a bug"), ValueError("a bad name")])
def test_file_with_a_bug_waits_and_holds_up_nobody(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(self: Invited, user: Any, about_id: str) -> tuple[MailFile, ...]:
        raise error

    monkeypatch.setattr(Invited, "files", fail)
    ids = rows((Invited.kind, person()), (Told.kind, person()))
    deliver_mails(ids)
    assert len(mailbox.taken) == 1
    row = Outbox.objects.get(pk=ids[0])
    assert (row.last_error, row.done_at, row.attempts) == (type(error).__name__, None, 1)


def test_database_that_fails_at_the_last_moment_leaves_the_mail_before_marked(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foundation.notifications import outbox

    ids = rows((Told.kind, person()), (Invited.kind, person()))
    users = outbox.get_user_model()._base_manager

    def fail(**lookup: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(type(users), "filter", lambda self, **lookup: fail(), raising=False)
    prepared = outbox._prepare(ids)
    monkeypatch.undo()
    late = prepared[ids[1]]
    assert callable(late)
    monkeypatch.setattr(type(users), "filter", lambda self, **lookup: fail(), raising=False)
    assert late() == batch.Postponed("DatabaseError")
