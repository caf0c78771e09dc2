"""What became of it, and which officers may see an item of the highest level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from organizations.querysets.parts import is_approver
from recommendations import signals
from recommendations.actions.joining import report_along
from recommendations.actions.parts import Incomplete, lock
from recommendations.enums import Progress, Side
from recommendations.enums import RecommendationState as S
from recommendations.models import NamedReader, ProgressReport, Recommendation
from recommendations.notifications import tell
from recommendations.rules import has_stake, roles_of, submitters_of

WHY = "who is named already"


@transaction.atomic
def report_progress(
    *, recommendation: Recommendation, progress: str, text: str, by: Any
) -> ProgressReport:
    """Say what has happened on the ground, for the side that `by` stands on.

    The Office's report sets the item's progress; the submitter's stands beside it and changes
    nothing. Possible once an answer went out. Raises NotYours, WrongState, Incomplete.
    """
    item = lock(recommendation.pk)
    side = _side(by, item)
    if item.published_at is None or item.state == S.WITHDRAWN:
        raise WrongState(_("Progress is reported once there is an answer."))
    if progress not in Progress.values:
        raise Incomplete(_("Say what has happened."))
    if side == Side.OFFICE and not text.strip():
        raise Incomplete(_("Say in a sentence what has happened: the submitter reads it."))
    report = ProgressReport.objects.create(
        recommendation=item, side=side, progress=progress, text=text, reported_by=by
    )
    record("recommendations.progress_reported", item, by=by, side=side, progress=progress)
    if side == Side.OFFICE:
        item.progress = progress
        item.save(update_fields=["progress"])
        tell("recommendations.moved", submitters_of(item), item)
        report_along(item, report, by)
    else:
        tell("recommendations.moved", [item.owner], item, but=by)
    signals.progress_reported.send(Recommendation, recommendation=item, report=report, by=by)
    return report


def _side(by: Any, item: Recommendation) -> Side:
    roles = roles_of(by, item)
    if "officer" in roles:
        return Side.OFFICE
    if "submitter" in roles:
        return Side.SUBMITTER
    raise NotYours(_("You may not do this."))


@transaction.atomic
def name_readers(*, recommendation: Recommendation, officers: Iterable[Any], by: Any) -> None:
    """Set who of the staff may see an item of the level "named officers only"; approvers do this."""
    item = lock(recommendation.pk)
    _must_name(by, item)
    chosen = {officer.pk: officer for officer in officers}
    if item.owner_id and item.owner_id not in chosen and not is_approver(item.owner):
        raise Refused(_("The owner must be able to see it. Assign it to somebody else first."))
    for officer in chosen.values():
        if not officer.is_office or has_stake(officer, item):
            raise Refused(_("Only staff of the Office without a stake in it can be named."))
    present = NamedReader.objects.unguarded(WHY).about(item)
    present.exclude(user_id__in=chosen).delete()
    for pk in chosen.keys() - set(present.values_list("user_id", flat=True)):
        NamedReader.objects.create(recommendation=item, user_id=pk, named_by=by)
    record("recommendations.readers_named", item, by=by, count=len(chosen))


def add_reader(item: Recommendation, officer: Any, by: Any) -> bool:
    """Name one more officer where `by` may; the caller holds the item's lock."""
    if not is_approver(by) or "officer" not in roles_of(by, item):
        return False
    NamedReader.objects.create(recommendation=item, user=officer, named_by=by)
    record("recommendations.readers_named", item, by=by, count=1)
    return True


def _must_name(by: Any, item: Recommendation) -> None:
    if not is_approver(by) or "officer" not in roles_of(by, item):
        raise NotYours(_("Only an approver may name officers."))
