"""Mails with files: the MIME tree, the encodings, and what stands in no header."""

from typing import Any

import pytest
from django.core import mail as django_mail

from foundation.notifications import delivery, registry
from foundation.notifications.answers import Outcome
from foundation.notifications.delivery import Courier, Envelope
from foundation.notifications.files import MailFile
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails
from tests.foundation.notifications.conftest import Mailbox, PipeliningMailbox, Told
from tests.foundation.notifications.filing import (
    CALENDAR,
    FILES,
    Invited,
    Person,
    invited,
    rows,
    tree,
)

__all__ = ["invited"]  # a fixture


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
