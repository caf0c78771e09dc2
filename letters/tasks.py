"""What time does in this room. Each task loads, calls one action, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from foundation.confidentiality import SystemActor
from letters.actions.counting import count_names, recount_names
from letters.actions.telling import tell_of_new_names
from letters.models import Letter

CLOCK = SystemActor("clock")


@shared_task
def tell_coordinators() -> int:
    """Tell the coordinators of open letters that names came in; return how many letters."""
    letters = Letter.objects.visible_to(CLOCK).open_for_sign_on()
    return sum(tell_of_new_names(letter=letter, by=CLOCK) for letter in letters)


@shared_task
def count_letters() -> None:
    """Count the names under letters that move; beat asks every few seconds."""
    count_names()


@shared_task
def recount_letters() -> None:
    """Count the names under every letter anew, at night."""
    recount_names()
