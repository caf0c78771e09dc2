"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.confidentiality import Level
from foundation.web.waiting import Waiting, end_of_day
from meetings.enums import InvitationStyle
from meetings.enums import MeetingState as S
from meetings.models import Commitment, Meeting, Participant

MOST = 10
SOON = timedelta(days=14)


def meetings_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, choose, assign, propose, write down or do."""
    if user.is_office:
        yield from _at_the_desk(user)
        yield from _commitments(user)
    yield from _of_the_requester(user)
    yield from _of_the_participant(user)


def _of_the_requester(user: Any) -> Iterator[Waiting]:
    mine = Meeting.objects.owned_by(user).in_state(S.DRAFT, S.PROPOSED)
    for meeting in mine.newest_first()[:MOST]:
        sentence = (
            _("Finish “%(title)s” and send it")
            if meeting.state == S.DRAFT
            else _("Choose a time for “%(title)s”")
        )
        yield _waiting(sentence, meeting, meeting.get_absolute_url())


def _of_the_participant(user: Any) -> Iterator[Waiting]:
    """A meeting that stands, and nobody knows yet how the person wants to be invited."""
    unasked = Participant.objects.visible_to(user).present().of(user)
    unasked = unasked.filter(style=InvitationStyle.NOT_ASKED, meeting_id=OuterRef("pk"))
    ahead = Meeting.objects.visible_to(user).in_state(S.CONFIRMED)
    ahead = ahead.filter(Exists(unasked), ends_at__gt=timezone.now())
    for meeting in ahead.soonest_first()[:MOST]:
        sentence = _("Say how you want to be invited to “%(title)s”")
        yield _waiting(sentence, meeting, meeting.get_absolute_url(), meeting.starts_at)


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    over = Q(state=S.CONFIRMED, ends_at__lte=timezone.now())
    waits = (Q(state__in=(S.ASSIGNED, S.HELD)) | over) & Q(owner_id=user.pk)
    if user.has_role(StaffRole.ENGAGEMENT_OFFICER):
        waits |= Q(state=S.REQUESTED)
    if user.has_role(StaffRole.APPROVER):
        waits |= Q(state=S.REQUESTED, level=Level.NAMED_OFFICERS)
    sentences = {
        S.REQUESTED: _("Find an owner for “%(title)s”"),
        S.ASSIGNED: _("Propose times for “%(title)s”"),
        S.CONFIRMED: _("Write down who came to “%(title)s”"),
        S.HELD: _("Write the note of “%(title)s”"),
    }
    meetings = Meeting.objects.visible_to(user).for_the_desk(user).filter(waits)
    for meeting in meetings.most_urgent_first()[:MOST]:
        due = end_of_day(meeting.answer_by) if meeting.starts_at is None else meeting.ends_at
        url = reverse("meetings:item", args=[meeting.pk])
        yield _waiting(sentences[S(meeting.state)], meeting, url, due)


def _commitments(user: Any) -> Iterator[Waiting]:
    own = Commitment.objects.visible_to(user).for_the_desk(user).filter(owner_id=user.pk)
    own = own.due_within(timezone.now().date() + SOON).most_urgent_first()
    for one in own.select_related("meeting")[:MOST]:
        url = reverse("meetings:item", args=[one.meeting_id])
        sentence = _("Do what was undertaken at “%(title)s”")
        yield _waiting(sentence, one.meeting, url, end_of_day(one.due))


def _waiting(sentence: str, meeting: Meeting, url: str, due: Any = None) -> Waiting:
    return Waiting(sentence % {"title": meeting.headline()}, url, meeting.state_label, due)
