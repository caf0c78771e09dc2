"""Mail to protected names: the row leads to nobody, the address is known while it is sent only."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from foundation.leases import relay, work
from foundation.notifications import batch, outbox, registry, tasks
from foundation.notifications.mailbox import Mailbox as Reader
from foundation.notifications.mailbox import ProtectedNotification
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import deliver_mails, notify, notify_pseudonym
from foundation.notifications.registry import UnknownNotification
from tests.foundation.notifications.conftest import Mailbox, Told

CANARY = "canary.hidden@mail.example"


class Signed(ProtectedNotification):
    """A message for these tests; `reader` may be exchanged until it leaves."""

    kind = "tests.signed"
    reader: Reader | Exception | None = Reader(CANARY, "ru")
    asked: list[str] = []

    def mailbox(self, about_id: str) -> Reader | None:
        self.asked.append(about_id)
        if isinstance(self.reader, Exception):
            raise self.reader
        return self.reader

    def subject(self) -> str:
        return f"In {get_language()}"

    def body(self, user: Any, about_id: str) -> str:
        return f"Read it here: https://portal.example/s/{about_id}/"


@pytest.fixture(autouse=True)
def signed(told: Told, monkeypatch: pytest.MonkeyPatch) -> Signed:
    message = Signed()
    monkeypatch.setattr(registry, "_kinds", {**registry._kinds, Signed.kind: message})
    monkeypatch.setattr(Signed, "asked", [])
    return message


@pytest.fixture
def thing(person: Callable[..., Any]) -> Any:
    """Something that the mail is about; no account of its reader."""
    return person("somebody.else@mail.example")


def whole_outbox() -> str:
    """Every column of every row, as a dump would have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(o)::text FROM notifications_outbox o")
        return str(cursor.fetchone()[0])


def test_row_holds_a_random_number_for_its_reader_and_no_address(thing: Any) -> None:
    for _ in range(2):
        notify_pseudonym(Signed.kind, about=thing)
    rows = list(Outbox.objects.all())
    assert len({row.recipient_id for row in rows}) == 2
    assert thing.pk not in {row.recipient_id for row in rows}
    assert {(row.about_type, row.about_id) for row in rows} == {("accounts.user", str(thing.pk))}
    assert all(row.protected for row in rows)
    assert "canary" not in whole_outbox()
    assert not Notice.objects.exists()
    assert Signed.asked == []  # nobody asks before the mail leaves


