"""Who gets which calendar file, in which order, and that every calendar ends as it should.

The files are those of the mails, asked for when the mails leave, and read by a second library.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone, translation

from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import deliver_mails
from foundation.notifications.registry import notification
from foundation.workflow import Refused
from meetings import actions
from meetings.enums import InvitationStyle as Style
from meetings.enums import MeetingState as S
from meetings.enums import Side
from meetings.models import CalendarStep, Meeting, Participant, Slot
from organizations.models import Membership
from tests.factories import make_officer, make_user
from tests.meetings.calendars.client import CalendarClient, Read, read
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    take_part,
    window,
)

pytestmark = pytest.mark.django_db


def rows_of(user: Any) -> list[Outbox]:
    """Return the mails to a person in the order in which they were put into the outbox."""
    return list(Outbox.objects.filter(recipient_id=user.pk).order_by("created_at"))


def leave(user: Any) -> list[bytes]:
    """Return the files of all mails to a person, as they leave now, and forget the mails."""
    found = []
    for row in rows_of(user):
        message = notification(row.kind)
        if message.still_true(user, row.about_id):
            files = message.files(user, row.about_id)
            assert [one.data for one in files[1:]] == [one.data for one in files[:1]]
            found += [one.data for one in files[:1]]
        row.delete()
    return found


def kinds_of(user: Any) -> list[str]:
    """Return the kinds of the notices of a person, in their order."""
    notices = Notice.objects.filter(recipient_id=user.pk).order_by("created_at")
    return list(notices.values_list("kind", flat=True))


def mailed(user: Any) -> list[str]:
    """Return the kinds of the mails to a person."""
    return [row.kind for row in rows_of(user)]


def choose(meeting: Meeting) -> Meeting:
    slot = Slot.objects.unguarded("test").offered(meeting).get()
    return actions.choose(meeting=meeting, slot=slot, by=meeting.created_by)


def move(meeting: Meeting, days: int, place: str = "Hall") -> Meeting:
    now = Meeting.objects.unguarded("test").get(pk=meeting.pk)
    return actions.move(
        meeting=now, starts_at=at(days), ends_at=at(days, 10), zone="UTC", place=place,
        version=now.version, by=now.owner,
    )  # fmt: skip


def cancel(meeting: Meeting) -> Meeting:
    return actions.cancel(meeting=meeting, reason="Ill.", by=meeting.owner)


def style(participant: Participant, chosen: str) -> Participant:
    return actions.choose_style(participant=participant, style=chosen, by=participant.user)


def steps_of(participant: Participant) -> list[tuple[int, str]]:
    steps = CalendarStep.objects.unguarded("test").filter(participant=participant).in_order()
    return list(steps.values_list("sequence", "method"))


# The whole way --------------------------------------------------------------------------------
@pytest.mark.parametrize("remembers", [True, False])
def test_calendar_follows_and_ends_empty(remembers: bool) -> None:
    meeting = make_meeting(state=S.PROPOSED)
    one = take_part(meeting)
    calendar = CalendarClient(remembers=remembers)
    choose(meeting)
    assert leave(one.user) == [], "nobody is invited before they chose how"
    assert kinds_of(one.user) == ["meetings.choose_how"]
    style(one, Style.NEUTRAL)
    calendar.apply(*leave(one.user))
    uid = Participant.objects.unguarded("test").get(pk=one.pk).calendar_uid
    assert calendar.entries[uid].dtstart == at(10)
    move(meeting, 14)
    calendar.apply(*leave(one.user))
    assert calendar.entries[uid].dtstart == at(14)
    cancel(meeting)
    calendar.apply(*leave(one.user))
    assert calendar.entries == {}
    assert steps_of(one) == [(0, "REQUEST"), (1, "REQUEST"), (2, "CANCEL")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1), (0, 2, 1, 1, 2)])
def test_calendar_ends_empty_in_whatever_order_the_mails_arrive(order: tuple[int, ...]) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    style(one, Style.FULLER)
    files = leave(one.user)
    move(meeting, 14)
    files += leave(one.user)
    cancel(meeting)
    files += leave(one.user)
    assert CalendarClient().apply(*(files[number] for number in order)).entries == {}


def test_file_of_a_step_is_the_same_however_late_it_is_sent() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    style(one, Style.FULLER)
    step = CalendarStep.objects.unguarded("test").get()
    message = notification("meetings.invitation")
    before = message.files(one.user, str(step.pk))
    move(meeting, 14, place="Elsewhere")
    style(one, Style.NEUTRAL)
    assert message.files(one.user, str(step.pk)) == before
    assert not message.still_true(one.user, str(step.pk)), "but it does not leave any more"


def test_overtaken_invitation_is_not_sent_after_the_cancellation() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    style(one, Style.NEUTRAL)
    move(meeting, 14)
    cancel(meeting)
    assert mailed(one.user) == [
        "meetings.invitation", "meetings.invitation_changed", "meetings.invitation_cancelled"
    ]  # fmt: skip
    (only,) = leave(one.user)
    assert (read(only).method, read(only).sequence) == ("CANCEL", 2)


# What a file says -----------------------------------------------------------------------------
def file_of(chosen: str, **fields: Any) -> tuple[Read, str]:
    meeting = make_meeting(state=S.CONFIRMED, **fields)
    make_participant(meeting, user=make_contributor(meeting.organization), style=chosen)
    one = take_part(meeting)
    style(one, chosen)
    (data,) = leave(one.user)
    return read(data), data.decode()


def test_neutral_file_says_meeting_and_nothing_else(settings: Any) -> None:
    settings.OFFICE_ADDRESS = "office@portal.example"
    file, text = file_of(Style.NEUTRAL, purpose="Speak of Hillsecret", place="Hillsecret House")
    assert file.event.summary == "Meeting"
    assert file.event.description.startswith(settings.SITE_URL)
    assert not file.event.location
    assert str(file.event.organizer.uri) == "mailto:office@portal.example"
    assert "Hillsecret" not in text
    assert "Amara" not in text


def test_fuller_file_says_purpose_and_place() -> None:
    file, _text = file_of(Style.FULLER, purpose="Speak of hills", place="House of hills")
    assert (file.event.summary, file.event.location) == ("Speak of hills", "House of hills")


@pytest.mark.parametrize("chosen", [Style.NEUTRAL, Style.FULLER])
def test_only_attendee_is_the_recipient(chosen: str) -> None:
    file, text = file_of(chosen)
    (attendee,) = file.attendees
    assert text.count("mailto:") == 2  # the organizer and the recipient
    assert "@tests.example" in attendee


def test_title_is_in_the_language_of_the_reader_who_gets_it() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting)
    style(one, Style.NEUTRAL)
    step = CalendarStep.objects.unguarded("test").get()
    message = notification("meetings.invitation")
    with translation.override("en"):
        (shown, _kept) = message.files(one.user, str(step.pk))
    assert read(shown.data).event.summary == "Meeting"


def test_two_people_of_one_meeting_have_names_that_tell_nothing() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    first, second = take_part(meeting), take_part(meeting, user=meeting.owner)
    uids = {first.calendar_uid, second.calendar_uid}
    assert len(uids) == 2
    assert not any(str(meeting.pk) in uid or meeting.reference in uid for uid in uids)


# Styles ---------------------------------------------------------------------------------------
def test_style_chosen_before_the_meeting_stands_is_kept_for_it() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    one = take_part(meeting)
    style(one, Style.NEUTRAL)
    assert steps_of(one) == []
    choose(meeting)
    assert steps_of(one) == [(0, "REQUEST")]
    assert kinds_of(one.user) == ["meetings.invitation"], "told once, not twice"


def test_same_style_posted_twice_sends_one_file() -> None:
    one = take_part(make_meeting(state=S.CONFIRMED))
    style(one, Style.NEUTRAL)
    style(one, Style.NEUTRAL)
    assert steps_of(one) == [(0, "REQUEST")]


WAYS = [
    ([Style.NEUTRAL, Style.FULLER], ["REQUEST", "REQUEST"]),
    ([Style.FULLER, Style.NEUTRAL], ["REQUEST", "REQUEST"]),
    ([Style.NEUTRAL, Style.NO_FILE], ["REQUEST", "CANCEL"]),
    ([Style.NEUTRAL, Style.NO_MAIL], ["REQUEST"]),
    ([Style.NEUTRAL, Style.NO_MAIL, Style.NEUTRAL], ["REQUEST", "REQUEST"]),
    ([Style.NEUTRAL, Style.NO_FILE, Style.NO_FILE], ["REQUEST", "CANCEL"]),
    ([Style.NEUTRAL, Style.NO_FILE, Style.FULLER], ["REQUEST", "CANCEL", "REQUEST"]),
    ([Style.NO_FILE], []),
    ([Style.NO_MAIL], []),
    ([Style.NO_MAIL, Style.NO_FILE], []),
    ([Style.NO_FILE, Style.NEUTRAL], ["REQUEST"]),
]


@pytest.mark.parametrize(("chosen", "methods"), WAYS)
def test_changes_of_mind(chosen: list[str], methods: list[str]) -> None:
    one = take_part(make_meeting(state=S.CONFIRMED))
    for each in chosen:
        style(one, each)
    assert steps_of(one) == list(enumerate(methods))


def test_file_that_takes_the_entry_out_no_longer_says_what_was_in_it() -> None:
    meeting = make_meeting(state=S.CONFIRMED, purpose="Hillsecret")
    one = take_part(meeting)
    style(one, Style.FULLER)
    leave(one.user)
    style(one, Style.NO_FILE)
    (data,) = leave(one.user)
    assert read(data).method == "CANCEL"
    assert b"Hillsecret" not in data


@pytest.mark.parametrize(
    ("chosen", "told", "by_mail"),
    [
        (Style.NOT_ASKED, "plain", True),
        (Style.NO_FILE, "plain", True),
        (Style.NO_MAIL, "plain", False),
        (Style.NEUTRAL, "file", True),
        (Style.FULLER, "file", True),
    ],
)
def test_each_is_told_in_their_own_way(chosen: str, told: str, by_mail: bool) -> None:
    meeting = make_meeting(state=S.PROPOSED)
    one = take_part(meeting, chosen)
    choose(meeting)
    move(meeting, 14)
    cancel(meeting)
    first = "meetings.choose_how" if chosen == Style.NOT_ASKED else "meetings.confirmed"
    plain = [first, "meetings.moved", "meetings.cancelled"]
    files = ["meetings.invitation", "meetings.invitation_changed", "meetings.invitation_cancelled"]
    assert kinds_of(one.user) == (plain if told == "plain" else files)
    assert bool(mailed(one.user)) is by_mail
    assert bool(steps_of(one)) is (told == "file")


def test_mails_in_the_outbox_do_not_leave_to_who_wants_none_any_more() -> None:
    one = take_part(make_meeting(state=S.CONFIRMED))
    style(one, Style.NEUTRAL)
    style(one, Style.NO_MAIL)
    assert leave(one.user) == []


def test_who_has_no_account_is_told_nothing() -> None:
    meeting = make_meeting(state=S.PROPOSED)
    choose(meeting)
    assert CalendarStep.objects.unguarded("test").count() == 0
    assert Notice.objects.filter(kind="meetings.choose_how").count() == 0
    assert kinds_of(meeting.owner) == ["meetings.confirmed"], "the other side is told"


def test_who_acts_for_a_side_and_takes_no_part_is_told_once_and_not_by_file() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    take_part(meeting, Style.NEUTRAL, user=make_contributor(meeting.organization))
    move(meeting, 14)
    assert kinds_of(meeting.created_by) == ["meetings.moved"]
    assert kinds_of(meeting.owner) == [], "who did it knows it"


# People come and go ---------------------------------------------------------------------------
def test_who_is_put_on_the_list_later_is_asked_first() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    officer = make_officer()
    one = actions.add_participant(
        meeting=meeting, name="Ilo", function="", side=Side.OFFICE, user=officer, by=meeting.owner
    )
    assert kinds_of(officer) == ["meetings.choose_how"]
    assert steps_of(one) == []


def test_who_is_taken_off_gets_one_file_that_cancels_and_none_after_it() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one, other = take_part(meeting), take_part(meeting, user=meeting.owner)
    for each in (one, other):
        style(each, Style.NEUTRAL)
    calendar = CalendarClient().apply(*leave(one.user))
    actions.remove_participant(participant=one, by=meeting.created_by)
    actions.remove_participant(participant=one, by=meeting.created_by)
    calendar.apply(*leave(one.user))
    assert calendar.entries == {}
    move(meeting, 14)
    cancel(meeting)
    assert steps_of(one) == [(0, "REQUEST"), (1, "CANCEL")]
    assert len(steps_of(other)) == 3
    with pytest.raises(Refused, match="no longer on the list"):
        style(one, Style.FULLER)


def test_who_comes_back_has_another_name_in_the_calendar() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting, Style.NEUTRAL)
    actions.remove_participant(participant=one, by=meeting.created_by)
    again = take_part(meeting)
    style(again, Style.NEUTRAL)
    assert steps_of(again) == [(0, "REQUEST")]
    assert one.calendar_uid != again.calendar_uid


def leaves(user: Any) -> None:
    Membership.objects.unguarded("test").filter(user=user).update(ended_at=timezone.now())


def test_who_left_the_organization_learns_nothing_of_what_comes() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    colleague = make_contributor(meeting.organization)
    one = take_part(meeting, user=colleague)
    style(one, Style.NEUTRAL)
    leaves(colleague)
    assert leave(colleague) == [], "not even what was in the outbox"
    move(meeting, 14)
    actions.remove_participant(participant=one, by=meeting.created_by)
    cancel(meeting)
    assert steps_of(one) == [(0, "REQUEST")]
    assert mailed(colleague) == []
    with pytest.raises(Refused):
        style(one, Style.FULLER)


def test_plain_mail_in_the_outbox_does_not_leave_to_who_left() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    asker = meeting.created_by
    actions.propose(meeting=meeting, slots=[window()], by=meeting.owner)
    (row,) = rows_of(asker)
    message = notification(row.kind)
    assert message.still_true(asker, row.about_id)
    leaves(asker)
    assert not message.still_true(asker, row.about_id)


def test_nobody_is_sent_a_file_for_a_meeting_that_is_over() -> None:
    meeting = make_meeting(state=S.CONFIRMED, days=-1)
    one = take_part(meeting)
    style(one, Style.NEUTRAL)
    cancel(meeting)
    assert steps_of(one) == []
    assert kinds_of(one.user) == ["meetings.cancelled"]


def test_step_of_another_person_is_no_file_of_mine() -> None:
    one = take_part(make_meeting(state=S.CONFIRMED))
    style(one, Style.NEUTRAL)
    step = CalendarStep.objects.unguarded("test").get()
    message = notification("meetings.invitation")
    for other in (make_contributor(one.meeting.organization), one.meeting.owner, make_user()):
        assert message.files(other, str(step.pk)) == ()
        assert not message.still_true(other, str(step.pk))


# The mail itself ------------------------------------------------------------------------------
def test_mail_carries_the_file_and_names_nobody() -> None:
    meeting = make_meeting(state=S.CONFIRMED, purpose="Hillsecret")
    one = take_part(meeting)
    style(one, Style.NEUTRAL)
    deliver_mails([row.pk for row in rows_of(one.user)])
    (message,) = django_mail.outbox
    raw = message.message()
    types = [part.get_content_type() for part in raw.walk()]
    assert "text/calendar" in types
    assert "application/ics" in types
    assert "Hillsecret" not in raw.as_string()
    (part,) = (part for part in raw.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert read(part.get_payload(decode=True)).sequence == 0
