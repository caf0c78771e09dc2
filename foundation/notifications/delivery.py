"""SMTP: one reused connection, one recipient per message, and how a message is made.

The only module of the project that imports django.core.mail.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.encoders import encode_base64
from functools import lru_cache
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.db import DatabaseError, InterfaceError
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from foundation.notifications.answers import Answer, Outcome, judge
from foundation.notifications.files import MailFile

Reply: TypeAlias = tuple[int, bytes]
LEADING_DOT = re.compile(rb"(?m)^\.")
PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9.-]+", re.ASCII | re.IGNORECASE)


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to be sent. `key` names it for ever: a second copy has the same Message-ID.

    `common` says that many messages have these words; they are then encoded once and kept. Never
    for words that only one person may read. `files` belong to this message alone; they are never
    kept.
    """

    key: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    common: bool = False
    files: tuple[MailFile, ...] = ()


class Courier:
    """Sends messages over one connection, opened with the first and closed at the end of `with`."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, envelope: Envelope, meanwhile: Callable[[], None] = _nothing) -> Answer:
        """Send one message and say what came of it; raises nothing that a server can cause.

        `meanwhile` is called exactly once, before the server can have accepted the message; what
        it raises is raised. It is the time to mark the message before this one.
        """
        pending = [meanwhile]

        def once() -> None:
            while pending:
                pending.pop()()

        try:
            answer = self._try(envelope, once)
        finally:
            once()
        if answer.outcome is Outcome.AWAY:
            self._close()
        return answer

    def _try(self, envelope: Envelope, meanwhile: Callable[[], None]) -> Answer:
        try:
            if not isinstance(self._backend, EmailBackend):  # memory or console: development
                meanwhile()
                self._backend.send_messages([compose(envelope)])
            else:
                to, content = _address(envelope.to), as_bytes(envelope)
                self._backend.open()
                server: Any = self._backend.connection
                _converse(server, to, content, meanwhile)
        except (DatabaseError, InterfaceError):  # of `meanwhile`
            raise
        except Exception as error:
            return judge(error)
        return Answer(Outcome.SENT)

    def _close(self) -> None:
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend = get_connection()


def _converse(server: smtplib.SMTP, to: str, content: bytes, meanwhile: Callable[[], None]) -> None:
    """Hand one message to the server. Raises what `smtplib.SMTP.sendmail` raises.

    Where the server allows it (RFC 2920), the three commands before the text travel together: two
    exchanges for a mail instead of four. `meanwhile` is called while the server thinks about them.
    """
    sender = _address(settings.DEFAULT_FROM_EMAIL)
    server.ehlo_or_helo_if_needed()
    eight_bits = not content.isascii() and server.has_extn("8bitmime")
    commands = [
        f"MAIL FROM:<{sender}>" + (" BODY=8BITMIME" if eight_bits else ""),
        f"RCPT TO:<{to}>",
        "DATA",
    ]
    replies = _announce(server, commands, meanwhile)
    refusal = _refusal(replies, sender, to)
    if refusal is None:
        ending = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        server.send(LEADING_DOT.sub(b"..", content) + ending)
        code, words = server.getreply()
        if code == 250:
            return
        replies, refusal = [(code, words)], smtplib.SMTPDataError(code, words)
    _forget(server, replies)
    raise refusal


def _announce(
    server: smtplib.SMTP, commands: list[str], meanwhile: Callable[[], None]
) -> list[Reply]:
    """Send the commands, together if the server allows it, else up to the first refusal."""
    if server.has_extn("pipelining"):
        server.send("\r\n".join([*commands, ""]))
        meanwhile()
        return [server.getreply() for _ in commands]
    server.putcmd(commands[0])
    meanwhile()
    replies = [server.getreply()]
    for command in commands[1:]:
        if replies[-1][0] >= 400:
            break
        replies.append(server.docmd(command))
    return replies


def _refusal(replies: list[Reply], sender: str, to: str) -> smtplib.SMTPException | None:
    """The error that the replies to MAIL, RCPT and DATA amount to; None if the text may follow."""
    code, words = replies[0]
    if code != 250:
        return smtplib.SMTPSenderRefused(code, words, sender)
    code, words = replies[1]
    if code not in (250, 251):
        return smtplib.SMTPRecipientsRefused({to: (code, words)})
    code, words = replies[2]
    return None if code == 354 else smtplib.SMTPDataError(code, words)


def _forget(server: smtplib.SMTP, replies: list[Reply]) -> None:
    """Bring the server back to where the next message can begin."""
    codes = {code for code, _ in replies}
    if 421 in codes:
        server.close()
        return
    if 354 in codes:  # it waits for the text of a message that has no recipient
        server.send(b".\r\n")
        server.getreply()
    server.rset()


def compose(envelope: Envelope) -> EmailMessage:
    """The message as it goes out: to one address, marked as written by a machine; plain text, and
    with it the files, if there are any."""
    message = _common(envelope.subject, envelope.body, _WithFiles)
    for file in envelope.files:
        if file.alternative:
            message.attach_alternative(file.data.decode(), file.content_type)
        else:
            message.attach(file.name, file.data, file.content_type)
    message.to = [envelope.to]
    message.extra_headers["Message-ID"] = message_id(envelope.key)
    return message


def as_bytes(envelope: Envelope) -> bytes:
    """The message as it travels. What many have in common is encoded once: to do it for each of a
    thousand mails of one kind would cost more than the whole dialogue with the server. A mail with
    files is made whole, each for itself."""
    if envelope.files:
        _address(envelope.to)  # ValueError before anything is made of it
        whole: Any = compose(envelope).message()
        return bytes(whole.as_bytes(linesep="\r\n"))
    own = [
        f"To: {_address(envelope.to)}",
        f"Message-ID: {message_id(envelope.key)}",
        f"Date: {now():%a, %d %b %Y %H:%M:%S +0000}",
    ]
    encode = _kept_bytes if envelope.common else _common_bytes
    return "\r\n".join([*own, ""]).encode("ascii") + encode(envelope.subject, envelope.body)


def message_id(key: str) -> str:
    """A stable Message-ID for `key`, from which the key cannot be read or guessed."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    digest = salted_hmac("notifications.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{host}>"


