"""What workers do for this package. Arguments are ids only."""

from __future__ import annotations

import uuid

from celery import shared_task

from foundation.notifications.actions import clear_old_messages
from foundation.notifications.outbox import deliver_mails


@shared_task(name="notifications.deliver")
def deliver(ids: list[str]) -> None:
    """Send these mails. Safe to run twice, and beside another that has the same ids."""
    deliver_mails([uuid.UUID(pk) for pk in ids])


@shared_task(name="notifications.clear_old")
def clear_old() -> None:
    """Delete messages that have been kept long enough; once a day is often enough."""
    clear_old_messages()
