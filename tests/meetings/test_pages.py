"""The pages of this room: forms that lose nothing, lists with a constant number of queries."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from meetings.enums import InvitationStyle, MessageKind, Side, SlotKind
from meetings.enums import MeetingState as S
from meetings.models import CalendarStep, Commitment, Meeting, Message, Note, Participant, Slot
from tests.factories import make_approver, make_expert, make_network, make_officer, make_user
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    make_slot,
    make_submitter,
    take_part,
)
from tests.recommendations.factories import make_recommendation

pytestmark = pytest.mark.django_db


def meetings() -> Any:
    return Meeting.objects.unguarded("test")


def slots() -> Any:
    return Slot.objects.unguarded("test")


def people() -> Any:
    return Participant.objects.unguarded("test")


def fresh(meeting: Meeting) -> Meeting:
    return meetings().get(pk=meeting.pk)


def url(name: str, meeting: Meeting, *more: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def token() -> dict[str, Any]:
    return {"token": uuid.uuid4()}


def draft_form(meeting: Meeting, **changes: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "purpose": "Speak about schools",
        "text": "We want to say what the closures did.",
        "format": "online",
        "place_wished": "",
        "languages": ["fr", "ar"],
        "access_needs": "Captions.",
        "version": meeting.version,
        **token(),
        **changes,
    }


def row(number: int, day: Any, begins: str = "10:00", ends: str = "11:00") -> dict[str, Any]:
    return {f"day_{number}": day, f"begins_{number}": begins, f"ends_{number}": ends}


def day(days: int = 10) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()


# Asking ---------------------------------------------------------------------------------------
def test_visibility_is_asked_before_the_name_and_the_text(client: Client) -> None:
    user, organization = make_submitter()
    client.force_login(user)
    page = client.get(reverse("meetings:begin")).content.decode()
    assert page.index('name="level"') < page.index('name="hat"')
    assert "textarea" not in page
    form = {"level": 30, "hat": str(organization.pk), "may_be_counted": "on", **token()}
    answer = client.post(reverse("meetings:begin"), form)
    meeting = meetings().get()
    assert answer.headers["Location"] == url("write", meeting)
    assert (meeting.level, meeting.organization, meeting.state) == (30, organization, S.DRAFT)
    assert meeting.may_be_counted


def test_level_offered_first_is_as_closed_as_the_name(client: Client) -> None:
    for level in (30, 40):
        user, _organization = make_submitter(level=level)
        client.force_login(user)
        form = client.get(reverse("meetings:begin")).context["form"]
        assert form.initial["level"] == level


def test_coordinator_asks_in_the_name_of_the_network_and_expert_in_the_own(client: Client) -> None:
    coordinator, expert = make_user(), make_expert()
    network = make_network(coordinators=(coordinator,))
    for user, key in ((coordinator, str(network.pk)), (expert.user, "own-name")):
        client.force_login(user)
        client.post(reverse("meetings:begin"), {"level": 30, "hat": key, **token()})
    asked = set(meetings().values_list("network_id", "expert_id"))
    assert asked == {(network.pk, None), (None, expert.pk)}


def test_request_goes_from_the_first_question_to_the_receipt(client: Client) -> None:
    user, organization = make_submitter()
    officer, linked = make_officer(), make_recommendation(organization=organization, by=user)
    client.force_login(user)
    client.post(reverse("meetings:begin"), {"level": 30, "hat": str(organization.pk), **token()})
    meeting = meetings().get()
    page = client.get(url("detail", meeting)).content.decode()
    assert "Before you can send it" in page
    client.post(url("write", meeting), draft_form(meeting, recommendations=[linked.pk]))
    zone = {"zone": "Africa/Nairobi"}
    client.post(url("windows", meeting), {**zone, **row(0, day()), "note_0": "best", **token()})
    chair = {"user": str(user.pk), "name": "Ines Falk", "function": "Chair"}
    client.post(url("participants", meeting), {**chair, **token()})
    assert "Before you can send it" not in client.get(url("detail", meeting)).content.decode()
    done = client.post(url("step", meeting, "request"), token(), follow=True).content.decode()
    assert f"It has arrived. Its reference is {meeting.reference}." in done
    assert "due by" in done
    meeting = fresh(meeting)
    assert (meeting.state, meeting.purpose) == (S.REQUESTED, "Speak about schools")
    assert meeting.languages == ["fr", "ar"]
    assert slots().get().starts_at.strftime("%H:%M") == "07:00"
    assert people().get().user == user
    told = set(Notice.objects.values_list("kind", "recipient_id"))
    assert told == {("meetings.received", user.pk), ("meetings.to_assign", officer.pk)}
    client.force_login(officer)
    body = client.get(url("item", meeting)).content.decode()
    assert linked.reference in body


def test_draft_is_kept_while_it_is_typed(client: Client) -> None:
    meeting = make_meeting(state=S.DRAFT)
    client.force_login(meeting.created_by)
    keep = url("keep", meeting)
    answer = client.post(keep, draft_form(meeting, purpose="Half a th", format="by telepathy"))
    assert b"Draft kept" in answer.content
    assert b"cannot be kept" in answer.content
    assert b'name="version" value="1"' in answer.content
    assert fresh(meeting).purpose == "Half a th"
    stale = client.post(keep, draft_form(meeting, purpose="Older"))
    assert b"Somebody else" in stale.content
    assert fresh(meeting).purpose == "Half a th"


def test_edit_conflict_gives_both_texts_back(client: Client) -> None:
    meeting = make_meeting(state=S.DRAFT, purpose="As it was")
    client.force_login(meeting.created_by)
    client.post(url("write", meeting), draft_form(meeting, purpose="First"))
    second = client.post(url("write", meeting), draft_form(meeting, purpose="Second"))
    assert second.status_code == 422
    body = second.content.decode()
    assert "First" in body
    assert "Second" in body
    version = second.context["form"]["version"].value()
    client.post(url("write", meeting), draft_form(meeting, purpose="Second", version=version))
    assert fresh(meeting).purpose == "Second"


@pytest.mark.parametrize("field", ["purpose", "text", "place_wished", "access_needs"])
@pytest.mark.parametrize("value", ["a\x00b", "a\x85b", "x" * 1_000_001, "e" + "\u0301" * 40])
def test_field_with_bad_text_gets_an_error_and_loses_nothing(
    client: Client, field: str, value: str
) -> None:
    meeting = make_meeting(state=S.DRAFT, purpose="As it was")
    client.force_login(meeting.created_by)
    answer = client.post(url("write", meeting), draft_form(meeting, **{field: value}))
    assert answer.status_code in (400, 413, 422)
    if answer.status_code == 422:
        assert field in answer.context["form"].errors
        assert b"what the closures did" in answer.content or field == "text"
    assert fresh(meeting).purpose == "As it was"


def test_form_posted_twice_acts_once(client: Client) -> None:
    user, organization = make_submitter()
    client.force_login(user)
    form = {"level": 30, "hat": str(organization.pk), **token()}
    paths = {client.post(reverse("meetings:begin"), form).headers["Location"] for _ in range(2)}
    meeting = meetings().get()
    assert paths == {url("write", meeting)}
    form = {"name": "Mereso Lekutan", "function": "", **token()}
    for _again in range(2):
        assert client.post(url("participants", meeting), form).status_code == 302
    assert people().count() == 1


def test_foreign_recommendation_is_neither_offered_nor_linked(client: Client) -> None:
    meeting, foreign = make_meeting(state=S.DRAFT), make_recommendation(state="answered", level=10)
    own = make_recommendation(organization=meeting.organization, by=meeting.created_by)
    client.force_login(meeting.created_by)
    page = client.get(url("write", meeting)).content.decode()
    assert own.reference in page
    assert foreign.reference not in page
    answer = client.post(url("write", meeting), draft_form(meeting, recommendations=[foreign.pk]))
    assert answer.status_code == 422


def test_visibility_is_closed_further_after_sending(client: Client) -> None:
    meeting = make_meeting()
    client.force_login(meeting.created_by)
    client.post(url("visibility", meeting), {"level": 40, "version": 0, **token()})
    assert fresh(meeting).level == Level.NAMED_OFFICERS
    refused = client.post(url("visibility", meeting), {"level": 30, "version": 1, **token()})
    assert refused.status_code == 422
    assert fresh(meeting).level == Level.NAMED_OFFICERS


# Clocks ---------------------------------------------------------------------------------------
NEW_YORK = {"zone": "America/New_York"}


@pytest.fixture
def in_january(time_machine_at: Any) -> None:
    time_machine_at("2027-01-15 12:00")


@pytest.fixture
def time_machine_at() -> Any:
    import time_machine

    travels = []

    def travel(moment: str) -> None:
        import datetime as dt

        there = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
        travels.append(time_machine.travel(there, tick=True))
        travels[-1].start()

    yield travel
    for one in travels:
        one.stop()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        (row(0, "2027-03-14", "02:30", "04:00"), "begins_0", "does not exist"),
        (row(0, "2027-03-14", "01:00", "02:30"), "ends_0", "does not exist"),
        (row(0, "2027-11-07", "01:30", "03:00"), "begins_0", "comes twice"),
        (row(0, "2027-01-15", "06:59", "09:00"), "begins_0", "has passed"),
        (row(0, "2026-01-01"), "begins_0", "has passed"),
        (row(0, "0001-01-01"), "begins_0", "has passed"),
        (row(0, "9999-12-31", "23:00", "23:59"), "begins_0", "within two years"),
        (row(0, "2027-02-30"), "day_0", "valid date"),
        (row(0, "tomorrow"), "day_0", "valid date"),
        (row(0, "2027-02-01", "25:00"), "begins_0", "valid time"),
        (row(0, "2027-02-01", "11:00", "10:00"), "ends_0", "before the beginning"),
        (row(0, "2027-02-01", "11:00", "11:00"), "ends_0", "before the beginning"),
        (row(0, "2027-02-01", "", "11:00"), "begins_0", "missing"),
        ({"day_2": "2027-02-01"}, "begins_2", "missing"),
        ({}, "day_0", "at least one"),
    ],
)
def test_time_that_cannot_be_gets_a_clear_error_and_loses_nothing(
    client: Client, in_january: None, values: dict[str, str], field: str, words: str
) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    form = {**NEW_YORK, **row(1, "2027-02-02"), "note_1": "a quiet hour", **values, **token()}
    if not values:
        form = {**NEW_YORK, "place": "Room 7", **token()}
    answer = client.post(url("propose", meeting), form)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    body = answer.content.decode()
    for name in values:
        assert f'value="{values[name]}"' in body or not values[name]
    assert "a quiet hour" in body or not values
    assert not slots().filter(kind=SlotKind.PROPOSED).exists()


@pytest.mark.parametrize("zone", ["Atlantis/Deep", "../etc", "", "UTC\x00"])
def test_zone_that_nobody_knows_is_an_error_of_the_form(client: Client, zone: str) -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    client.force_login(meeting.owner)
    answer = client.post(url("propose", meeting), {"zone": zone, **row(0, day()), **token()})
    assert answer.status_code in (400, 422)
    assert not slots().filter(kind=SlotKind.PROPOSED).exists()


def test_times_are_shown_by_the_clock_of_the_place_and_of_the_reader(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    User.objects.filter(pk=meeting.created_by_id).update(time_zone="Asia/Tokyo")
    client.force_login(User.objects.get(pk=meeting.created_by_id))
    body = client.get(url("detail", meeting)).content.decode()
    assert f'<time datetime="{meeting.starts_at.isoformat()}">12:00</time>' in body
    assert "13:00 in Nairobi</time> (18:00–19:00 in Tokyo)" in body
    row_of_list = client.get(reverse("meetings:list")).content.decode()
    assert "(18:00–19:00 in Tokyo)" in row_of_list
    assert "&lt;time" not in row_of_list


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


# The desk -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("view=all", 5),
        ("view=unowned", 1),
        ("view=mine", 0),
        ("view=week", 1),
        ("view=all&state=declined", 1),
        ("view=all&format=online", 1),
        ("view=all&language=fr", 1),
        ("view=all&q=fontaines", 1),
        ("view=all&q=quiet+spring", 1),
        ("view=all&q=nothing+like+it", 0),
        ("view=nonsense", 3),
    ],
)
def test_desk_is_filtered(client: Client, query: str, count: int) -> None:
    user, organization = make_submitter(name="Quiet Spring Trust")
    make_meeting(organization=organization, by=user, languages=["fr"], purpose="Les fontaines")
    make_meeting(state=S.CONFIRMED, days=3)
    make_meeting(state=S.PROPOSED, format="online")
    make_meeting(state=S.DECLINED)
    make_meeting(state=S.WITHDRAWN)
    make_meeting(state=S.DRAFT)
    make_meeting(level=Level.NAMED_OFFICERS)
    client.force_login(make_officer())
    assert client.get(f"{reverse('meetings:list')}?{query}").context["count"] == count


@pytest.mark.parametrize("name", ["q", "state", "owner", "format", "language", "page"])
@pytest.mark.parametrize("value", ["nonsense", "-1", "99999999999999999999", "a\x01b", "'\"<b>"])
def test_bad_filter_is_an_error_of_the_form(client: Client, name: str, value: str) -> None:
    make_meeting()
    client.force_login(make_officer())
    answer = client.get(reverse("meetings:list"), {name: value})
    assert answer.status_code == (400 if "\x01" in value else 200)


@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    owner = make_officer()
    for _ in range(count):
        make_meeting(state=S.ASSIGNED, owner=owner, languages=["fr"])
    client.force_login(owner)
    path = reverse("meetings:list") + "?view=open&language=fr&q=valleys&state=assigned"
    path += f"&owner={owner.pk}&format=in_person"
    client.get(path)
    with django_assert_num_queries(8):
        page = client.get(path)
    assert page.context["count"] == count


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    user, organization = make_submitter()
    for _ in range(count):
        make_meeting(state=S.CONFIRMED, organization=organization, by=user)
    client.force_login(user)
    client.get(reverse("meetings:list"))
    with django_assert_num_queries(8):
        body = client.get(reverse("meetings:list")).content.decode()
    assert body.count("MTG-") == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("side", "queries"), [("requester", 16), ("office", 20)])
def test_page_of_a_meeting_takes_a_constant_number_of_queries(
    client: Client, count: int, side: str, queries: int, django_assert_num_queries: Any
) -> None:
    from meetings.actions import add_commitment, write_word

    meeting = make_meeting(state=S.HELD)
    for number in range(count):
        make_participant(meeting, name=f"Guest {number}")
        make_slot(meeting, kind=SlotKind.ASKED, hour=number + 10, round=0)
        write_word(meeting=meeting, text="A word.", by=meeting.owner)
        add_commitment(
            meeting=meeting, text="A thing.", owner=meeting.owner, due=at().date(), by=meeting.owner
        )
        meeting.recommendations.through._base_manager.create(
            meeting=meeting,
            recommendation=make_recommendation(
                organization=meeting.organization, by=meeting.created_by
            ),
        )
    client.force_login(meeting.owner if side == "office" else meeting.created_by)
    path = url("item" if side == "office" else "detail", meeting)
    client.get(path)
    with django_assert_num_queries(queries):
        body = client.get(path).content.decode()
    assert len(re.findall(r"<bdi[^>]*>Guest ", body)) == count


@pytest.mark.parametrize("state", S.values)
def test_page_opens_for_its_people_and_for_nobody_else(client: Client, state: str) -> None:
    meeting = make_meeting(state=state)
    for own in (meeting.created_by, make_contributor(meeting.organization)):
        client.force_login(own)
        assert client.get(url("detail", meeting)).status_code == 200
        assert client.get(url("item", meeting)).status_code == 404
    for staff in (make_officer(), make_approver()):
        client.force_login(staff)
        assert client.get(url("item", meeting)).status_code == (404 if state == S.DRAFT else 200)
    for stranger in (make_user(), make_submitter()[0], make_expert().user):
        client.force_login(stranger)
        for name in ("detail", "item", "participants", "style", "choose", "cancel", "word"):
            assert client.get(url(name, meeting)).status_code == 404
        assert b"MTG-" not in client.get(reverse("meetings:list")).content


TALK = ("Who takes part", "Write a message")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S.REQUESTED, ["Assign", "Meeting brief", *TALK, "Decline"]),
        (S.ASSIGNED, ["Propose times", "Change owner or day", "Meeting brief", *TALK, "Decline"]),
        (S.PROPOSED, ["Take the times back", "Meeting brief", *TALK]),
        (S.CONFIRMED, ["Change time or place", "Meeting brief", *TALK, "Cancel the meeting"]),
        (S.HELD, ["Write the note", "Add a commitment", "Meeting brief", "Write a message"]),
        (S.FILED, ["Add a commitment", "Meeting brief", "Write a message"]),
        (S.DECLINED, ["Write a message"]),
        (S.CANCELLED, ["Write a message"]),
        (S.WITHDRAWN, []),
    ],
)
def test_desk_offers_what_can_be_done(client: Client, state: str, words: list[str]) -> None:
    meeting = make_meeting(state=state)
    client.force_login(make_approver())
    body = client.get(url("item", meeting)).content.decode()
    panel = body[body.index('id="work"') :].partition("</section>")[0]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", panel) == words


def test_closed_meeting_is_seen_by_named_officers_only(client: Client) -> None:
    meeting = make_meeting(level=Level.NAMED_OFFICERS)
    officer = make_officer()
    client.force_login(officer)
    assert client.get(url("item", meeting)).status_code == 404
    client.force_login(make_approver())
    assert client.get(url("officers", meeting)).status_code == 200
    client.post(url("officers", meeting), {"officers": [officer.pk], **token()})
    client.force_login(officer)
    assert client.get(url("item", meeting)).status_code == 200
    assert client.get(url("officers", meeting)).status_code == 404


def test_officer_assigns_with_a_day_that_the_requester_sees(client: Client) -> None:
    meeting, officer = make_meeting(), make_officer()
    client.force_login(officer)
    late = {"owner": officer.pk, "answer_by": day(-1), **token()}
    assert client.post(url("assign", meeting), late).status_code == 422
    client.post(url("assign", meeting), {**late, "answer_by": day(6), **token()})
    assert fresh(meeting).owner == officer
    client.force_login(meeting.created_by)
    assert "in 6 days" in client.get(url("detail", meeting)).content.decode()


def test_opening_a_meeting_at_the_desk_is_recorded(client: Client) -> None:
    meeting = make_meeting(state=S.FILED)
    client.force_login(make_officer())
    client.get(url("item", meeting))
    for action in ("meetings.read", "meetings.note_read"):
        assert AuditEvent.objects.filter(action=action).count() == 1


def test_pages_of_the_office_are_not_there_for_those_who_asked(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    client.force_login(meeting.created_by)
    for name in ("assign", "propose", "decline", "officers", "move", "hold", "note", "commit"):
        assert client.get(url(name, meeting)).status_code == 404


def test_page_of_writers_is_not_there_for_others(client: Client) -> None:
    path = reverse("meetings:begin")
    assert client.get(path).status_code == 302
    for other in (make_user(), make_submitter(expired=True)[0], make_officer()):
        client.force_login(other)
        assert client.get(path).status_code == 404


def test_home_says_what_waits(client: Client) -> None:
    meeting = make_meeting(state=S.PROPOSED)
    client.force_login(meeting.created_by)
    assert meeting.purpose in client.get("/").content.decode()
    asked = make_meeting()
    client.force_login(make_officer())
    assert asked.purpose in client.get("/").content.decode()
