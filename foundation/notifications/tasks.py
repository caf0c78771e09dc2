"""What workers do for this package. Arguments are ids only."""

from __future__ import annotations

import uuid

from celery import shared_task

from foundation.notifications.outbox import deliver_mails


@shared_task(name="notifications.deliver")
def deliver(ids: list[str]) -> None:
    """Send these mails. Safe to run twice, and beside another that has the same ids."""
    deliver_mails([uuid.UUID(pk) for pk in ids])
