"""The pages of a meeting's life: times, moves, cancelling, people, note and commitments."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import InvitationStyle, MessageKind, Side, SlotKind
from meetings.enums import MeetingState as S
from meetings.models import CalendarStep, Commitment, Message, Note
from tests.factories import make_officer, make_user
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    make_slot,
    take_part,
)
from tests.meetings.pages import day, fresh, people, row, slots, token, url

pytestmark = pytest.mark.django_db


# Times: proposed, chosen, asked again ---------------------------------------------------------
def test_officer_proposes_and_requester_chooses_by_the_day(client: Client) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    page = client.get(url("propose", meeting)).content.decode()
    assert page.count("<fieldset") == 5
    form = {
        "zone": "Africa/Nairobi",
        "place": "Room 7",
        **row(0, day()),
        **row(3, day(), "15:00", "16:00"),
    }
    form |= {**row(4, day(12)), "note_4": "if the others fail", **token()}
    assert client.post(url("propose", meeting), form).status_code == 302
    assert fresh(meeting).state == S.PROPOSED
    client.force_login(meeting.created_by)
    assert "Choose a time" in client.get(url("detail", meeting)).content.decode()
    page = client.get(url("choose", meeting)).content.decode()
    assert page.count('type="radio"') == 3
    assert len(re.findall(r"<legend>\w+day, ", page)) == 2  # two days, each with its times
    nothing = client.post(url("choose", meeting), token())
    assert nothing.status_code == 422
    assert b"Choose one of the times." in nothing.content
    chosen = slots().filter(kind=SlotKind.PROPOSED).order_by("starts_at")[1]
    for _again in range(2):
        answer = client.post(url("choose", meeting), {"slot": chosen.pk, "token": uuid.UUID(int=7)})
        assert answer.status_code == 302
    meeting = fresh(meeting)
    assert (meeting.state, meeting.starts_at, meeting.place) == (
        S.CONFIRMED,
        chosen.starts_at,
        "Room 7",
    )


def test_slot_of_an_earlier_round_or_of_another_meeting_cannot_be_chosen(client: Client) -> None:
    meeting, other = make_meeting(state=S.PROPOSED), make_meeting(state=S.PROPOSED)
    old = make_slot(meeting, hour=15, round=0)
    client.force_login(meeting.created_by)
    foreign = slots().get(meeting=other, kind=SlotKind.PROPOSED)
    for slot in (old.pk, foreign.pk, "nonsense", "\x00"):
        answer = client.post(url("choose", meeting), {"slot": slot, **token()})
        assert answer.status_code in (400, 422)
    assert fresh(meeting).state == S.PROPOSED


def test_requester_asks_for_other_times_with_windows(client: Client) -> None:
    meeting = make_meeting(state=S.PROPOSED)
    client.force_login(meeting.created_by)
    form = {"zone": "Africa/Nairobi", "text": "Only mornings.", **row(0, day(20), "08:00", "12:00")}
    empty = client.post(url("other_times", meeting), {**form, "text": "", **token()})
    assert empty.status_code == 422
    client.post(url("other_times", meeting), {**form, **token()})
    assert fresh(meeting).state == S.ASSIGNED
    client.force_login(meeting.owner)
    page = client.get(url("propose", meeting)).content.decode()
    assert "08:00</time>" in page  # the latest windows stand beside the form
    assert "Only mornings." in client.get(url("item", meeting)).content.decode()


# Moved, cancelled, declined -------------------------------------------------------------------
def test_move_reads_the_new_time_back_and_says_who_is_told_before_it_acts(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    take_part(meeting, InvitationStyle.NEUTRAL)
    client.force_login(meeting.owner)
    page = client.get(url("move", meeting)).content.decode()
    assert 'value="Africa/Nairobi" selected' in page
    assert 'value="12:00"' in page
    form = {"zone": "Africa/Nairobi", "place": "Room 8", "version": meeting.version}
    form |= {**row(0, day(11), "14:00", "15:00"), **token()}
    asked = client.post(url("move", meeting), form)
    body = asked.content.decode()
    assert asked.status_code == 200
    assert "Move the meeting?" in body
    assert "1 participant is told by the portal" in body
    assert "1 has no account here and is not told" in body
    assert fresh(meeting).place == "Room 7, second floor"
    again = client.post(url("move", meeting), {**form, "again": "yes"}).content.decode()
    assert 'value="14:00"' in again
    assert "Move the meeting?" not in again
    for _twice in range(2):
        done = client.post(url("move", meeting), {**form, "confirmed": "yes"})
        assert done.status_code == 302
    moved = fresh(meeting)
    assert (moved.place, moved.starts_at) == ("Room 8", at(11, 11))
    assert people().get(user__isnull=False).calendar_sequence == 0
    stale = client.post(url("move", meeting), {**form, **token(), "place": "9", "confirmed": "yes"})
    assert stale.status_code == 422
    assert b"What stands now" in stale.content
    assert fresh(meeting).place == "Room 8"


@pytest.mark.parametrize("side", ["requester", "office"])
def test_cancel_needs_a_reason_and_says_who_is_told(client: Client, side: str) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    take_part(meeting, InvitationStyle.NO_MAIL)
    client.force_login(meeting.owner if side == "office" else meeting.created_by)
    page = client.get(url("cancel", meeting)).content.decode()
    assert "Cancel this meeting?" in page
    assert "1 participant is told by the portal" in page
    assert client.post(url("cancel", meeting), {"text": "", **token()}).status_code == 422
    client.post(url("cancel", meeting), {"text": "The road is closed.", **token()})
    cancelled = fresh(meeting)
    assert (cancelled.state, cancelled.cancelled_by_side) == (S.CANCELLED, side)
    client.force_login(meeting.created_by)
    body = client.get(url("detail", meeting)).content.decode()
    assert "The road is closed." in body
    assert ("By the Office" in body) == (side == "office")


def test_decline_needs_a_reason_that_the_requester_reads(client: Client) -> None:
    meeting = make_meeting()
    client.force_login(make_officer())
    assert client.post(url("decline", meeting), {"text": " ", **token()}).status_code == 422
    client.post(url("decline", meeting), {"text": "Not our mandate.", **token()})
    client.force_login(meeting.created_by)
    assert "Not our mandate." in client.get(url("detail", meeting)).content.decode()


def test_requester_withdraws(client: Client) -> None:
    meeting = make_meeting(state=S.PROPOSED)
    client.force_login(meeting.created_by)
    assert b"Withdraw" in client.get(url("step", meeting, "withdraw")).content
    client.post(url("step", meeting, "withdraw"), token())
    assert fresh(meeting).state == S.WITHDRAWN
    again = client.post(url("step", meeting, "withdraw"), token())
    assert again.status_code == 409


# People ---------------------------------------------------------------------------------------
def test_each_side_seats_and_takes_off_its_own(client: Client) -> None:
    meeting = make_meeting()
    officer = make_officer(name="Kofi Test")
    theirs = people().get()
    client.force_login(officer)
    page = client.get(url("participants", meeting)).content.decode()
    assert "Amara Quist" in page
    assert reverse("meetings:remove", args=[theirs.pk]) not in page
    assert client.get(reverse("meetings:remove", args=[theirs.pk])).status_code == 404
    client.post(url("participants", meeting), {"user": str(officer.pk), **token()})
    own = people().get(side=Side.OFFICE)
    assert (own.name, own.user) == ("Kofi Test", officer)
    nobody = client.post(url("participants", meeting), {"name": "", **token()})
    assert nobody.status_code == 422
    stranger = client.post(url("participants", meeting), {"user": str(make_user().pk), **token()})
    assert stranger.status_code == 422
    remove = reverse("meetings:remove", args=[own.pk])
    assert b"Take Kofi Test off" in client.get(remove).content
    client.post(remove, token())
    assert people().get(pk=own.pk).removed_at is not None


def test_contributor_seats_in_a_draft_only(client: Client) -> None:
    draft, sent = make_meeting(state=S.DRAFT), make_meeting()
    for meeting, status in ((draft, 200), (sent, 404)):
        client.force_login(make_contributor(meeting.organization))
        assert client.get(url("participants", meeting)).status_code == status


def test_participant_is_asked_how_before_anything_is_sent(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    seat = take_part(meeting)
    client.force_login(meeting.created_by)
    body = client.get(url("detail", meeting)).content.decode()
    assert "No invitation leaves this portal before you say" in body
    page = client.get(url("style", meeting)).content.decode()
    assert page.count('type="radio"') == 4
    assert "checked" not in page
    assert "calendar often lies on other people" in page
    assert client.post(url("style", meeting), token()).status_code == 422
    for style in ("not_asked", "nonsense"):
        assert client.post(url("style", meeting), {"style": style, **token()}).status_code == 422
    client.post(url("style", meeting), {"style": "neutral", **token()})
    seat = people().get(pk=seat.pk)
    assert (seat.style, seat.calendar_sequence) == (InvitationStyle.NEUTRAL, 0)
    assert "No invitation leaves" not in client.get(url("detail", meeting)).content.decode()
    assert "checked" in client.get(url("style", meeting)).content.decode()


def test_consent_to_be_named_is_given_and_taken_back_where_one_chooses_how(client: Client) -> None:
    meeting = make_meeting(state=S.HELD)
    seat = take_part(meeting, InvitationStyle.NO_MAIL)
    client.force_login(meeting.created_by)
    assert url("style", meeting) in client.get(url("detail", meeting)).content.decode()
    for agreed in (True, False):
        named = {"may_be_named": "on"} if agreed else {}
        client.post(url("style", meeting), {"style": "no_mail", **named, **token()})
        assert people().get(pk=seat.pk).may_be_named is agreed
    assert people().get(pk=seat.pk).unnamed_at is not None


def test_consent_to_be_counted_is_given_and_taken_back_after_it_was_sent(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    client.force_login(meeting.created_by)
    for agreed in (True, False):
        meeting.refresh_from_db()
        data = {"level": meeting.level, "version": meeting.version, **token()}
        data |= {"may_be_counted": "on"} if agreed else {}
        client.post(url("visibility", meeting), data)
        meeting.refresh_from_db()
        assert meeting.may_be_counted is agreed


def test_notice_of_a_calendar_file_leads_its_participant_to_the_meeting(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    take_part(meeting)
    client.force_login(meeting.created_by)
    client.post(url("style", meeting), {"style": "fuller", **token()})
    step = reverse("meetings:invitation", args=[CalendarStep.objects.unguarded("test").get().pk])
    assert client.get(step).headers["Location"] == url("detail", meeting)
    for other in (make_contributor(meeting.organization), meeting.owner, make_user()):
        client.force_login(other)
        assert client.get(step).status_code == 404


def test_how_a_person_is_told_is_shown_to_nobody_else(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    colleague = make_contributor(meeting.organization)
    take_part(meeting, InvitationStyle.FULLER, colleague)
    for other in (meeting.created_by, meeting.owner):
        client.force_login(other)
        assert client.get(url("style", meeting)).status_code == 404
        for path in (url("detail", meeting), url("participants", meeting)):
            body = client.get(path, follow=True).content.decode()
            assert "fuller" not in body.lower()


# After the meeting ----------------------------------------------------------------------------
def test_note_goes_to_the_file_with_attendance_and_commitments(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED, days=-1)
    there, absent = people().get(), make_participant(meeting, name="Somebody Else")
    client.force_login(meeting.owner)
    answer = client.post(url("hold", meeting), {"attended": [there.pk], **token()})
    assert answer.headers["Location"] == url("note", meeting)
    assert dict(people().values_list("pk", "attended")) == {there.pk: True, absent.pk: False}
    form = {"points": "A participant said it.", "replies": "", "distribution": "", "version": 0}
    client.post(url("note", meeting), {**form, **token()})
    stale = client.post(url("note", meeting), {**form, "points": "Another said it.", **token()})
    assert stale.status_code == 422
    assert b"A participant said it." in stale.content
    assert b"Another said it." in stale.content
    owed = {"text": "Send the report.", "owner": meeting.owner_id, "due": day(5), **token()}
    for _twice in range(2):
        client.post(url("commit", meeting), owed)
    client.post(url("step", meeting, "file_note"), token())
    assert fresh(meeting).state == S.FILED
    assert Note.objects.unguarded("test").get().points == "A participant said it."
    commitment = Commitment.objects.unguarded("test").get()
    body = client.get(url("item", meeting)).content.decode()
    assert "A participant said it." in body
    client.post(reverse("meetings:finish", args=[commitment.pk]), {"text": "Sent.", **token()})
    client.force_login(meeting.created_by)
    body = client.get(url("detail", meeting)).content.decode()
    assert "Send the report." in body
    assert "Sent." in body
    assert "A participant said it." not in body  # the note stays inside the Office
    assert meeting.owner.display_name() not in body


def test_nobody_writes_down_who_came_before_the_meeting_began(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    client.force_login(meeting.owner)
    assert url("hold", meeting) not in client.get(url("item", meeting)).content.decode()
    assert client.post(url("hold", meeting), token()).status_code == 422
    assert fresh(meeting).state == S.CONFIRMED


def test_word_goes_to_the_other_side_and_a_note_stays_inside(client: Client) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    unsaid = client.post(url("word", meeting), {"text": "Whom?", **token()})
    assert unsaid.status_code == 422  # staff say who reads it
    for kind, text in (("word", "Bring a card."), ("note", "Handle with care.")):
        client.post(url("word", meeting), {"kind": kind, "text": text, **token()})
    client.force_login(meeting.created_by)
    body = client.get(url("detail", meeting)).content.decode()
    assert "Bring a card." in body
    assert "Handle with care." not in body
    client.post(url("word", meeting), {"kind": "note", "text": "We will.", **token()})
    assert Message.objects.unguarded("test").get(text="We will.").kind == MessageKind.WORD
