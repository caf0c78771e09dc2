"""What an answer of a mail server means."""

import smtplib

import pytest
from django.core.mail import BadHeaderError

from foundation.notifications.answers import Outcome, judge
from foundation.notifications.delivery import Courier, Envelope, as_bytes, compose
from tests.foundation.notifications.conftest import Mailbox, PipeliningMailbox


@pytest.mark.parametrize(
    ("error", "outcome", "code"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), Outcome.NEVER, "550"),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), Outcome.LATER, "450"),
        (smtplib.SMTPRecipientsRefused({"a": (421, b"bye")}), Outcome.AWAY, "421"),
        (smtplib.SMTPDataError(554, b"spam"), Outcome.NEVER, "554"),
        (smtplib.SMTPDataError(452, b"full"), Outcome.LATER, "452"),
        (smtplib.SMTPSenderRefused(550, b"who?", "us"), Outcome.AWAY, "SMTPSenderRefused"),
        (smtplib.SMTPAuthenticationError(535, b"no"), Outcome.AWAY, "SMTPAuthenticationError"),
        (smtplib.SMTPServerDisconnected(), Outcome.AWAY, "SMTPServerDisconnected"),
        (TimeoutError(), Outcome.AWAY, "TimeoutError"),
        (BadHeaderError(), Outcome.NEVER, "BadHeaderError"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "x"), Outcome.NEVER, "UnicodeEncodeError"),
        (KeyError("bug"), Outcome.LATER, "KeyError"),
    ],
)
def test_error_means_this(error: Exception, outcome: Outcome, code: str) -> None:
    answer = judge(error)
    assert (answer.outcome, answer.code) == (outcome, code)


def test_quick_form_says_what_the_plain_one_says() -> None:
    from email import message_from_bytes, policy

    envelope = Envelope("key", "ada@mail.example", "Новость", "Строка\n\nещё одна " + "x" * 500)
    quick = message_from_bytes(as_bytes(envelope), policy=policy.default)
    plain = message_from_bytes(compose(envelope).message().as_bytes(), policy=policy.default)
    assert set(quick.keys()) == set(plain.keys())
    for name in set(quick.keys()) - {"Date"}:
        assert quick[name] == plain[name], name
    assert quick.get_content().splitlines() == plain.get_content().splitlines()


both = pytest.mark.parametrize("mailbox_class", [Mailbox, PipeliningMailbox])


@both
@pytest.mark.parametrize("code", ["550", "450"])
@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
def test_refusal_leaves_the_connection_usable(mailbox: Mailbox, where: str, code: str) -> None:
    getattr(mailbox, where)["gone@mail.example"] = f"{code} no"
    with Courier() as courier:
        answers = [
            courier.send(Envelope(address, address, "x", "x"))
            for address in ("ada@mail.example", "gone@mail.example", "bob@mail.example")
        ]
    assert [answer.code for answer in answers] == ["", code, ""]
    assert mailbox.recipients == ["ada@mail.example", "bob@mail.example"]
    assert mailbox.connections == 1


@both
def test_server_that_closes_is_away_and_then_opened_again(mailbox: Mailbox) -> None:
    mailbox.at_rcpt["closing@mail.example"] = "421 closing"
    with Courier() as courier:
        away = courier.send(Envelope("1", "closing@mail.example", "x", "x"))
        sent = courier.send(Envelope("2", "ada@mail.example", "x", "x"))
    assert (away.outcome, sent.outcome) == (Outcome.AWAY, Outcome.SENT)
    assert (mailbox.recipients, mailbox.connections) == (["ada@mail.example"], 2)


@both
@pytest.mark.parametrize("body", [".", ".a\n.b\n..c", "a\n.\nQUIT\n", "Ünï\n.ж", ""])
def test_text_arrives_whatever_its_dots(mailbox: Mailbox, body: str) -> None:
    with Courier() as courier:
        courier.send(Envelope("1", "ada@mail.example", "x", body))
        courier.send(Envelope("2", "bob@mail.example", "x", "after it"))
    first, second = (message.get_content() for _, message in mailbox.taken)
    assert first.splitlines() == body.splitlines()
    assert second.strip() == "after it"


@both
def test_meanwhile_happens_once_and_before_the_message_is_taken(mailbox: Mailbox) -> None:
    taken_then: list[int] = []
    with Courier() as courier:
        courier.send(
            Envelope("1", "ada@mail.example", "x", "x"),
            lambda: taken_then.append(len(mailbox.taken)),
        )
        courier.send(Envelope("2", "no address", "x", "x"), lambda: taken_then.append(-1))
    assert taken_then == [0, -1]


@pytest.mark.parametrize("address", ["a@b.example\nRCPT TO:<x@y.example>", "a b@c.example", ""])
def test_address_that_is_none_never_reaches_the_server(mailbox: Mailbox, address: str) -> None:
    with Courier() as courier:
        answer = courier.send(Envelope("1", address, "x", "x"))
    assert answer.outcome is Outcome.NEVER
    assert not mailbox.taken
