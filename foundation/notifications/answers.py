"""What came of a message, and what an answer of a mail server means."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What came of one message."""

    SENT = "sent"
    LATER = "later"  # this recipient cannot be served now
    NEVER = "never"  # trying again would change nothing
    AWAY = "away"  # the server cannot be used now; nor for the next message


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome and its code: "550", "SMTPServerDisconnected". Never a text of the other side,
    which would repeat the address."""

    outcome: Outcome
    code: str = ""


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
