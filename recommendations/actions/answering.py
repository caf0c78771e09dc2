"""The answer: drafted, cleared by a second person, published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.web.forms import EditConflict, claim_version
from foundation.workflow import WrongState
from recommendations import signals
from recommendations.actions.joining import answer_along, carry_clock, reopen_along
from recommendations.actions.parts import (
    Incomplete,
    answer_in_work,
    lock,
    move_day,
    must_be,
    usual_day,
    write,
)
from recommendations.enums import ANSWERS, REFUSING, ClockReason, MessageKind, Position
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Recommendation
from recommendations.notifications import tell
from recommendations.rules import office_for, submitters_of
from recommendations.transitions import RECOMMENDATION

FIELDS = ("position", "reason", "referred_to", "language", "text", "evidence")


@transaction.atomic
def draft_answer(
    *, recommendation: Recommendation, values: Mapping[str, Any], version: int, by: Any
) -> Answer:
    """Write the answer in work (`version` 0 for a new one) and return it.

    `values`: position, reason, referred_to, language, text, evidence. A refusal names its reason,
    "already being done" its evidence, a referral its addressee: Incomplete without. EditConflict
    when somebody else saved since `version`.
    """
    item = lock(recommendation.pk)
    must_be("officer", by, item)
    if item.state != S.ASSIGNED:
        raise WrongState(_("An answer is written while the item is with its owner."))
    kept = _fitting(values)
    answer = answer_in_work(item)
    if answer is None:
        answer = Answer(recommendation=item, version=1)
        if version:
            raise EditConflict  # published meanwhile, or never there
    else:
        claim_version(answer, version)
    for name in FIELDS:
        setattr(answer, name, kept[name])
    answer.drafted_by = by
    answer.save()
    answer.writers.add(by)
    record("recommendations.answer_drafted", item, by=by, position=answer.position)
    return answer


def _fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an answer, those emptied that its position does not use."""
    position = values["position"]
    if position not in ANSWERS:
        raise Incomplete(_("Choose a position."))
    if not values["text"].strip():
        raise Incomplete(_("An answer has a text, whatever the position."))
    kept: dict[str, Any] = {name: values.get(name) for name in FIELDS}
    kept["evidence"] = kept["evidence"] or ""
    if position in REFUSING:
        if kept["reason"] is None:
            raise Incomplete(_("Choose the reason: a refusal has one from the list, and its text."))
    else:
        kept["reason"] = None
    if position == Position.ALREADY and not kept["evidence"].strip():
        raise Incomplete(_("Say where it can be seen that it is already being done."))
    if position == Position.REFERRED and kept["referred_to"] is None:
        raise Incomplete(_("Say to whom it is referred."))
    if position != Position.REFERRED:
        kept["referred_to"] = None
    return kept


@transaction.atomic
def propose_answer(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Send the answer in work for clearance; it cannot change until it comes back."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "propose", by=by)
    if answer_in_work(item) is None:
        raise Incomplete(_("Write the answer first."))
    item.save()
    record("recommendations.proposed", item, by=by)
    tell("recommendations.to_clear", office_for(item, StaffRole.APPROVER), item, but=by)
    return item


@transaction.atomic
def give_back(*, recommendation: Recommendation, text: str, by: Any) -> Recommendation:
    """Give the answer back with a note on what to change."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "give_back", by=by)
    write(item, MessageKind.NOTE, text, by)
    item.save()
    record("recommendations.given_back", item, by=by)
    tell("recommendations.given_back", [item.owner], item, but=by)
    return item


@transaction.atomic
def clear_answer(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Clear the answer as it stands. Nobody clears what they wrote: NotYours."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "clear", by=by)
    answer = _must_stand(item)
    answer.cleared_by, answer.cleared_at = by, timezone.now()
    answer.save(update_fields=["cleared_by", "cleared_at"])
    item.save()
    record("recommendations.cleared", item, by=by)
    tell("recommendations.cleared", [item.owner], item, but=by)
    return item


@transaction.atomic
def recall_answer(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Take a cleared answer back to change it; it must be cleared again."""
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "recall", by=by)
    answer = _must_stand(item)
    answer.cleared_by = answer.cleared_at = None
    answer.save(update_fields=["cleared_by", "cleared_at"])
    item.save()
    record("recommendations.recalled", item, by=by)
    return item


@transaction.atomic
def publish_answer(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Publish the cleared answer: the submitters are told, and everyone if they chose so.

    "Noted" never closes an item: it stays with its owner and its clock starts again.
    """
    item = lock(recommendation.pk)
    must_be("officer", by, item)
    answer = answer_in_work(item)
    noted = answer is not None and answer.position == Position.NOTED
    RECOMMENDATION.move(item, "publish_and_keep_open" if noted else "publish", by=by)
    answer = _must_stand(item)
    if answer.cleared_at is None:
        raise WrongState(_("The answer was not cleared."))
    now = timezone.now()
    answer.published_by, answer.published_at = by, now
    answer.save(update_fields=["published_by", "published_at"])
    item.position = answer.position
    item.published_at = item.published_at or now
    if noted:
        move_day(item, usual_day(), reason=ClockReason.AGAIN, by=by)
    item.save()
    record("recommendations.published", item, by=by, answer=answer.pk, position=answer.position)
    tell("recommendations.answered", submitters_of(item), item)
    answer_along(item, answer, by)
    carry_clock(item, by)
    # Last: who hears it locks rows of its own, and every row of this room is locked by then.
    signals.recommendation_answered.send(Recommendation, recommendation=item, answer=answer, by=by)
    return item


@transaction.atomic
def reopen(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """Open an answered item for another answer; the one that stands stays readable.

    What was answered with it opens with it; what was answered with another goes its own way now.
    """
    item = lock(recommendation.pk)
    RECOMMENDATION.move(item, "reopen", by=by)
    move_day(item, usual_day(), reason=ClockReason.AGAIN, by=by)
    item.duplicate_of = None
    item.save()
    reopen_along(item, by)
    record("recommendations.reopened", item, by=by, answer_by=item.answer_by)
    return item


def _must_stand(item: Recommendation) -> Answer:
    answer = answer_in_work(item)
    if answer is None:
        raise WrongState(_("There is no answer in work."))
    return answer
