"""Reminding the invited of the deadline: seven days before, two days before, on the last day.

Days are those of the letter's own zone. Never after an answer, after taking a name back, while the
letter is paused, or to who wants no mail. Somebody who signed without being named must not be
reminded either, and nothing in the database may say that: so the clock writes a row for everyone
who did not answer in clear, and the task that sends the mail asks the blind keys (see Reminder).
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.audit.recording import record
from foundation.confidentiality import vault
from foundation.notifications.outbox import notify_pseudonym
from letters import secrecy
from letters.enums import LetterState
from letters.models import Letter, NoReminder, Reminder, Signatory
from letters.rules import accepts_signatures
from letters.rules.reminding import WHY, open_invitations, quiet_key
from organizations.rules import owners_of

STEPS = (7, 2, 0)  # days before the last day on which a reminder is due


def last_day(letter: Letter) -> date | None:
    """Return the last day on which the letter can be signed, by the calendar of its zone; a
    deadline at midnight ends the day before. None without a deadline."""
    if letter.deadline is None:
        return None
    last_moment = letter.deadline - timedelta(microseconds=1)
    return last_moment.astimezone(_zone(letter)).date()


def step_due(letter: Letter, now: datetime) -> int | None:
    """Return the step of STEPS whose turn it is at `now`, None where it is nobody's.

    A step that the clock missed is made up for until the next one is due.
    """
    day = last_day(letter)
    if day is None or letter.deadline is None or now >= letter.deadline:
        return None
    left = (day - now.astimezone(_zone(letter)).date()).days
    if left < 0 or left > STEPS[0]:
        return None
    return min(step for step in STEPS if step >= left)


def remind(*, letter: Letter, by: Any) -> int:
    """Write the reminders that are due; return how many were new. Each person gets each step of a
    last day once, however often and by how many clocks this is called; `by` is the clock."""
    now = timezone.now()
    step, day = step_due(letter, now), last_day(letter)
    if step is None or day is None or not accepts_signatures(letter):
        return 0
    begins = datetime.combine(day - timedelta(days=step), time.min, _zone(letter))
    people = [{"user": str(user.pk)} for user in _people(letter, before=begins)]
    boxes = [{"invitation": str(one.pk)} for one in _boxes(letter, before=begins)]
    written = sum(_write(letter, step, day, whom) for whom in [*people, *boxes])
    if written:
        record("letters.reminded", letter, by=by, step=step, written=written)
    return written


def remind_no_more(*, signatory: Signatory) -> None:
    """Note that who signed this name takes it back; call it before the row is emptied."""
    facts = secrecy.unseal(signatory) if signatory.is_hidden else {}
    who = facts.get("organization") or signatory.organization_id
    who = who or facts.get("user") or signatory.signed_by_id or signatory.address_key
    if who:
        key = quiet_key(signatory.letter_id, who)
        NoReminder.objects.unguarded(WHY).get_or_create(
            key=key, defaults={"letter_id": signatory.letter_id}
        )


def forget_reminders() -> int:
    """Delete what was kept for reminders of letters that are no longer open; return how many rows."""
    closed = Letter.objects.unguarded(WHY).exclude(state=LetterState.OPEN)
    return sum(
        model.objects.unguarded(WHY).filter(letter__in=closed.values("pk")).delete()[0]
        for model in (Reminder, NoReminder)
    )


@transaction.atomic
def _write(letter: Letter, step: int, day: date, whom: dict[str, str]) -> int:
    """Write one reminder unless it was written; return 1 or 0. `whom`: "user" or "invitation"."""
    (who,) = whom.values()
    key = vault.blind("letters.reminder", str(letter.pk), who, str(step), str(day))
    reminder = Reminder(letter=letter, step=step, key=key)
    fields = {"id": reminder.pk, "letter": letter, "step": step}
    fields["sealed"] = secrecy.seal(reminder, whom)
    rows = Reminder.objects.unguarded(WHY)
    reminder, new = rows.get_or_create(key=key, defaults=fields)
    if new:
        notify_pseudonym("letters.reminder", about=reminder, dedupe=key)
    return int(new)


def _boxes(letter: Letter, *, before: datetime) -> Any:
    """Return the invitations to addresses that were not declined, from before the step began."""
    invited = open_invitations(letter).filter(invited_at__lt=before).exclude(address_key="")
    return invited.filter(sealed__isnull=False) if letter.open_to_outsiders else invited.none()


def _people(letter: Letter, *, before: datetime) -> Iterator[Any]:
    """Yield, each once, those who answer for the invited that did not answer in clear; who was
    invited since the day of the step began has just been told."""
    invitations = open_invitations(letter).filter(invited_at__lt=before, address_key="")
    public = Signatory.objects.unguarded(WHY).of(letter).standing().exclude(signed_by=None)
    bodies = set(public.values_list("organization_id", flat=True))
    people = set(public.filter(organization=None).values_list("signed_by_id", flat=True))
    met = set()
    for one in invitations.with_the_invited():
        if one.invited is None:  # an address that was forgotten
            continue
        if one.organization_id in bodies or (one.expert and one.expert.user_id in people):
            continue
        for user in owners_of(one.invited):
            if user.pk not in met and user.is_active and user.wants_mail:
                met.add(user.pk)
                yield user


def _zone(letter: Letter) -> tzinfo:
    try:
        return zoneinfo.ZoneInfo(letter.deadline_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return UTC
