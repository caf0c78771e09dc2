"""Asks that say the same: one is answered, and its answer stands for the others too.

Nothing is merged away: each keeps its text, its author, its readers. The answer is written for the
readers of the one that is answered (`main`), so that it never reaches more people through another:
a public ask is not joined to one that is not, and what only named officers see is joined to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level, SystemActor
from foundation.workflow import Refused, WrongState
from recommendations import signals
from recommendations.actions.parts import (
    WHY,
    Incomplete,
    answer_in_work,
    first_day,
    let_clock_run,
    lock,
    move_day,
    must_be,
)
from recommendations.enums import MAIN, ClockReason, Position
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, ProgressReport, Recommendation
from recommendations.notifications import tell
from recommendations.rules import has_stake, submitters_of, triage_for
from recommendations.transitions import RECOMMENDATION

ALONG = SystemActor("joined asks")
COPIED = (
    "position",
    "reason",
    "referred_to",
    "language",
    "text",
    "evidence",
    "drafted_by",
    "cleared_by",
    "cleared_at",
    "published_by",
    "published_at",
)


@transaction.atomic
def join(*, recommendation: Recommendation, main: Recommendation, by: Any) -> Recommendation:
    """Answer `recommendation` together with `main`, which says the same; both authors are told.

    Neither learns who the other is. Raises NotYours, WrongState, Incomplete, Refused.
    """
    first, second = sorted([recommendation.pk, main.pk])  # always locked in one order
    locked = {pk: lock(pk) for pk in (first, second)}
    item, main = locked[recommendation.pk], locked[main.pk]
    must_be("officer", by, main)
    RECOMMENDATION.move(item, "join", by=by)
    _must_fit(item, main)
    item.duplicate_of, item.owner = main, None
    _follow(item, main, by)
    record("recommendations.joined", item, by=by, main=main.pk)
    for one in (item, main):
        tell("recommendations.joined", submitters_of(one), one)
    return item


def _must_fit(item: Recommendation, main: Recommendation) -> None:
    """Refuse a pair that one answer cannot serve, and say which way round it could."""
    if item.pk == main.pk:
        raise Incomplete(_("This is the same recommendation."))
    if main.state not in MAIN:
        raise WrongState(
            _("The other one is not open any more, or its answer waits for clearance.")
        )
    if Level.NAMED_OFFICERS in (item.level, main.level):
        raise Refused(_("What only named officers see is answered on its own."))
    if not fits(item, main):
        raise Refused(_("Fewer people may read the other one. Join that one to this one instead."))
    if Recommendation.objects.unguarded(WHY).joined_to(item).in_state(S.JOINED).exists():
        raise Refused(_("Others are answered with this one. Join the other one to this one."))
    if main.owner is not None and has_stake(main.owner, item):
        raise Refused(_("The owner of the other one belongs to who submitted this one."))
    if answer_in_work(item) is not None:
        raise Refused(_("Its answer is being written. Join the other one to this one instead."))


def fits(item: Recommendation, main: Recommendation) -> bool:
    """Tell whether what is written for the readers of `main` may be read by those of `item`."""
    if Level.NAMED_OFFICERS in (item.level, main.level):
        return False
    return main.level <= Level.UNNAMED or item.level > Level.UNNAMED


@transaction.atomic
def separate(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Answer a joined item on its own again: it waits for an owner; both authors are told."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "separate", by=by)
    _leave(item, by)
    return item


def _leave(item: Recommendation, by: Any) -> None:
    main = item.duplicate_of
    item.duplicate_of = item.owner = None
    item.acknowledge_by = first_day()
    let_clock_run(item, by)
    item.save()
    record("recommendations.separated", item, by=by)
    tell("recommendations.separated", submitters_of(item), item)
    if main is not None:
        tell("recommendations.separated", submitters_of(main), main)
    tell("recommendations.to_assign", triage_for(item), item)


# What follows the one that is answered. The caller holds the lock of `main`. -------------------
def release(main: Recommendation, by: Any, *, all_of_them: bool = True) -> None:
    """Send the items joined to `main` back to the desk; or those only that do not fit any more."""
    for item in _joined(main):
        if all_of_them or not fits(item, main):
            RECOMMENDATION.move(item, "separate", by=ALONG)
            _leave(item, by)


def leave_if_unfit(item: Recommendation, by: Any) -> None:
    """Separate a joined item whose author closed it to named officers; the caller holds its lock."""
    if item.state == S.JOINED and item.level == Level.NAMED_OFFICERS:
        RECOMMENDATION.move(item, "separate", by=ALONG)
        _leave(item, by)


def carry_clock(main: Recommendation, by: Any) -> None:
    """Let the clocks of the items joined to `main` show its days."""
    for item in _joined(main):
        before = item.answer_by
        first = item.assigned_at is None and main.assigned_at is not None
        _follow(item, main, by)
        if first:
            tell("recommendations.taken_up", submitters_of(item), item)
        elif before != item.answer_by:
            tell("recommendations.day_moved", submitters_of(item), item)


def _follow(item: Recommendation, main: Recommendation, by: Any) -> None:
    assert main.answer_by is not None  # noqa: S101 - a constraint of the table: it was sent
    move_day(item, main.answer_by, reason=ClockReason.JOINED, by=by)
    item.paused_at = main.paused_at
    item.assigned_at = item.assigned_at or main.assigned_at
    item.save()


def answer_along(main: Recommendation, answer: Answer, by: Any) -> None:
    """Let the answer to `main` that goes out now stand for the items joined to it."""
    release(main, by, all_of_them=False)
    for item in list(_joined(main)):  # all are locked before anybody hears of one
        copy = Answer(recommendation=item, **{name: getattr(answer, name) for name in COPIED})
        copy.save()
        copy.writers.set(answer.writers.all())
        item.position = answer.position
        item.published_at = item.published_at or answer.published_at
        if answer.position != Position.NOTED:
            RECOMMENDATION.move(item, "answer_along", by=ALONG)
        item.save()
        record("recommendations.answered_along", item, by=by, position=answer.position)
        tell("recommendations.answered", submitters_of(item), item)
        signals.recommendation_answered.send(
            Recommendation, recommendation=item, answer=copy, by=by
        )


def reopen_along(main: Recommendation, by: Any) -> None:
    """Open the items that were answered with `main` together with it."""
    for item in _joined(main, S.ANSWERED):
        RECOMMENDATION.move(item, "reopen_along", by=ALONG)
        _follow(item, main, by)
        record("recommendations.reopened", item, by=by, answer_by=item.answer_by)


def report_along(main: Recommendation, report: ProgressReport, by: Any) -> None:
    """Let what the Office reports on `main` stand for the items that were answered with it."""
    for item in (*_joined(main), *_joined(main, S.ANSWERED)):
        if item.published_at is None or not fits(item, main):
            continue
        copy = ProgressReport.objects.create(
            recommendation=item, side=report.side, progress=report.progress, text=report.text,
            reported_by=report.reported_by, reported_at=report.reported_at,
        )  # fmt: skip
        item.progress = report.progress
        item.save(update_fields=["progress"])
        record("recommendations.progress_reported", item, by=by, side=report.side,
               progress=report.progress)  # fmt: skip
        tell("recommendations.moved", submitters_of(item), item)
        signals.progress_reported.send(Recommendation, recommendation=item, report=copy, by=by)


def _joined(main: Recommendation, state: str = S.JOINED) -> Iterator[Recommendation]:
    """Yield the items that follow `main`, locked; of the answered ones those that still fit."""
    found = Recommendation.objects.unguarded(WHY).joined_to(main).in_state(state)
    for pk in list(found.order_by("pk").values_list("pk", flat=True)):
        item = lock(pk)
        follows = item.state == state and item.duplicate_of_id == main.pk
        if follows and (state == S.JOINED or fits(item, main)):
            yield item
