"""What time does in this room. Each task loads, calls one action, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from foundation.confidentiality import SystemActor
from letters.actions.counting import count_names, recount_names
from letters.actions.reminding import forget_reminders, remind
from letters.actions.telling import tell_of_the_day
from letters.models import Letter

CLOCK = SystemActor("clock")


@shared_task
def tell_coordinators() -> int:
    """Tell the coordinators of open letters, once a day, what came in; return how many letters."""
    letters = Letter.objects.visible_to(CLOCK).open_for_sign_on()
    return sum(tell_of_the_day(letter=letter, by=CLOCK) for letter in letters)


@shared_task
def remind_to_sign() -> int:
    """Remind the invited of open letters whose deadline comes near; return how many reminders."""
    forget_reminders()
    letters = Letter.objects.visible_to(CLOCK).open_for_sign_on().exclude(deadline=None)
    return sum(remind(letter=letter, by=CLOCK) for letter in letters)


@shared_task
def count_letters() -> None:
    """Count the names under letters that move; beat asks every few seconds."""
    count_names()


@shared_task
def recount_letters() -> None:
    """Count the names under every letter anew, at night."""
    recount_names()
