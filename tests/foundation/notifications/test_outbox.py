"""Telling somebody something: rows, words, and what a worker makes of them."""

import json
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation.leases import relay, work
from foundation.notifications import outbox, registry, tasks
from foundation.notifications.actions import clear_old_messages
from foundation.notifications.mailbox import ProtectedNotification
from foundation.notifications.models import Notice, Outbox, SecurityMail
from foundation.notifications.outbox import deliver_mails, notify
from foundation.notifications.registry import Notification, UnknownNotification, register
from foundation.notifications.retention import KEPT, SECURITY_KEPT
from tests.foundation.notifications.conftest import Mailbox, Told

Person = Callable[..., Any]


def rows_for(*people: Any) -> list[Any]:
    """Tell each of these people something; return the ids of the rows in that order."""
    for someone in people:
        notify(Told.kind, to=someone)
    by_reader = dict(Outbox.objects.values_list("recipient_id", "pk"))
    return [by_reader[someone.pk] for someone in people]


def test_notify_writes_a_mail_and_a_notice(person: Person) -> None:
    reader, thing = person(), person()
    notify(Told.kind, to=reader, about=thing)
    mail, notice = Outbox.objects.get(), Notice.objects.get()
    for row in (mail, notice):
        assert (row.recipient_id, row.kind) == (reader.pk, Told.kind)
        assert (row.about_type, row.about_id) == ("accounts.user", str(thing.pk))


def test_notify_is_undone_with_its_transaction(person: Person) -> None:
    reader = person()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(Told.kind, to=reader)
        raise ZeroDivisionError
    assert not Outbox.objects.exists() and not Notice.objects.exists()


def test_notify_twice_under_one_key_tells_once(person: Person) -> None:
    first, second = person(), person()
    for _ in range(3):
        notify(Told.kind, to=first, dedupe="closing:2026-12-01")
    notify(Told.kind, to=second, dedupe="closing:2026-12-01")
    assert Outbox.objects.count() == Notice.objects.count() == 2


def test_notify_without_a_key_tells_each_time(person: Person) -> None:
    reader = person()
    notify(Told.kind, to=reader)
    notify(Told.kind, to=reader)
    assert Outbox.objects.count() == 2


def test_notify_of_an_unknown_kind_is_an_error(person: Person) -> None:
    with pytest.raises(UnknownNotification):
        notify("tests.nobody_registered_this", to=person())


def test_person_who_wants_no_mail_gets_a_notice_only(person: Person) -> None:
    notify(Told.kind, to=person(wants_mail=False))
    assert Notice.objects.count() == 1
    assert not Outbox.objects.exists()


def test_mail_has_one_recipient_and_says_a_machine_wrote_it(
    person: Person, mailbox: Mailbox
) -> None:
    people = [person(f"reader{number}@mail.example") for number in range(3)]
    deliver_mails(rows_for(*people))
    assert sorted(mailbox.recipients) == [f"reader{number}@mail.example" for number in range(3)]
    for addresses, message in mailbox.taken:
        assert addresses == [message["To"]]
        assert message["Auto-Submitted"] == "auto-generated"
        assert not message["Cc"] and not message["Bcc"]
    assert Outbox.objects.filter(done_at__isnull=False).count() == 3


def test_batch_uses_one_connection(person: Person, mailbox: Mailbox) -> None:
    deliver_mails(rows_for(*(person() for _ in range(5))))
    assert (len(mailbox.taken), mailbox.connections) == (5, 1)


def test_delivered_twice_sends_once(person: Person, mailbox: Mailbox) -> None:
    ids = rows_for(person())
    tasks.deliver([str(pk) for pk in ids])
    tasks.deliver([str(pk) for pk in ids])
    assert len(mailbox.taken) == 1


def test_message_id_is_the_same_for_a_second_copy(person: Person, mailbox: Mailbox) -> None:
    reader = person()
    ids = rows_for(reader)
    deliver_mails(ids)
    Outbox.objects.update(done_at=None)  # as if the mark had been lost with its process
    deliver_mails(ids)
    first, second = (message["Message-ID"] for _, message in mailbox.taken)
    assert first == second
    assert str(reader.pk) not in first


def test_different_mails_have_different_message_ids(person: Person, mailbox: Mailbox) -> None:
    deliver_mails(rows_for(person(), person()))
    assert len({message["Message-ID"] for _, message in mailbox.taken}) == 2


