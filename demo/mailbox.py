"""Where the demo's mails go: a table, shown on the mailbox page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from demo.models import DemoMail

KEPT = 500


class MailboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps the newest 500 mails in the database."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep one row per recipient; return how many messages were taken."""
        DemoMail.objects.bulk_create(
            [
                DemoMail(
                    to=recipient[:254],
                    subject=str(message.subject)[:250],
                    body=str(message.body),
                    message_id=str(message.extra_headers.get("Message-ID", ""))[:250],
                )
                for message in email_messages
                for recipient in message.recipients()
            ]
        )
        kept = DemoMail.objects.values_list("pk", flat=True)[:KEPT]
        DemoMail.objects.exclude(pk__in=list(kept)).delete()
        return len(email_messages)