class _WithFiles(EmailMultiAlternatives):
    """A mail of Django whose files travel in base64, texts too.

    The lines of a calendar end in CRLF (RFC 5545, section 3.1). A relay without 8BITMIME would turn
    them into quoted-printable, and some calendar programs stumble over the "=0D" in it.
    """

    def message(self, **options: Any) -> Any:
        """The MIME tree: the text and its other forms, the plain one first; then attachments."""
        tree: Any = super().message(**options)
        for part in tree.walk():
            if part.get_content_maintype() == "text" and part.get_content_subtype() != "plain":
                part.set_payload(part.get_payload(decode=True))
                del part["Content-Transfer-Encoding"]
                encode_base64(part)
        return tree


def _common(
    subject: str, body: str, kind: type[EmailMultiAlternatives] | type[EmailMessage] = EmailMessage
) -> Any:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return kind(subject, body, settings.DEFAULT_FROM_EMAIL, headers=headers)


def _common_bytes(subject: str, body: str) -> bytes:
    message: Any = _common(subject, body).message()
    for name in ("To", "Message-ID", "Date"):
        del message[name]
    return message.as_bytes(linesep="\r\n")


_kept_bytes = lru_cache(maxsize=64)(_common_bytes)


@lru_cache(maxsize=256)
def _address(address: str) -> str:
    """The bare address as SMTP and ASCII want it; ValueError where there is no such form."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    bare = sanitize_address(address, "utf-8").rpartition("<")[2].rstrip(">")
    if not bare.isascii() or any(ord(char) < 33 for char in bare):
        raise ValueError("not an address")
    return bare
