"""Mails that sign-in depends on: codes of verification and reset, alarms about an account.

They carry their own words, so that nothing has to be looked up; the relay sends them itself, so
that they leave while Redis is down; and they are emptied in the statement that marks them done.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from foundation.notifications import batch
from foundation.notifications.delivery import Envelope
from foundation.notifications.models import SecurityMail

LIFETIME = timedelta(hours=24)
"""A mail older than this is emptied unsent: its code is stale, and it must not lie about."""


def queue_security_mail(to: str, subject: str, body: str) -> None:
    """Queue a mail to the address `to`, in the caller's transaction."""
    SecurityMail.objects.create(address=to, subject=" ".join(subject.split())[:250], body=body)


def send_security_mails(ids: list[uuid.UUID]) -> None:
    """Send these rows now, in this process, over one connection. The relay calls this."""
    batch.send(SecurityMail, ids, _prepare)


def _prepare(ids: list[uuid.UUID]) -> Mapping[uuid.UUID, batch.Prepared]:
    oldest = timezone.now() - LIFETIME
    return {
        pk: (
            Envelope(f"security:{pk}", mail.address, mail.subject, mail.body)
            if mail.created_at > oldest
            else batch.Closed("expired")
        )
        for pk, mail in SecurityMail.objects.in_bulk(ids).items()
    }