def test_mail_is_in_the_readers_language(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils.translation import get_language

    monkeypatch.setattr(Told, "subject", lambda self: f"In {get_language()}")
    deliver_mails(rows_for(person(language="ar"), person(language="ru")))
    assert sorted(message["Subject"] for _, message in mailbox.taken) == ["In ar", "In ru"]


def test_text_beyond_ascii_arrives_as_written(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Новость – 消息 – خبر"
    monkeypatch.setattr(Told, "subject", lambda self: words)
    monkeypatch.setattr(Told, "body", lambda self, user, about_id: f"{words}\n\nhttps://x.example")
    deliver_mails(rows_for(person()))
    message = mailbox.taken[0][1]
    assert message["Subject"] == words
    assert message.get_content().splitlines()[0] == words


def test_address_beyond_ascii_arrives(person: Person, mailbox: Mailbox) -> None:
    deliver_mails(rows_for(person("ada@büro.example")))
    assert mailbox.recipients == ["ada@xn--bro-hoa.example"]


@pytest.mark.parametrize("change", [{"wants_mail": False}, {"is_active": False}])
def test_reader_who_changed_meanwhile_gets_no_mail(
    person: Person, mailbox: Mailbox, change: dict[str, bool]
) -> None:
    reader = person()
    ids = rows_for(reader)
    type(reader).objects.filter(pk=reader.pk).update(**change)
    deliver_mails(ids)
    assert not mailbox.taken
    assert Outbox.objects.get().done_at is not None


def test_row_outlives_the_account_it_was_for(person: Person, mailbox: Mailbox) -> None:
    reader = person()
    ids = rows_for(reader)
    reader.delete()
    deliver_mails(ids)
    row = Outbox.objects.get()
    assert not mailbox.taken
    assert row.last_error == "no such reader"


def test_permanent_refusal_parks_one_row_and_serves_the_others(
    person: Person, mailbox: Mailbox
) -> None:
    mailbox.at_rcpt["gone@mail.example"] = "550 no such user gone@mail.example"
    ids = rows_for(person(), person("gone@mail.example"), person())
    deliver_mails(ids)
    assert len(mailbox.taken) == 2
    (parked,) = work.parked(Outbox)
    assert (parked.pk, parked.last_error, parked.crashes) == (ids[1], "refused 550", 0)


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
def test_passing_refusal_is_tried_again_later(person: Person, mailbox: Mailbox, where: str) -> None:
    getattr(mailbox, where)["slow@mail.example"] = "451 try again"
    ids = rows_for(person("slow@mail.example"), person())
    deliver_mails(ids)
    row = Outbox.objects.get(pk=ids[0])
    assert len(mailbox.taken) == 1
    assert (row.attempts, row.crashes, row.last_error) == (1, 0, "451")
    assert row.due_at > timezone.now() and row.done_at is None and row.parked_at is None


def test_server_that_is_away_makes_the_whole_batch_wait(
    person: Person, mailbox: Mailbox, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    ids = rows_for(*(person() for _ in range(3)))
    deliver_mails(ids)
    for row in Outbox.objects.all():
        assert (row.attempts, row.crashes, row.parked_at) == (1, 0, None)
        assert row.last_error == "ConnectionRefusedError"


def test_server_that_closes_in_between_loses_nothing(person: Person, mailbox: Mailbox) -> None:
    mailbox.at_rcpt["closing@mail.example"] = "421 closing"
    ids = rows_for(person(), person("closing@mail.example"), person())
    deliver_mails(ids)
    done = Outbox.objects.filter(done_at__isnull=False)
    assert [row.pk for row in done] == ids[:1]
    assert set(Outbox.objects.exclude(done_at__isnull=False).values_list("attempts")) == {(1,)}


def test_subject_with_a_line_break_is_no_way_in(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "subject", lambda self: "Hello\nBcc: spy@mail.example")
    deliver_mails(rows_for(person()))
    assert not mailbox.taken
    (parked,) = work.parked(Outbox)
    assert parked.last_error == "refused BadHeaderError"


def test_message_with_a_bug_waits_and_holds_up_nobody(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = person()

    def body(self: Told, user: Any, about_id: str) -> str:
        if user.pk == broken.pk:
            raise KeyError("a bug")
        return "fine"

    monkeypatch.setattr(Told, "body", body)
    ids = rows_for(broken, person())
    deliver_mails(ids)
    assert len(mailbox.taken) == 1
    assert Outbox.objects.get(pk=ids[0]).last_error == "KeyError"


def test_row_of_a_newer_version_waits(person: Person, mailbox: Mailbox) -> None:
    ids = rows_for(person())
    Outbox.objects.update(schema_version=2)
    deliver_mails(ids)
    row = Outbox.objects.get()
    assert not mailbox.taken
    assert (row.last_error, row.parked_at) == ("UnknownNotification", None)


def test_rest_of_a_long_batch_is_given_back(
    person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foundation.notifications import batch

    monkeypatch.setattr(batch, "SHIFT", 0)
    ids = rows_for(person(), person())
    deliver_mails(ids)
    assert not mailbox.taken
    assert set(Outbox.objects.values_list("crashes", "run_until")) == {(0, None)}


def test_task_carries_ids_and_nothing_else(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = person("canary@mail.example", name="Canary Name")
    ids = rows_for(reader)
    sent: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(
        tasks.deliver, "apply_async", lambda *args, **options: sent.append((args, options))
    )
    outbox.hand_over(ids)
    ((args, options),) = sent
    assert json.dumps(args) == json.dumps([[[str(ids[0])]]])
    assert options == {"queue": "mail", "retry": False}


def test_relay_hands_mails_to_the_task(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = rows_for(person(), person())
    sent: list[Any] = []
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **options: sent.append(args))
    assert relay.run_once() == 2
    assert sent == [([str(pk) for pk in ids],)]
    assert not SecurityMail.objects.exists()


def test_no_registered_message_names_its_reader(person: Person) -> None:
    """Every message of every room, with a reader whose data would be seen."""
    reader = person("canary.reader@mail.example", name="Canary Name", language="fr")
    about = "00000000-0000-4000-8000-00000000c0de"
    for message in registry.registered():
        if isinstance(message, ProtectedNotification):
            continue  # told by pseudonym, to a mailbox: tests/trust/test_hidden_signatory.py
        said = message.subject() + message.body(reader, about)
        assert "canary" not in said.lower(), message.kind
        assert "\n" not in message.subject()


def test_kind_can_be_registered_once_only() -> None:
    class Other(Notification):
        kind = Told.kind

    with pytest.raises(ValueError, match="kind of its own"):
        register(Other)


class CuttingMailbox(Mailbox):
    """Cuts all connections to the database while it takes the second mail."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if len(self.taken) == 1:
            self.cut()
        return await super().handle_DATA(server, session, envelope)

    def cut(self) -> None:
        with psycopg2.connect(**self.parameters) as other, other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        other.close()

    parameters: dict[str, Any] = {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mailbox_class", [CuttingMailbox])
def test_database_that_cuts_off_between_mail_and_mark_causes_no_second_copy(
    person: Person, mailbox: CuttingMailbox
) -> None:
    mailbox.parameters = connection.get_connection_params()
    deliver_mails(rows_for(*(person() for _ in range(4))))
    assert len(mailbox.recipients) == len(set(mailbox.recipients)) == 4
    assert not Outbox.objects.filter(done_at=None).exists()


def test_messages_are_deleted_when_kept_long_enough(person: Person) -> None:
    first, second = person(), person()
    for reader in (first, second):
        notify(Told.kind, to=reader)
    long_ago = timezone.now() - KEPT - timezone.timedelta(hours=1)
    Outbox.objects.filter(recipient_id=first.pk).update(done_at=long_ago, created_at=long_ago)
    Outbox.objects.filter(recipient_id=second.pk).update(created_at=long_ago)  # never sent
    Notice.objects.filter(recipient_id=first.pk).update(created_at=long_ago)
    SecurityMail.objects.create(done_at=timezone.now() - SECURITY_KEPT)
    assert clear_old_messages() == 3
    assert [row.recipient_id for row in Outbox.objects.all()] == [second.pk]
    assert [row.recipient_id for row in Notice.objects.all()] == [second.pk]


def test_every_personal_field_has_its_row_of_retention() -> None:
    from foundation.confidentiality.retention import missing

    ours = {Outbox, Notice, SecurityMail}
    assert [(model, name) for model, name in missing() if model in ours] == []
