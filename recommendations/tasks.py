"""What time does in this room. Each task loads, calls one action, and is safe to run twice."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation.confidentiality import SystemActor
from recommendations.models import Recommendation
from recommendations.notifications import tell
from recommendations.rules import triage_for

CLOCK = SystemActor("clock")
SOON = timedelta(days=3)


@shared_task
def remind_of_answers() -> None:
    """Tell owners three days before an answer is due; each day of an answer is told once."""
    due = Recommendation.objects.visible_to(CLOCK).due_within(timezone.now().date() + SOON)
    for item in due.exclude(owner=None).select_related("owner", "organization", "expert"):
        key = f"{item.pk}:{item.answer_by}"
        tell("recommendations.due_soon", [item.owner], item, dedupe=key)


@shared_task
def remind_of_unowned() -> None:
    """Tell who finds owners, from the day before an item must be taken up; each item once."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    waiting = Recommendation.objects.visible_to(CLOCK).to_take_up_within(tomorrow)
    for item in waiting.select_related("organization", "expert"):
        key = f"{item.pk}:{item.acknowledge_by}"
        tell("recommendations.waits_too_long", triage_for(item), item, dedupe=key)
