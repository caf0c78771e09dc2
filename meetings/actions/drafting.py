"""Beginning and writing the ask for a meeting, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import reading_unguarded
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from meetings.actions.parts import Incomplete, keep, lock
from meetings.actions.talking import keep_owner_reading
from meetings.enums import LEVELS, SlotKind
from meetings.enums import MeetingState as S
from meetings.models import Meeting, Slot
from meetings.moments import Window, check_window
from meetings.rules import hats_of, roles_of
from organizations.models import Expert, Network, Organization
from recommendations.models import Recommendation

MOST_WINDOWS = 10
TEXT_FIELDS = (
    "language",
    "purpose",
    "text",
    "format",
    "place_wished",
    "languages",
    "access_needs",
    "may_be_counted",
)
WHY = "the windows of a draft that is being written"


@transaction.atomic
def begin(
    *,
    level: int,
    by: Any,
    may_be_counted: bool = False,
    organization: Organization | None = None,
    expert: Expert | None = None,
    network: Network | None = None,
) -> Meeting:
    """Return a new draft in the name of a vetted organization or expert, or of a network that `by`
    coordinates; NotYours for others. `may_be_counted`: consent to stand in public totals."""
    allowed = [(hat.organization, hat.expert, hat.network) for hat in hats_of(by)]
    if (organization, expert, network) not in allowed:
        raise NotYours(_("You cannot ask in this name."))
    meeting = Meeting(
        level=_known(level),
        organization=organization,
        expert=expert,
        network=network,
        created_by=by,
        may_be_counted=may_be_counted,
    )
    meeting.save()
    record("meetings.begun", meeting, by=by, level=level)
    return meeting


@transaction.atomic
def edit(
    *, meeting: Meeting, values: Mapping[str, Any], version: int, by: Any, typing: bool = False
) -> Meeting:
    """Write `values` (field name to value) into a draft and return it.

    Everybody of whoever asks may write. `recommendations`: those that `by` sees the inside of;
    links to others, made by a colleague, stay. `typing`: kept while it is typed; only what a person
    saves goes on record. Raises NotYours, WrongState once it was sent, EditConflict when somebody
    else saved since `version`.
    """
    meeting = _draft(meeting, by)
    claim_version(meeting, version)
    for name in TEXT_FIELDS:
        if name in values:
            setattr(meeting, name, values[name])
    meeting.save()
    if "recommendations" in values:
        _link(meeting, values["recommendations"], by)
    if not typing:
        record("meetings.edited", meeting, by=by, version=meeting.version)
    return meeting


def _link(meeting: Meeting, chosen: Iterable[Recommendation], by: Any) -> None:
    """Link what `by` chose; Refused for an item whose inside they do not see."""
    wanted = {one.pk for one in chosen}
    seen = Recommendation.objects.seen_inside_by(by)
    if seen.filter(pk__in=wanted).count() < len(wanted):
        raise Refused(_("You can link recommendations of your own only."))
    with reading_unguarded("links that a colleague made stay, unseen"):
        rows = Meeting.recommendations.through._default_manager.filter(meeting=meeting)
        present = set(rows.values_list("recommendation_id", flat=True))
        mine = set(seen.filter(pk__in=present).values_list("pk", flat=True))
        meeting.recommendations.remove(*(mine - wanted))
        meeting.recommendations.add(*(wanted - present))


@transaction.atomic
def set_windows(*, meeting: Meeting, windows: Iterable[Window], by: Any) -> None:
    """Set the times that suit whoever asks, ten at most; a draft's only.

    Raises NotYours, WrongState, and NoSuchMoment for windows that are over, longer than 31 days or
    that lie over each other.
    """
    meeting = _draft(meeting, by)
    windows = list(windows)
    if len(windows) > MOST_WINDOWS:
        raise Incomplete(_("Ten times are enough."))
    for one in windows:
        check_window(one, now=timezone.now())
    Slot.objects.unguarded(WHY).about(meeting).filter(kind=SlotKind.ASKED).delete()
    keep(meeting, SlotKind.ASKED, windows, round=0)
    record("meetings.windows_set", meeting, by=by, count=len(windows))


@transaction.atomic
def choose_level(*, meeting: Meeting, level: int, version: int, by: Any) -> None:
    """Change who may see the meeting; EditConflict if somebody was faster.

    A draft may go both ways; what was sent can only be closed further. Its owner goes on seeing it.
    """
    meeting = lock(meeting.pk)
    if "requester" not in roles_of(by, meeting):
        raise NotYours(_("Only who acts for those who ask may change who sees it."))
    if meeting.state != S.DRAFT and _known(level) < meeting.level:
        raise Refused(_("What was sent can be shown to fewer people, not to more."))
    claim_version(meeting, version)
    before, meeting.level = meeting.level, _known(level)
    if before == meeting.level:
        return
    meeting.save(update_fields=["level"])
    keep_owner_reading(meeting, by)
    record("meetings.level_changed", meeting, by=by, before=before, level=level)


@transaction.atomic
def agree_to_be_counted(*, meeting: Meeting, agreed: bool, by: Any) -> Meeting:
    """Give or take back the consent to stand in public totals, at any time; who acts for those who
    ask may do this."""
    meeting = lock(meeting.pk)
    if "requester" not in roles_of(by, meeting):
        raise NotYours(_("Only who acts for those who ask may do this."))
    if meeting.may_be_counted != agreed:
        meeting.may_be_counted = agreed
        meeting.save(update_fields=["may_be_counted"])
        record("meetings.counting_agreed", meeting, by=by, agreed=int(agreed))
    return meeting


def _draft(meeting: Meeting, by: Any) -> Meeting:
    """Return the locked draft; NotYours or WrongState where `by` may not write in it."""
    meeting = lock(meeting.pk)
    if not roles_of(by, meeting) & {"requester", "contributor"}:
        raise NotYours(_("Only those in whose name it is asked may do this."))
    if meeting.state != S.DRAFT:
        raise WrongState(_("It was sent already; what is asked can no longer change."))
    return meeting


def _known(level: int) -> int:
    if level not in LEVELS:
        raise Incomplete(_("Choose who may see it."))
    return level
