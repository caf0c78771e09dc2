"""What workers do for the web foundation. Safe to run twice."""

from __future__ import annotations

from celery import shared_task

from foundation.web.forms import forget_receipts
from foundation.web.limits import forget_tries


@shared_task(name="foundation.web.tasks.forget_old_receipts")
def forget_old_receipts() -> None:
    """Delete the tokens of forms that nobody will post again."""
    forget_receipts()


@shared_task(name="foundation.web.tasks.forget_old_tries")
def forget_old_tries() -> None:
    """Delete the tries that no limit counts any more, those of sign-in too."""
    forget_tries()
