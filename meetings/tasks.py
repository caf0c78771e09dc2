"""What time does in this room. Each task loads, tells, and is safe to run twice."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation.confidentiality import SystemActor
from meetings.models import Commitment, Meeting
from meetings.notifications import tell
from meetings.rules import works_on

CLOCK = SystemActor("clock")
SOON = timedelta(days=3)


@shared_task
def remind_of_answers() -> None:
    """Tell owners three days before an answer is due; each day of an answer is told once."""
    due = Meeting.objects.visible_to(CLOCK).due_within(timezone.now().date() + SOON)
    for meeting in due.exclude(owner=None).select_related("owner"):
        if works_on(meeting.owner, meeting):
            key = f"{meeting.pk}:{meeting.answer_by}"
            tell("meetings.due_soon", [meeting.owner], meeting, dedupe=key)


@shared_task
def remind_of_commitments() -> None:
    """Tell who undertook something three days before it is due; each commitment is told once."""
    due = Commitment.objects.visible_to(CLOCK).due_within(timezone.now().date() + SOON)
    for one in due.select_related("owner", "meeting"):
        if works_on(one.owner, one.meeting):
            tell("meetings.commitment_due", [one.owner], one.meeting, dedupe=str(one.pk))
