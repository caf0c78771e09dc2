"""What time does under the roof. Safe to run twice."""

from __future__ import annotations

from celery import shared_task

from portal.figures.making import make_figures
from portal.operations.forgetting import forget_all


@shared_task
def count_public_figures() -> None:
    """Count the public's figures once a day; beat asks every hour, so that a missed night is made
    up for."""
    make_figures()


@shared_task
def forget_what_is_due() -> None:
    """Run the jobs of retention of every room."""
    forget_all()
