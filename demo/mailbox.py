"""Where the demo's mails go: a table, shown on the mailbox page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from demo.models import DemoFile, DemoMail

KEPT = 500


class MailboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps the newest 500 mails in the database."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep one row per recipient, with its files; return how many messages were taken."""
        for message in email_messages:
            mails = DemoMail.objects.bulk_create(_mails(message))
            if message.attachments:
                DemoFile.objects.bulk_create(_files(message, mails))
        kept = DemoMail.objects.values_list("pk", flat=True)[:KEPT]
        DemoMail.objects.exclude(pk__in=list(kept)).delete()
        return len(email_messages)


def _mails(message: EmailMessage) -> list[DemoMail]:
    return [
        DemoMail(
            to=recipient[:254],
            subject=str(message.subject)[:250],
            body=str(message.body),
            message_id=str(message.extra_headers.get("Message-ID", ""))[:250],
        )
        for recipient in message.recipients()
    ]


def _files(message: EmailMessage, mails: Iterable[DemoMail]) -> list[DemoFile]:
    """The attachments as they travel, read back out of the message's own form."""
    parts = [part for part in message.message().walk() if part.get_filename()]
    return [
        DemoFile(
            mail=mail,
            name=str(part.get_filename())[:100],
            content_type=part.get_content_type()[:100],
            data=part.get_payload(decode=True),
        )
        for mail in mails
        for part in parts
    ]
