"""What workers do for accounts. Safe to run twice."""

from __future__ import annotations

from celery import shared_task

from accounts.actions import clear_ended_sessions


@shared_task
def clear_sessions() -> None:
    """Delete the sessions that ran out."""
    clear_ended_sessions()
