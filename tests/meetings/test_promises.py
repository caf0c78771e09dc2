"""What the pages promise to people at risk: "nothing leaves this portal", "named nowhere"."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.notifications.models import Notice, Outbox
from foundation.notifications.registry import notification
from meetings import actions
from meetings.briefs import paper
from meetings.documents.gathering import gather
from meetings.enums import InvitationStyle, Side
from meetings.enums import MeetingState as S
from meetings.models import Meeting, Participant
from tests.factories import make_officer
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    make_submitter,
    take_part,
)

pytestmark = pytest.mark.django_db
SECRET = "Odalys Brenning"


def mails(user: Any) -> list[str]:
    return sorted(Outbox.objects.filter(recipient_id=user.pk).values_list("kind", flat=True))


def notices(user: Any) -> list[str]:
    return sorted(Notice.objects.filter(recipient_id=user.pk).values_list("kind", flat=True))


# "No e-mail at all: nothing leaves this portal" -------------------------------------------------
def tell_all(meeting: Meeting) -> None:
    """Do what tells those who asked, after they chose."""
    officer = meeting.owner
    actions.write_word(meeting=meeting, text="A word.", by=officer)
    actions.move(
        meeting=meeting,
        starts_at=at(12),
        ends_at=at(12, 10),
        zone="Africa/Nairobi",
        place="Room 8",
        version=meeting.version,
        by=officer,
    )
    actions.cancel(meeting=meeting, reason="The room is flooded.", by=officer)


@pytest.mark.parametrize("style", [InvitationStyle.NO_FILE, InvitationStyle.NO_MAIL])
def test_nothing_is_mailed_about_a_meeting_to_who_wants_no_mail(style: str) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    asker = take_part(meeting, style).user
    tell_all(meeting)
    assert notices(asker) == ["meetings.cancelled", "meetings.moved", "meetings.word"]
    assert mails(asker) == ([] if style == InvitationStyle.NO_MAIL else notices(asker))


def test_mail_that_waits_does_not_leave_after_the_person_wants_none() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    participant = take_part(meeting, InvitationStyle.NEUTRAL)
    actions.write_word(meeting=meeting, text="A word.", by=meeting.owner)
    message = notification("meetings.word")
    assert message.still_true(participant.user, str(meeting.pk))
    actions.choose_style(
        participant=participant, style=InvitationStyle.NO_MAIL, by=participant.user
    )
    assert not message.still_true(participant.user, str(meeting.pk))


def test_who_wants_no_mail_is_not_mailed_when_put_on_the_list_again() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    participant = take_part(meeting, InvitationStyle.NO_MAIL)
    asker = participant.user
    actions.remove_participant(participant=participant, by=asker)
    actions.add_participant(
        meeting=meeting,
        name="The Asker",
        function="",
        side=Side.REQUESTER,
        user=asker,
        by=asker,
    )
    assert notices(asker) == ["meetings.choose_how", "meetings.removed"]
    assert mails(asker) == []


def test_no_mail_of_one_meeting_is_no_silence_about_another() -> None:
    by, organization = make_submitter()
    quiet = make_meeting(state=S.CONFIRMED, organization=organization, by=by)
    take_part(quiet, InvitationStyle.NO_MAIL)
    other = make_meeting(state=S.CONFIRMED, organization=organization, by=by)
    actions.write_word(meeting=other, text="A word.", by=other.owner)
    assert mails(by) == ["meetings.word"]


# "How a person is written to is nobody else's business" -----------------------------------------
def test_page_that_takes_somebody_off_is_the_same_whatever_they_chose(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    participant = take_part(meeting, InvitationStyle.NEUTRAL)
    client.force_login(participant.user)
    url = reverse("meetings:remove", args=[participant.pk])

    def shown() -> str:
        text = client.get(url).content.decode()
        return re.sub(r'value="[^"]*"', "", text.partition("<main")[2].partition("</main>")[0])

    before = shown()
    assert "The Asker" in before
    Participant.objects.unguarded("test").filter(pk=participant.pk).update(calendar_sequence=3)
    assert shown() == before
    assert "Nobody is told" not in before


# "Named nowhere" --------------------------------------------------------------------------------
def brief_of(meeting: Meeting) -> str:
    found = Meeting.objects.unguarded("test").get(pk=meeting.pk)
    return paper(gather(found, language="en", moment=at(0)))[0]


def test_brief_withholds_the_name_of_who_left_the_list() -> None:
    meeting = make_meeting(state=S.CONFIRMED, text=f"{SECRET} will tell what she saw.")
    assert SECRET in brief_of(meeting), "positive control: nobody of that name is on the list"
    participant = make_participant(meeting, name=SECRET)
    assert SECRET not in brief_of(meeting)
    actions.remove_participant(participant=participant, by=meeting.created_by)
    assert SECRET not in brief_of(meeting)
    assert "Brenning" not in brief_of(meeting)


def test_brief_names_who_left_and_came_back_with_consent() -> None:
    meeting = make_meeting(state=S.CONFIRMED, text=f"{SECRET} will tell what she saw.")
    participant = make_participant(meeting, name=SECRET)
    actions.remove_participant(participant=participant, by=meeting.created_by)
    make_participant(meeting, name=SECRET, may_be_named=True)
    assert SECRET in brief_of(meeting)


@pytest.mark.parametrize("who", ["the person", "their side"])
@pytest.mark.parametrize("state", [S.CONFIRMED, S.FILED])
def test_consent_to_be_named_is_taken_back_in_the_browser(
    client: Client, state: str, who: str
) -> None:
    meeting = make_meeting(state=state)
    user = meeting.created_by
    if who == "the person":
        user = make_contributor(meeting.organization)
    participant = make_participant(meeting, user=user, may_be_named=True)
    if who == "their side":
        participant = make_participant(meeting, name=SECRET, may_be_named=True)
    client.force_login(user)
    path = reverse("meetings:named", args=[participant.pk])
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert path in page
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert token
    for _twice in range(2):  # a form that is posted twice acts once
        client.post(path, {"token": token[1], "named": "no"})
        now = Participant.objects.unguarded("test").get(pk=participant.pk)
        assert not now.may_be_named and now.unnamed_at is not None


def test_nobody_says_for_others_who_is_named(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    participant = make_participant(meeting, name=SECRET, may_be_named=True)
    path = reverse("meetings:named", args=[participant.pk])
    for user in (make_officer(), make_contributor(meeting.organization)):
        client.force_login(user)
        assert client.get(path).status_code == 404
        assert client.post(path, {"named": "no"}).status_code == 404
        assert path not in client.get(meeting.get_absolute_url(), follow=True).content.decode()


# Posted twice, done once ------------------------------------------------------------------------
def test_form_of_participants_that_is_posted_twice_answers_the_same(client: Client) -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    asker = meeting.created_by
    client.force_login(asker)
    path = reverse("meetings:participants", args=[meeting.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert token
    answers = [client.post(path, {"token": token[1], "user": str(asker.pk)}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    (participant,) = Participant.objects.unguarded("test").about(meeting).of(asker)

    path = reverse("meetings:remove", args=[participant.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert token
    answers = [client.post(path, {"token": token[1]}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert notices(asker).count("meetings.removed") == 1
    assert client.get(path).status_code == 404
