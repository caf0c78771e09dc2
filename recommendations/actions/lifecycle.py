"""Sending, assigning, asking back, withdrawing: the steps up to the answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.workflow import Refused
from recommendations import signals
from recommendations.actions.following import add_reader
from recommendations.actions.joining import carry_clock, release
from recommendations.actions.parts import (
    WHY,
    Incomplete,
    first_day,
    let_clock_run,
    lock,
    move_day,
    usual_day,
    write,
)
from recommendations.enums import LATER, ClockReason, MessageKind
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation
from recommendations.notifications import tell
from recommendations.rules import (
    has_stake,
    may_send_today,
    missing,
    submitters_of,
    triage_for,
    works_on,
)
from recommendations.transitions import RECOMMENDATION

LONGEST = timedelta(days=366)


@transaction.atomic
def submit(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Send the item to the Office: its clock starts, the receipt goes out at once.

    Raises Incomplete with what is missing, Refused where the sender is not vetted today,
    NotYours, WrongState.
    """
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "submit", by=by)
    lacking = missing(item)
    if lacking:
        raise Incomplete(_("Still missing: %(list)s.") % {"list": ", ".join(map(str, lacking))})
    if not may_send_today(by, item):
        raise Refused(_("A vetted organization or expert sends this. Your draft is kept."))
    item.submitted_at = timezone.now()
    item.acknowledge_by, item.answer_by = first_day(), usual_day()
    item.save()
    days = {"acknowledge_by": item.acknowledge_by, "answer_by": item.answer_by}
    record("recommendations.submitted", item, by=by, **days)
    tell("recommendations.received", submitters_of(item), item)
    tell("recommendations.to_assign", triage_for(item), item, but=by)
    signals.recommendation_submitted.send(Recommendation, recommendation=item, by=by)
    return item


@transaction.atomic
def assign(
    *,
    recommendation: Recommendation,
    owner: Any,
    answer_by: date,
    by: Any,
    reason: str = "",
    text: str = "",
) -> Recommendation:
    """Give the item an owner of the Office and a day for the answer, seen by the submitter.

    The first time it is the acknowledgement: a person has taken it up. A day moves back only with
    a `reason` of enums.LATER and, for "other", a `text`; both are shown to the submitter.
    Raises NotYours, WrongState, Incomplete for a new day that is over or more than a year away or
    has no reason, and Refused for an owner who may not see it.
    """
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "assign", by=by)
    _must_be_able(owner, item, by)
    first, moved = item.assigned_at is None, item.answer_by != answer_by
    if moved:
        why = _why(item, answer_by, reason, text)
        move_day(item, answer_by, reason=why, text=text, by=by)
    before, item.owner = item.owner_id, owner
    item.assigned_at = item.assigned_at or timezone.now()
    item.save()
    record("recommendations.assigned", item, by=by, owner=owner.pk, answer_by=answer_by)
    carry_clock(item, by)
    if before != owner.pk:
        tell("recommendations.assigned", [owner], item, but=by)
    if first:
        tell("recommendations.taken_up", submitters_of(item), item)
    elif moved:
        tell("recommendations.day_moved", submitters_of(item), item)
    return item


def _why(item: Recommendation, day: date, reason: str, text: str) -> str:
    """Return the reason for the new day; Incomplete where the submitter would be left without."""
    today = timezone.now().date()
    if not today <= day <= today + LONGEST:
        raise Incomplete(_("The answer is due today at the earliest, and within a year."))
    if item.answer_by is None or day < item.answer_by:
        return ClockReason.SOONER
    if reason not in LATER:
        raise Incomplete(_("The submitter knows the day. Say why it moves back: they read it."))
    if reason == ClockReason.OTHER and not text.strip():
        raise Incomplete(_("Say the reason in a sentence: the submitter reads it."))
    return reason


def _must_be_able(owner: Any, item: Recommendation, by: Any) -> None:
    """Refuse an owner with a stake or without the right to see it; approvers name new readers."""
    joined = Recommendation.objects.unguarded(WHY).joined_to(item).in_state(S.JOINED)
    stake = any(has_stake(owner, one) for one in (item, *joined))
    if not owner.is_active or not owner.is_office or stake:
        raise Refused(_("Only staff of the Office without a stake in it can own it."))
    if works_on(owner, item):
        return
    if item.level == Level.NAMED_OFFICERS and add_reader(item, owner, by):
        return
    raise Refused(_("This person may not see it. An approver can name them first."))


@transaction.atomic
def ask(*, recommendation: Recommendation, text: str, by: Any) -> Recommendation:
    """Ask the submitter a question; the clock of the Office stands still until it is answered."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "ask", by=by)
    write(item, MessageKind.QUESTION, text, by)
    item.paused_at = timezone.now()
    item.save()
    carry_clock(item, by)
    record("recommendations.asked", item, by=by)
    tell("recommendations.asked", submitters_of(item), item)
    return item


@transaction.atomic
def clarify(*, recommendation: Recommendation, text: str, by: Any) -> Recommendation:
    """Answer the question of the Office; its clock runs on, the day moves by the pause."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "clarify", by=by)
    write(item, MessageKind.REPLY, text, by)
    let_clock_run(item, by)
    item.save()
    carry_clock(item, by)
    record("recommendations.clarified", item, by=by, answer_by=item.answer_by)
    tell("recommendations.clarified", [item.owner], item, but=by)
    return item


@transaction.atomic
def resume(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Go on without an answer to the question."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "resume", by=by)
    let_clock_run(item, by)
    item.save()
    carry_clock(item, by)
    record("recommendations.resumed", item, by=by, answer_by=item.answer_by)
    return item


@transaction.atomic
def withdraw(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Take the item back: it leaves every public page. Nothing is deleted."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "withdraw", by=by)
    item.save()
    release(item, by)
    record("recommendations.withdrawn", item, by=by)
    tell("recommendations.withdrawn", [item.owner], item, but=by)
    signals.recommendation_withdrawn.send(Recommendation, recommendation=item, by=by)
    return item
