"""SMTP: one reused connection, one recipient per message, and what a refusal means.

The only module of the project that imports django.core.mail.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Envelope:
    """A message ready to be sent. `key` names it for ever: a second copy has the same Message-ID."""

    key: str
    to: str
    subject: str
    body: str


class Outcome(Enum):
    """What came of one message."""

    SENT = "sent"
    LATER = "later"  # this recipient cannot be served now
    NEVER = "never"  # trying again would change nothing
    AWAY = "away"  # the server cannot be used now; nor for the next message


@dataclass(frozen=True)
class Answer:
    """An outcome and its code: "550", "SMTPServerDisconnected". Never a text of the other side,
    which would repeat the address."""

    outcome: Outcome
    code: str = ""


class Courier:
    """Sends messages over one connection, opened with the first and closed at the end of `with`."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop()

    def send(self, envelope: Envelope) -> Answer:
        """Send one message and say what came of it; raises nothing that a server can cause."""
        try:
            message = compose(envelope)
            self._connection.open()
            self._connection.send_messages([message])
        except Exception as error:
            answer = judge(error)
            if answer.outcome is Outcome.AWAY:
                self._drop()
            return answer
        return Answer(Outcome.SENT)

    def _drop(self) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._connection = get_connection()


def compose(envelope: Envelope) -> EmailMessage:
    """The message as it goes out: plain text, to one address, marked as written by a machine."""
    return EmailMessage(
        subject=envelope.subject,
        body=envelope.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[envelope.to],
        headers={
            "Message-ID": message_id(envelope.key),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def message_id(key: str) -> str:
    """A stable Message-ID for `key`, from which the key cannot be read or guessed."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    digest = salted_hmac("notifications.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{host}>"


def judge(error: Exception) -> Answer:
    """What an error of sending means (RFC 5321, section 4.2.1: 4yz may pass later, 5yz will not).

    A permanent refusal counts against the message only where it is about the recipient or the
    text. A server that refuses our name or our password is a fault of ours: everything waits.
    """
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return Answer(_by_code(code), str(code))
    if isinstance(error, smtplib.SMTPDataError):
        return Answer(_by_code(error.smtp_code), str(error.smtp_code))
    if isinstance(error, smtplib.SMTPException | OSError):
        return Answer(Outcome.AWAY, kind)
    if isinstance(error, ValueError):  # BadHeaderError, addresses that cannot be encoded
        return Answer(Outcome.NEVER, kind)
    return Answer(Outcome.LATER, kind)


def _by_code(code: int) -> Outcome:
    if code == 421:  # the server is closing the connection
        return Outcome.AWAY
    return Outcome.NEVER if 500 <= code < 600 else Outcome.LATER
