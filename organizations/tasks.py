"""What time does in this room. Each task loads, calls one action, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from foundation.confidentiality import SystemActor
from foundation.notifications.outbox import notify
from foundation.workflow import Refused
from organizations import actions
from organizations.models import Expert, Organization
from organizations.rules import owners_of

CLOCK = SystemActor("clock")
REMIND_DAYS = 30
WHY = "the clock runs for all entries alike"


@shared_task
def expire_vettings() -> int:
    """End the vettings whose last day is over; return how many. Runs once a day."""
    ended = 0
    for model in (Organization, Expert):
        for entry in model.objects.unguarded(WHY).run_out():
            try:
                actions.expire(registration=entry, by=CLOCK)
                ended += 1
            except Refused:  # extended or closed meanwhile
                continue
    return ended


@shared_task
def remind_of_expiry() -> None:
    """Tell owners thirty days before their vetting ends; each end is told once."""
    for model in (Organization, Expert):
        for entry in model.objects.unguarded(WHY).expiring_within(REMIND_DAYS):
            for person in owners_of(entry):
                key = f"{entry.pk}:{entry.valid_until}"
                notify("organizations.expiring", to=person, about=entry, dedupe=key)