def test_mail_leaves_in_the_language_of_its_mailbox(
    thing: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    notify_pseudonym(Signed.kind, about=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    ((addresses, message),) = mailbox.taken
    assert addresses == [CANARY] == [message["To"]]
    assert message["Subject"] == "In ru"
    assert str(thing.pk) in message.get_content()
    assert not message["Cc"] and not message["Bcc"]
    assert Signed.asked == [str(thing.pk)]
    assert "canary" not in whole_outbox()
    assert Outbox.objects.get().done_at is not None


def test_of_a_mail_that_left_only_the_day_is_kept(thing: Any, mailbox: Mailbox) -> None:
    notify_pseudonym(Signed.kind, about=thing)
    notify(Told.kind, to=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    row, other = Outbox.objects.get(protected=True), Outbox.objects.get(protected=False)
    assert (row.created_at, row.due_at, row.done_at) == (midnight,) * 3
    assert (row.lease_until, row.run_until) == (None, None)
    assert other.done_at != midnight  # the control


@pytest.mark.parametrize("reader", [None, Reader("", "en")])
def test_mail_that_nobody_is_to_get_is_closed(
    thing: Any, mailbox: Mailbox, signed: Signed, reader: Reader | None
) -> None:
    notify_pseudonym(Signed.kind, about=thing)
    signed.reader = reader
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    row = Outbox.objects.get()
    assert not mailbox.taken
    assert row.done_at is not None and row.last_error == ""  # as of one that left


def test_mail_that_was_overtaken_is_closed(
    thing: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Signed, "still_true", lambda self, reader, about_id: False)
    notify_pseudonym(Signed.kind, about=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    row = Outbox.objects.get()
    assert not mailbox.taken and row.done_at is not None and row.last_error == ""


def test_told_twice_under_one_key_is_told_once(thing: Any, person: Callable[..., Any]) -> None:
    for _ in range(3):
        notify_pseudonym(Signed.kind, about=thing, dedupe="receipt")
    notify_pseudonym(Signed.kind, about=person(), dedupe="receipt")
    notify_pseudonym(Signed.kind, about=thing, dedupe="another")
    assert Outbox.objects.count() == 3


def test_mail_is_undone_with_its_transaction(thing: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify_pseudonym(Signed.kind, about=thing)
        raise ZeroDivisionError
    assert not Outbox.objects.exists()


def test_each_sort_of_message_has_one_way_only(thing: Any) -> None:
    with pytest.raises(TypeError, match="notify_pseudonym"):
        notify(Signed.kind, to=thing)
    with pytest.raises(TypeError, match="no ProtectedNotification"):
        notify_pseudonym(Told.kind, about=thing)
    with pytest.raises(UnknownNotification):
        notify_pseudonym("tests.nobody_registered_this", about=thing)
    assert not Outbox.objects.exists()


def test_one_message_after_another_in_one_batch(
    thing: Any, person: Callable[..., Any], mailbox: Mailbox, signed: Signed
) -> None:
    """A mailbox that fails holds up nobody, and a common body never serves a protected one."""
    broken, fine = person(), person()
    notify(Told.kind, to=thing)
    for about in (broken, fine):
        notify_pseudonym(Signed.kind, about=about)

    def mailbox_of(about_id: str) -> Reader:
        if about_id == str(broken.pk):
            raise KeyError(CANARY)
        return Reader(CANARY, "en")

    signed.mailbox = mailbox_of  # type: ignore[method-assign]
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    assert sorted(mailbox.recipients) == sorted([CANARY, thing.email])
    row = Outbox.objects.get(about_id=str(broken.pk))
    assert (row.last_error, row.done_at) == ("KeyError", None)
    assert "canary" not in whole_outbox()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Everything that any logger says, with tracebacks, but for the mail server of the test."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name != "mail.log":
                said.append(logging.Formatter().format(record))

    ear, root = Ear(0), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(0)
    yield said
    root.removeHandler(ear)
    root.setLevel(before)


REFUSALS = {
    "gone": ("at_rcpt", f"550 no such user {CANARY}"),
    "later": ("at_rcpt", f"451 {CANARY} is busy"),
    "text": ("at_data", f"554 not for {CANARY}"),
    "closing": ("at_rcpt", f"421 {CANARY} closing"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal_of_the_server_leaves_no_address_behind(
    thing: Any, mailbox: Mailbox, refusal: str, log: list[str]
) -> None:
    where, words = REFUSALS[refusal]
    getattr(mailbox, where)[CANARY] = words
    notify_pseudonym(Signed.kind, about=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    assert not mailbox.taken
    row = Outbox.objects.get()
    assert re.fullmatch(r"(refused )?[0-9]{3}|[A-Za-z]+", row.last_error)
    assert "canary" not in whole_outbox()
    assert not [line for line in log if "canary" in line]


@pytest.mark.parametrize("error", [ValueError(CANARY), KeyError(CANARY), RuntimeError(CANARY)])
def test_error_in_a_mailbox_leaves_its_class_name_only(
    thing: Any, mailbox: Mailbox, signed: Signed, error: Exception, log: list[str]
) -> None:
    signed.reader = error
    notify_pseudonym(Signed.kind, about=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    assert Outbox.objects.get().last_error == type(error).__name__
    assert not [line for line in log if "canary" in line]
    assert "canary" not in whole_outbox()


def test_address_that_is_none_parks_the_row_without_it(
    thing: Any, mailbox: Mailbox, signed: Signed, log: list[str]
) -> None:
    signed.reader = Reader("canary\r\nBcc: spy@mail.example", "en")
    notify_pseudonym(Signed.kind, about=thing)
    deliver_mails(Outbox.objects.values_list("pk", flat=True))
    (parked,) = work.parked(Outbox)
    assert parked.last_error.startswith("refused ") and "canary" not in whole_outbox()
    assert not [line for line in log if "canary" in line]


def test_relay_and_task_carry_the_id_of_the_row_and_nothing_else(
    thing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notify_pseudonym(Signed.kind, about=thing)
    sent: list[Any] = []
    monkeypatch.setattr(
        tasks.deliver, "apply_async", lambda *args, **options: sent.append((args, options))
    )
    assert relay.run_once() == 1
    assert json.dumps(sent[0][0]) == json.dumps([[[str(Outbox.objects.get().pk)]]])
    assert Signed.asked == []


def test_nothing_that_holds_an_address_shows_it() -> None:
    assert "canary" not in repr(Reader(CANARY, "en"))
    row = Outbox(dedupe_key="k", kind=Signed.kind, about_id=str(uuid.uuid4()), protected=True)
    envelope = outbox._protected_envelope(row)
    assert isinstance(envelope, batch.Envelope) and envelope.to == CANARY
    assert not envelope.common
    assert "canary" not in repr(envelope) and "portal.example/s/" not in repr(envelope)
