"""What waits for whom, and what the clock reminds of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from meetings import tasks
from meetings.enums import InvitationStyle
from meetings.enums import MeetingState as S
from meetings.models import Meeting
from meetings.waiting import meetings_waiting_for
from tests.factories import make_approver, make_membership, make_officer, make_user
from tests.meetings.factories import (
    make_commitment,
    make_contributor,
    make_meeting,
    take_part,
)

pytestmark = pytest.mark.django_db


def waits(user: Any) -> list[str]:
    return [one.sentence.partition("“")[0].strip() for one in meetings_waiting_for(user)]


@pytest.mark.parametrize(
    ("state", "sentence"), [(S.DRAFT, "Finish"), (S.PROPOSED, "Choose a time for")]
)
def test_who_asked_is_waited_for(state: str, sentence: str) -> None:
    meeting = make_meeting(state=state)
    assert waits(meeting.created_by) == [sentence]
    assert waits(make_user()) == []


@pytest.mark.parametrize(
    ("state", "days", "sentence"),
    [
        (S.ASSIGNED, None, "Propose times for"),
        (S.CONFIRMED, -1, "Write down who came to"),
        (S.HELD, None, "Write the note of"),
    ],
)
def test_owner_is_waited_for(state: str, days: int | None, sentence: str) -> None:
    meeting = make_meeting(state=state, days=days)
    assert waits(meeting.owner) == [sentence]
    assert waits(make_officer()) == []


def test_new_ask_waits_for_officers_above_their_level_for_approvers() -> None:
    officer, approver = make_officer(), make_approver()
    make_meeting()
    assert (waits(officer), waits(approver)) == (["Find an owner for"], [])
    make_meeting(level=Level.NAMED_OFFICERS)
    assert (waits(officer), waits(approver)) == (["Find an owner for"], ["Find an owner for"])


def test_meeting_ahead_waits_for_nobody() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    assert waits(meeting.owner) == []


def test_participant_who_was_not_asked_is_waited_for_until_they_choose() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting, user=make_contributor(meeting.organization))
    assert waits(one.user) == ["Say how you want to be invited to"]
    one.style = InvitationStyle.NO_MAIL
    one.save()
    assert waits(one.user) == []


def test_commitment_waits_for_who_is_to_do_it() -> None:
    meeting = make_meeting(state=S.FILED)
    make_commitment(meeting)
    make_commitment(meeting, due=timezone.now().date() + timedelta(days=60))
    assert waits(meeting.owner) == ["Do what was undertaken at"]
    make_membership(meeting.owner, meeting.organization, role="contributor")
    assert waits(meeting.owner) == [], "who has a stake does not work on it any more"


def test_clock_reminds_once_and_only_who_may_see_it() -> None:
    soon = timezone.now().date() + timedelta(days=2)
    meeting = make_meeting(state=S.ASSIGNED)
    closed = make_meeting(state=S.ASSIGNED, level=Level.NAMED_OFFICERS)  # its owner is not named
    Meeting.objects.unguarded("test").update(answer_by=soon)
    make_commitment(make_meeting(state=S.FILED, owner=meeting.owner), due=soon)
    make_commitment(meeting, owner=closed.owner, due=soon + timedelta(days=5))
    for _ in range(2):
        tasks.remind_of_answers()
        tasks.remind_of_commitments()
    told = Notice.objects.filter(recipient_id=meeting.owner.pk).values_list("kind", flat=True)
    assert sorted(told) == ["meetings.commitment_due", "meetings.due_soon"]
    assert not Notice.objects.filter(recipient_id=closed.owner.pk).exists()
