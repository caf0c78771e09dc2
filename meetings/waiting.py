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
    kinds = (
        (S.PROPOSED, Group.ANSWER, _("Choose a time for “%(title)s”")),
        (S.DRAFT, Group.FINISH, _("Finish “%(title)s” and send it")),
    )
    for state, group, sentence in kinds:
        mine = Meeting.objects.owned_by(user).in_state(state).newest_first()
        for meeting in mine[: MOST + 1]:
            url = meeting.get_absolute_url()
            yield _waiting(sentence, meeting, url, group=group, rest=_own())


def _of_the_participant(user: Any) -> Iterator[Waiting]:
    """A meeting that stands, and nobody knows yet how the person wants to be invited."""
    unasked = Participant.objects.visible_to(user).present().of(user)
    unasked = unasked.filter(style=InvitationStyle.NOT_ASKED, meeting_id=OuterRef("pk"))
    ahead = Meeting.objects.visible_to(user).in_state(S.CONFIRMED)
    ahead = ahead.filter(Exists(unasked), ends_at__gt=timezone.now())
    sentence = _("Say how you want to be invited to “%(title)s”")
    for meeting in ahead.soonest_first()[: MOST + 1]:
        url = meeting.get_absolute_url()
        yield _waiting(sentence, meeting, url, meeting.starts_at, Group.ANSWER, _own())


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    sentences = {
        S.REQUESTED: _("Find an owner for “%(title)s”"),
        S.ASSIGNED: _("Propose times for “%(title)s”"),
        S.CONFIRMED: _("Write down who came to “%(title)s”"),
        S.HELD: _("Write the note of “%(title)s”"),
    }
    desk = Meeting.objects.visible_to(user).for_the_desk(user)
    for waits, group, rest in _kinds(user):
        for meeting in desk.filter(waits).most_urgent_first()[: MOST + 1]:
            due = end_of_day(meeting.answer_by) if meeting.starts_at is None else meeting.ends_at
            url = reverse("meetings:item", args=[meeting.pk])
            yield _waiting(sentences[S(meeting.state)], meeting, url, due, group, rest)


def _kinds(user: Any) -> Iterator[tuple[Q, Group, Rest]]:
    """Yield what waits for this member of staff: which meetings, to do what, and their list."""
    over = Q(state=S.CONFIRMED, ends_at__lte=timezone.now())
    base = reverse("meetings:list")
    mine = Rest(_("All meetings of yours"), f"{base}?view=mine")
    yield (Q(state__in=(S.ASSIGNED, S.HELD)) | over) & Q(owner_id=user.pk), Group.DO, mine
    unowned = Rest(_("All meetings without an owner"), f"{base}?view=unowned")
    if user.has_role(StaffRole.ENGAGEMENT_OFFICER):
        yield Q(state=S.REQUESTED), Group.DECIDE, unowned
    elif user.has_role(StaffRole.APPROVER):
        yield Q(state=S.REQUESTED, level=Level.NAMED_OFFICERS), Group.DECIDE, unowned


def _commitments(user: Any) -> Iterator[Waiting]:
    own = Commitment.objects.visible_to(user).for_the_desk(user).filter(owner_id=user.pk)
    own = own.due_within(timezone.now().date() + SOON).most_urgent_first()
    sentence = _("Do what was undertaken at “%(title)s”")
    for one in own.select_related("meeting")[: MOST + 1]:
        url = reverse("meetings:item", args=[one.meeting_id])
        yield _waiting(sentence, one.meeting, url, end_of_day(one.due))


def _own() -> Rest:
    return Rest(_("All your meetings"), reverse("meetings:list"))


def _waiting(
    sentence: str,
    meeting: Meeting,
    url: str,
    due: Any = None,
    group: Group = Group.DO,
    rest: Rest | None = None,
) -> Waiting:
    words = sentence % {"title": meeting.headline()}
    return Waiting(words, url, meeting.state_label, due, group, rest)
