"""Who is on the list, who came, the note to the file, what was undertaken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, Refused, WrongState
from meetings import actions
from meetings.enums import MeetingState as S
from meetings.enums import Side
from meetings.models import Meeting, Note, Participant
from meetings.rules import people_of
from tests.factories import (
    make_approver,
    make_officer,
    make_user,
)
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    take_part,
)

pytestmark = pytest.mark.django_db
TIMES: dict[str, Any] = {"zone": "Europe/Vienna", "place": "Hall"}


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.unguarded("test").get(pk=meeting.pk)


def begin_the(meeting: Meeting) -> None:
    """Let the moment of meeting be past."""
    rows = Meeting.objects.unguarded("test").filter(pk=meeting.pk)
    rows.update(starts_at=at(-1), ends_at=at(-1, 10))


def test_each_side_lists_its_own_people() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    person = {"meeting": meeting, "name": "Ilo", "function": "Head"}
    actions.add_participant(side=Side.OFFICE, by=meeting.owner, user=meeting.owner, **person)
    actions.add_participant(
        side=Side.REQUESTER, by=meeting.created_by, user=meeting.created_by, **person
    )
    for side, by in ((Side.REQUESTER, meeting.owner), (Side.OFFICE, meeting.created_by)):
        with pytest.raises(NotYours):
            actions.add_participant(side=side, by=by, **person)
        other = Participant.objects.unguarded("test").filter(side=side).first()
        with pytest.raises(NotYours):
            actions.remove_participant(participant=other, by=by)


def test_account_on_the_list_is_of_somebody_who_sees_the_meeting() -> None:
    meeting = make_meeting(state=S.ASSIGNED, level=Level.NAMED_OFFICERS, owner=make_approver())
    officer, colleague = make_officer(), make_contributor(meeting.organization)
    person = {"meeting": meeting, "name": "Ilo", "function": ""}
    for side, by, user in (
        (Side.OFFICE, meeting.owner, officer),
        (Side.REQUESTER, meeting.created_by, make_user()),
        (Side.REQUESTER, meeting.created_by, meeting.owner),
    ):
        with pytest.raises(Refused, match="can see"):
            actions.add_participant(side=side, by=by, user=user, **person)
    assert set(people_of(meeting, Side.REQUESTER)) == {meeting.created_by, colleague}
    actions.name_readers(meeting=meeting, officers=[officer], by=meeting.owner)
    assert officer in people_of(meeting, Side.OFFICE)
    actions.add_participant(side=Side.OFFICE, by=meeting.owner, user=officer, **person)
    with pytest.raises(Refused, match="already"):
        actions.add_participant(side=Side.OFFICE, by=meeting.owner, user=officer, **person)


@pytest.mark.parametrize("state", [S.HELD, S.FILED, S.DECLINED, S.CANCELLED, S.WITHDRAWN])
def test_list_of_a_meeting_that_is_over_stays(state: str) -> None:
    meeting = make_meeting(state=state)
    one = Participant.objects.unguarded("test").about(meeting).get()
    with pytest.raises(WrongState):
        actions.remove_participant(participant=one, by=meeting.created_by)
    with pytest.raises(WrongState):
        actions.add_participant(
            meeting=meeting, name="Ilo", function="", side=Side.REQUESTER, by=meeting.created_by
        )


def test_consent_is_given_and_taken_back_at_any_time() -> None:
    meeting = make_meeting(state=S.FILED)
    one = take_part(meeting, user=make_contributor(meeting.organization))
    for by, agreed in ((meeting.created_by, True), (one.user, False)):
        after = actions.agree_to_be_named(participant=one, agreed=agreed, by=by)
        assert after.may_be_named is agreed
    for by in (meeting.owner, make_contributor(meeting.organization), make_user()):
        with pytest.raises(NotYours):
            actions.agree_to_be_named(participant=one, agreed=True, by=by)
    for agreed in (True, False):
        after = actions.agree_to_be_counted(meeting=meeting, agreed=agreed, by=meeting.created_by)
        assert after.may_be_counted is agreed
    for by in (meeting.owner, one.user):
        with pytest.raises(NotYours):
            actions.agree_to_be_counted(meeting=meeting, agreed=True, by=by)


def test_nobody_chooses_for_others_how_they_are_told() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    for by in (meeting.owner, make_contributor(meeting.organization), make_user()):
        with pytest.raises(NotYours):
            actions.choose_style(participant=one, style="neutral", by=by)
    for style in ("not_asked", "pigeon"):
        with pytest.raises(actions.Incomplete):
            actions.choose_style(participant=one, style=style, by=meeting.created_by)


def test_nobody_writes_down_who_came_before_the_meeting() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    with pytest.raises(Refused, match="not begun"):
        actions.hold(meeting=meeting, attended=[], by=meeting.owner)


def test_attendance_is_of_the_people_on_the_list() -> None:
    meeting = make_meeting(state=S.CONFIRMED, days=-1)
    here = make_participant(meeting)
    gone = make_participant(meeting, removed_at=timezone.now())
    stranger = make_participant(make_meeting())
    for one in (gone, stranger):
        with pytest.raises(Refused, match="not on the list"):
            actions.hold(meeting=meeting, attended=[here, one], by=meeting.owner)
    actions.hold(meeting=meeting, attended=[here], by=meeting.owner)
    rows = Participant.objects.unguarded("test")
    assert rows.filter(attended=True).get() == here
    assert rows.filter(attended=False).count() == 1
    assert set(rows.filter(attended=None)) > {gone, stranger}


def test_note_is_written_once_met_and_fixed_once_filed() -> None:
    meeting = make_meeting(state=S.HELD)
    with pytest.raises(actions.Incomplete):
        actions.file_note(meeting=meeting, by=meeting.owner)
    note = {"meeting": meeting, "by": meeting.owner}
    actions.draft_note(values={"points": "One."}, version=0, **note)
    with pytest.raises(EditConflict):
        actions.draft_note(values={"points": "Two."}, version=0, **note)
    actions.draft_note(values={"replies": "Three."}, version=1, **note)
    actions.file_note(**note)
    with pytest.raises(WrongState):
        actions.draft_note(values={"points": "Four."}, version=2, **note)
    kept = Note.objects.unguarded("test").get()
    assert (kept.points, kept.replies, kept.version) == ("One.", "Three.", 2)
    early = make_meeting(state=S.CONFIRMED)
    with pytest.raises(WrongState):
        actions.draft_note(meeting=early, values={}, version=0, by=early.owner)


def test_commitment_is_told_to_who_asked_and_done_once() -> None:
    meeting = make_meeting(state=S.FILED)
    due = timezone.now().date()
    add = {"meeting": meeting, "text": "Visit.", "by": meeting.owner}
    with pytest.raises(Refused, match="may not see"):
        actions.add_commitment(owner=meeting.created_by, due=due, **add)
    with pytest.raises(actions.Incomplete, match="past"):
        actions.add_commitment(owner=meeting.owner, due=due - timedelta(days=1), **add)
    one = actions.add_commitment(owner=meeting.owner, due=due, **add)
    with pytest.raises(NotYours):
        actions.finish_commitment(commitment=one, note="Done.", by=meeting.created_by)
    with pytest.raises(actions.Incomplete):
        actions.finish_commitment(commitment=one, note=" ", by=meeting.owner)
    actions.finish_commitment(commitment=one, note="We went.", by=meeting.owner)
    with pytest.raises(WrongState):
        actions.finish_commitment(commitment=one, note="Again.", by=meeting.owner)
    told = Notice.objects.filter(recipient_id=meeting.created_by.pk).values_list("kind", flat=True)
    assert sorted(told) == ["meetings.commitment_done", "meetings.committed"]
    early = make_meeting(state=S.CONFIRMED)
    with pytest.raises(WrongState):
        actions.add_commitment(meeting=early, text="x", owner=early.owner, due=due, by=early.owner)
