"""The desk and the lists: who sees which page, a constant number of queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from meetings.enums import MeetingState as S
from meetings.enums import SlotKind
from tests.factories import make_approver, make_expert, make_officer, make_user
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_participant,
    make_slot,
    make_submitter,
)
from tests.meetings.pages import day, fresh, token, url
from tests.recommendations.factories import make_recommendation

pytestmark = pytest.mark.django_db


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
@pytest.mark.parametrize(("side", "queries"), [("requester", 17), ("office", 21)])
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
