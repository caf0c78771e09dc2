"""What time does in this room. Each task loads, calls one action, and is safe to run twice."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation.confidentiality import SystemActor
from recommendations.models import Recommendation
from recommendations.notifications import tell

CLOCK = SystemActor("clock")
SOON = timedelta(days=3)


@shared_task
def remind_of_answers() -> None:
    """Tell owners three days before an answer is due; each day of an answer is told once."""
    due = Recommendation.objects.visible_to(CLOCK).due_within(timezone.now().date() + SOON)
    for item in due.exclude(owner=None).select_related("owner", "organization", "expert"):
        key = f"{item.pk}:{item.answer_by}"
        tell("recommendations.due_soon", [item.owner], item, dedupe=key)
