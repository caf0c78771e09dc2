"""What several actions of this room do: lock, count days, refuse."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused
from recommendations.enums import ClockReason
from recommendations.models import Answer, DayChange, Message, Recommendation
from recommendations.rules import roles_of

WHY = "an action locks what its caller has seen"


class Incomplete(Refused):
    """Something is still missing; the text says what."""


def lock(item_id: uuid.UUID) -> Recommendation:
    """Return the item, locked against every other change until the transaction ends."""
    return (
        Recommendation.objects.unguarded(WHY)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=item_id)
    )


def answer_in_work(item: Recommendation) -> Answer | None:
    """Return the answer that did not go out yet; the caller holds the item's lock."""
    return Answer.objects.unguarded(WHY).about(item).in_work().first()


def usual_day() -> date:
    """Return the day by which the Office answers what comes today (settings.RECOMMENDATION_DAYS)."""
    return timezone.now().date() + timedelta(days=settings.RECOMMENDATION_DAYS)


def first_day() -> date:
    """Return the day by which a person takes up what comes today
    (settings.RECOMMENDATION_ACKNOWLEDGE_DAYS)."""
    return timezone.now().date() + timedelta(days=settings.RECOMMENDATION_ACKNOWLEDGE_DAYS)


def let_clock_run(item: Recommendation, by: Any) -> None:
    """End a pause: the day of the answer moves by the whole days that the pause took."""
    if item.paused_at is not None and item.answer_by is not None:
        paused = timezone.now().date() - item.paused_at.date()
        day = item.answer_by + max(paused, timedelta(0))
        move_day(item, day, reason=ClockReason.QUESTION, by=by)
    item.paused_at = None


def move_day(item: Recommendation, day: date, *, reason: str, by: Any, text: str = "") -> None:
    """Move the day of the answer and keep why, for both sides; the caller saves the item."""
    before = item.answer_by
    if before is None or before == day:
        return
    DayChange.objects.create(
        recommendation=item, reason=reason, text=text, before=before, after=day, changed_by=by
    )
    item.answer_by = day
    record("recommendations.day_moved", item, by=by, reason=reason, before=before, answer_by=day)


def must_be(role: str, by: Any, item: Recommendation) -> None:
    """Raise NotYours unless `by` has this word of the table towards the item."""
    if role not in roles_of(by, item):
        raise NotYours(_("You may not do this."))


def write(item: Recommendation, kind: str, text: str, by: Any) -> Message:
    """Keep a message; Incomplete without a text."""
    if not text.strip():
        raise Incomplete(_("Please write it: the other side cannot read your mind."))
    return Message.objects.create(recommendation=item, kind=kind, text=text, written_by=by)
