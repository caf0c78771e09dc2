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
from foundation.web.waiting import MOST, Group, Rest, Waiting, end_of_day
from meetings.enums import InvitationStyle
from meetings.enums import MeetingState as S
from meetings.models import Commitment, Meeting, Participant

SOON = timedelta(days=14)


def meetings_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, choose, assign, propose, write down or do."""
    if user.is_office:
        yield from _at_the_desk(user)
        yield from _commitments(user)
    yield from _of_the_requester(user)
    yield from _of_the_participant(user)


def _of_the_requester(user: Any) -> Iterator[Waiting]:
    rest = Rest(_("All your meetings"), reverse("meetings:list"))
    kinds = (
        (S.PROPOSED, Group.ANSWER, _("Choose a time for “%(title)s”")),
        (S.DRAFT, Group.FINISH, _("Finish “%(title)s” and send it")),
    )
    for state, group, sentence in kinds:
        for meeting in Meeting.objects.owned_by(user).in_state(state).newest_first()[: MOST + 1]:
            words = sentence % {"title": meeting.headline()}
            url = meeting.get_absolute_url()
            yield Waiting(words, url, meeting.state_label, group=group, rest=rest)


def _of_the_participant(user: Any) -> Iterator[Waiting]:
    """A meeting that stands, and nobody knows yet how the person wants to be invited."""
    unasked = Participant.objects.visible_to(user).present().of(user)
    unasked = unasked.filter(style=InvitationStyle.NOT_ASKED, meeting_id=OuterRef("pk"))
    ahead = Meeting.objects.visible_to(user).in_state(S.CONFIRMED)
    ahead = ahead.filter(Exists(unasked), ends_at__gt=timezone.now())
    for meeting in ahead.soonest_first()[: MOST + 1]:
        words = _("Say how you want to be invited to “%(title)s”") % {"title": meeting.headline()}
        url = meeting.get_absolute_url()
        yield Waiting(words, url, meeting.state_label, meeting.starts_at, Group.ANSWER)


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    desk = Meeting.objects.visible_to(user).for_the_desk(user)
    for waits, group, sentence, rest in _kinds(user):
        for meeting in desk.filter(waits).most_urgent_first()[: MOST + 1]:
            met = meeting.starts_at is not None
            yield Waiting(
                sentence % {"title": meeting.headline()},
                reverse("meetings:item", args=[meeting.pk]),
                meeting.state_label,
                meeting.ends_at if met else end_of_day(meeting.answer_by),
                group,
                rest,
            )


def _kinds(user: Any) -> Iterator[tuple[Q, Group, str, Rest]]:
    """Yield what waits for this member of staff: which meetings, to do what, and their list."""
    unowned = Rest(_("All without an owner"), _view("unowned"))
    mine = Rest(_("All of yours that are open"), _view("mine"))
    if user.has_role(StaffRole.ENGAGEMENT_OFFICER):
        yield Q(state=S.REQUESTED), Group.DECIDE, _("Find an owner for “%(title)s”"), unowned
    elif user.has_role(StaffRole.APPROVER):
        named = Q(state=S.REQUESTED, level=Level.NAMED_OFFICERS)
        yield named, Group.DECIDE, _("Find an owner for “%(title)s”"), unowned
    own, over = Q(owner_id=user.pk), Q(state=S.CONFIRMED, ends_at__lte=timezone.now())
    yield Q(state=S.ASSIGNED) & own, Group.ANSWER, _("Propose times for “%(title)s”"), mine
    yield over & own, Group.DO, _("Write down who came to “%(title)s”"), mine
    yield Q(state=S.HELD) & own, Group.DO, _("Write the note of “%(title)s”"), mine


def _commitments(user: Any) -> Iterator[Waiting]:
    own = Commitment.objects.visible_to(user).for_the_desk(user).filter(owner_id=user.pk)
    own = own.due_within(timezone.now().date() + SOON).most_urgent_first()
    for one in own.select_related("meeting")[: MOST + 1]:
        words = _("Do what was undertaken at “%(title)s”") % {"title": one.meeting.headline()}
        url = reverse("meetings:item", args=[one.meeting_id])
        yield Waiting(words, url, one.meeting.state_label, end_of_day(one.due))


def _view(name: str) -> str:
    return f"{reverse('meetings:list')}?view={name}"
