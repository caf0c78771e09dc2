"""Mails with files: the MIME tree, the encodings, and that nothing is sent that is overtaken."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import DatabaseError

from foundation.notifications import batch, delivery, registry
from foundation.notifications.answers import Outcome
from foundation.notifications.delivery import Courier, Envelope
from foundation.notifications.files import MailFile
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails, notify
from foundation.notifications.registry import Notification
from tests.foundation.notifications.conftest import Mailbox, PipeliningMailbox, Told

Person = Callable[..., Any]
CALENDAR = (
    "BEGIN:VCALENDAR\r\nSUMMARY:Встреча – 会议 – اجتماع\r\n.dot\r\nEND:VCALENDAR\r\n".encode()
)
FILES = (
    MailFile("invitation.ics", "text/calendar; method=REQUEST", CALENDAR, alternative=True),
    MailFile("invitation.ics", "application/ics", CALENDAR),
)


class Invited(Notification):
    """A message with files; what it says can be changed until it leaves."""

    kind = "tests.invited"
    true = True
    asked = 0

    def still_true(self, user: Any, about_id: str) -> bool:
        return self.true

    def files(self, user: Any, about_id: str) -> tuple[MailFile, ...]:
        Invited.asked += 1
        return FILES


@pytest.fixture(autouse=True)
def invited(told: Told, monkeypatch: pytest.MonkeyPatch) -> Invited:
    message = Invited()
    monkeypatch.setattr(registry, "_kinds", {**registry._kinds, Invited.kind: message})
    monkeypatch.setattr(Invited, "asked", 0)
    return message


def rows(*kinds_and_readers: tuple[str, Any]) -> list[Any]:
    """Tell each reader that kind; return the ids of the rows in that order."""
    for kind, reader in kinds_and_readers:
        notify(kind, to=reader)
    by_reader = dict(Outbox.objects.values_list("recipient_id", "pk"))
    return [by_reader[reader.pk] for _, reader in kinds_and_readers]


def tree(message: EmailMessage) -> list[str]:
    """The types of all parts, in order."""
    return [part.get_content_type() for part in message.walk()]


both = pytest.mark.parametrize("mailbox_class", [Mailbox, PipeliningMailbox])


@both
def test_mail_with_files_has_the_text_first_then_its_other_form_then_the_attachment(
    person: Person, mailbox: Mailbox
) -> None:
    deliver_mails(rows((Invited.kind, person("ada@mail.example"))))
    ((addresses, message),) = mailbox.taken
    assert addresses == ["ada@mail.example"]
    assert tree(message) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    _, _, text, form, attachment = message.walk()
    assert text.get_content().startswith("There is something new for you")
    assert (form.get_param("method"), form.get_content_charset()) == ("REQUEST", "utf-8")
    assert form["Content-Disposition"] is None and form.get_filename() is None
    assert attachment.get_content_disposition() == "attachment"
    assert attachment.get_filename() == "invitation.ics"


@both
def test_files_arrive_byte_for_byte_in_base64(person: Person, mailbox: Mailbox) -> None:
    deliver_mails(rows((Invited.kind, person())))
    _, _, _, form, attachment = mailbox.taken[0][1].walk()
    for part in (form, attachment):
        assert part["Content-Transfer-Encoding"] == "base64"
        assert part.get_payload(decode=True) == CALENDAR
    assert len(form.get_all("Content-Type")) == 1 and form["Content-Type"].count("charset") == 1


def test_headers_name_nobody_but_the_address_they_go_to(person: Person, mailbox: Mailbox) -> None:
    reader = person("ada@mail.example", name="Canary Name")
    deliver_mails(rows((Invited.kind, reader)))
    message = mailbox.taken[0][1]
    headers = [(name, value) for part in message.walk() for name, value in part.items()]
    assert {name for name, value in headers if "ada@mail.example" in value} == {"To"}
    assert "canary" not in str(headers).lower() and str(reader.pk) not in str(headers)
    assert message["To"] == "ada@mail.example"
    assert not message["Cc"] and not message["Bcc"] and not message["Reply-To"]
    assert message["Auto-Submitted"] == "auto-generated"


def test_second_copy_has_the_same_message_id_and_the_same_files(
    person: Person, mailbox: Mailbox
) -> None:
    ids = rows((Invited.kind, person()))
    deliver_mails(ids)
    Outbox.objects.update(done_at=None)  # as if the mark had been lost with its process
    deliver_mails(ids)
    first, second = (message for _, message in mailbox.taken)
    assert first["Message-ID"] == second["Message-ID"]
    assert tree(first) == tree(second)


def test_mails_with_and_without_files_share_a_connection(person: Person, mailbox: Mailbox) -> None:
    people = [person(f"reader{number}@mail.example") for number in range(4)]
    kinds = [Told.kind, Invited.kind, Told.kind, Invited.kind]
    deliver_mails(rows(*zip(kinds, people, strict=True)))
    assert mailbox.connections == 1
    assert mailbox.recipients == [reader.email for reader in people]
    assert [len(tree(message)) for _, message in mailbox.taken] == [1, 5, 1, 5]


def test_words_of_a_mail_with_files_are_not_kept(person: Person, mailbox: Mailbox) -> None:
    delivery._kept_bytes.cache_clear()
    deliver_mails(rows((Invited.kind, person())))
    assert delivery._kept_bytes.cache_info().currsize == 0
    deliver_mails(rows((Told.kind, person())))  # positive control: others are
    assert delivery._kept_bytes.cache_info().currsize == 1


def test_mail_without_files_keeps_its_quick_way(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise AssertionError("the quick way makes no message of Django")

    monkeypatch.setattr(delivery, "compose", never)
    ids = rows((Told.kind, person()), (Told.kind, person()))
    deliver_mails(ids)
    assert len(mailbox.taken) == 2


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


def test_mail_in_memory_has_the_same_tree(person: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with Courier() as courier:
        courier.send(Envelope("key", "ada@mail.example", "x", "Hello", files=FILES))
    (message,) = django_mail.outbox  # type: ignore[attr-defined]
    assert tree(message.message()) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]


@pytest.mark.parametrize(
    "name", ["", "a b.ics", "a.ics\r\nBcc: x@y.example", 'a".ics', "../a.ics", "встреча.ics", ".a"]
)
def test_name_that_would_need_quoting_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        MailFile(name, "application/ics", b"")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "calendar",
        "text/calendar; charset=utf-8",
        "text/calendar; method=REQUEST\r\nBcc: x@y.example",
        "text/calendar; method=REQUEST\n",
        "text/calendar; method",
        'text/calendar; method="x y"',
        "text/календарь",
    ],
)
def test_type_that_is_none_is_refused(content_type: str) -> None:
    with pytest.raises(ValueError, match="type"):
        MailFile("a.ics", content_type, b"")


@both
def test_address_that_is_none_never_reaches_the_server_with_a_file_either(
    mailbox: Mailbox,
) -> None:
    bad = "a@b.example\nRCPT TO:<x@y.example>"
    with Courier() as courier:
        answer = courier.send(Envelope("1", bad, "x", "x", files=FILES))
    assert answer.outcome is Outcome.NEVER and not mailbox.taken


def test_no_registered_message_has_files_for_everybody(person: Person) -> None:
    """Files are for those who asked for them: for an object that is not there, there are none."""
    about = "00000000-0000-4000-8000-00000000c0de"
    for message in registry.registered():
        if message.kind != Invited.kind:
            assert message.files(person(), about) == (), message.kind
