"""Mails that sign-in depends on: sent by the relay itself, emptied at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.leases import relay
from foundation.notifications import delivery
from foundation.notifications.models import SecurityMail
from foundation.notifications.security import LIFETIME, queue_security_mail
from foundation.notifications.tasks import deliver
from tests.foundation.notifications.conftest import Mailbox

Person = Callable[..., Any]


def test_security_mail_is_sent_by_the_relay_and_emptied(
    db: None, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_broker(*args: Any, **options: Any) -> None:
        raise AssertionError("the broker was asked")

    monkeypatch.setattr(deliver, "apply_async", no_broker)
    queue_security_mail(to="ada@mail.example", subject="Your code", body="It is 123-456.")
    assert relay.run_once() == 1
    ((addresses, message),) = mailbox.taken
    assert addresses == ["ada@mail.example"]
    assert message.get_content().strip() == "It is 123-456."
    row = SecurityMail.objects.get()
    assert row.done_at is not None
    assert (row.address, row.subject, row.body) == ("", "", "")


def test_security_mail_is_undone_with_its_transaction(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_security_mail(to="ada@mail.example", subject="x", body="x")
        raise ZeroDivisionError
    assert not SecurityMail.objects.exists()


def test_security_mail_that_waits_keeps_its_words(
    db: None, mailbox: Mailbox, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    queue_security_mail(to="ada@mail.example", subject="Your code", body="It is 123-456.")
    relay.run_once()
    row = SecurityMail.objects.get()
    assert (row.body, row.attempts, row.done_at) == ("It is 123-456.", 1, None)


def test_security_mail_refused_for_good_is_closed_and_emptied(db: None, mailbox: Mailbox) -> None:
    mailbox.at_rcpt["gone@mail.example"] = "550 no"
    queue_security_mail(to="gone@mail.example", subject="Your code", body="It is 123-456.")
    relay.run_once()
    row = SecurityMail.objects.get()
    assert (row.address, row.body, row.last_error) == ("", "", "refused 550")
    assert row.done_at is not None


def test_security_mail_that_is_stale_is_emptied_unsent(db: None, mailbox: Mailbox) -> None:
    queue_security_mail(to="ada@mail.example", subject="Your code", body="It is 123-456.")
    SecurityMail.objects.update(created_at=timezone.now() - LIFETIME)
    relay.run_once()
    assert not mailbox.taken
    assert SecurityMail.objects.get().body == ""


def test_done_security_mail_with_words_is_refused_by_the_database(db: None) -> None:
    with pytest.raises(IntegrityError):
        SecurityMail.objects.create(body="still here", done_at=timezone.now())


def test_subject_is_one_line(db: None) -> None:
    queue_security_mail(to="ada@mail.example", subject="Your\ncode ", body="x")
    assert SecurityMail.objects.get().subject == "Your code"


def test_words_of_a_security_mail_are_not_kept_in_memory(db: None, mailbox: Mailbox) -> None:
    kept = delivery._kept_bytes.cache_info().currsize
    queue_security_mail(to="ada@mail.example", subject="Your code", body="It is 987-654.")
    relay.run_once()
    assert len(mailbox.taken) == 1
    assert delivery._kept_bytes.cache_info().currsize == kept
