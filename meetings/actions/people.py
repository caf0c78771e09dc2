"""Who takes part, and how each wants to be told."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from meetings.actions.inviting import is_ahead, restyle, uninvite, welcome
from meetings.actions.parts import Incomplete, lock, must_say
from meetings.enums import OPEN, InvitationStyle, Side
from meetings.enums import MeetingState as S
from meetings.models import Meeting, Participant
from meetings.rules import may_list, may_see, people_of, side_of

MOST = 40
WHY = "the list of a meeting that the caller may change"


@transaction.atomic
def add_participant(
    *,
    meeting: Meeting,
    name: str,
    function: str,
    side: str,
    by: Any,
    user: Any = None,
    may_be_named: bool = False,
) -> Participant:
    """Put somebody on the list of one's own side and return them; a contributor in a draft only.

    `user`: the person's account, one of `rules.people_of` (they see the meeting by themselves; the
    list opens it to nobody). `may_be_named`: consent to be named in the brief. Raises NotYours,
    WrongState once it was held or is over, Incomplete, Refused.
    """
    meeting = lock(meeting.pk)
    _must_list(by, meeting, side)
    name = must_say(name)
    present = Participant.objects.unguarded(WHY).about(meeting).present()
    if present.count() >= MOST:
        raise Refused(_("Forty people are on the list: that is no meeting any more."))
    if user is not None:
        if present.of(user).exists():
            raise Refused(_("This person is on the list already."))
        if user not in people_of(meeting, side):
            raise Refused(_("Only people who can see this meeting can be told by the portal."))
    participant = Participant.objects.create(
        meeting=meeting,
        side=side,
        name=name,
        function=function.strip(),
        user=user,
        may_be_named=may_be_named,
    )
    record("meetings.participant_added", meeting, by=by, participant=participant.pk, side=side)
    if meeting.state == S.CONFIRMED and is_ahead(meeting):
        welcome(participant)
    return participant


@transaction.atomic
def remove_participant(*, participant: Participant, by: Any) -> None:
    """Take somebody off the list of one's own side; whose calendar holds the meeting gets a file
    that takes it out. A second time nothing happens."""
    meeting = lock(participant.meeting_id)
    participant = Participant.objects.unguarded(WHY).select_related("user").get(pk=participant.pk)
    participant.meeting = meeting
    _must_list(by, meeting, participant.side)
    if participant.removed_at is not None:
        return
    participant.removed_at = timezone.now()
    participant.save(update_fields=["removed_at"])
    record("meetings.participant_removed", meeting, by=by, participant=participant.pk)
    told = participant.user is not None and may_see(participant.user, meeting)
    if told and meeting.state == S.CONFIRMED and is_ahead(meeting):
        uninvite(participant, "meetings.removed")


@transaction.atomic
def choose_style(*, participant: Participant, style: str, by: Any) -> Participant:
    """Say how one wants to be told; the person's own choice only.

    Once a time stands, a file goes out with the choice. Choosing the same again sends nothing.
    Raises NotYours, WrongState for who was taken off the list.
    """
    meeting = lock(participant.meeting_id)
    participant = Participant.objects.unguarded(WHY).select_related("user").get(pk=participant.pk)
    participant.meeting = meeting
    if participant.user_id is None or participant.user_id != by.pk or not may_see(by, meeting):
        raise NotYours(_("Everybody chooses this for themselves."))
    if participant.removed_at is not None:
        raise WrongState(_("You are no longer on the list of this meeting."))
    if style not in InvitationStyle.values or style == InvitationStyle.NOT_ASKED:
        raise Incomplete(_("Choose how you want to be told."))
    before, participant.style = participant.style, style
    participant.save(update_fields=["style"])
    record("meetings.style_chosen", meeting, by=by, participant=participant.pk, style=style)
    if meeting.state == S.CONFIRMED and is_ahead(meeting):
        restyle(participant, before)
    return participant


@transaction.atomic
def agree_to_be_named(*, participant: Participant, agreed: bool, by: Any) -> Participant:
    """Give or take back the consent to be named in the brief, at any time: the person, or who acts
    for their side. Once it is taken back, briefs made before are no longer handed out."""
    meeting = lock(participant.meeting_id)
    participant = Participant.objects.unguarded(WHY).get(pk=participant.pk)
    own = participant.user_id == by.pk and may_see(by, meeting)
    if not own and side_of(by, meeting) != participant.side:
        raise NotYours(_("Each side says for itself who is named."))
    if participant.may_be_named == agreed:
        return participant
    participant.may_be_named = agreed
    if not agreed:
        participant.unnamed_at = timezone.now()
    participant.save(update_fields=["may_be_named", "unnamed_at"])
    record("meetings.naming_agreed", meeting, by=by, participant=participant.pk, agreed=int(agreed))
    return participant


def _must_list(by: Any, meeting: Meeting, side: str) -> None:
    """Raise NotYours or WrongState unless `by` may change the list of this side now."""
    if meeting.state == S.DRAFT:
        own = Side.REQUESTER if may_list(by, meeting) else None
    else:
        own = side_of(by, meeting)
    if own is None or own != side:
        raise NotYours(_("Each side says for itself who comes."))
    if meeting.state not in (S.DRAFT, *OPEN):
        raise WrongState(_("The list can no longer change."))
