"""Asking for a meeting: who may know first, nothing typed is lost, receipt."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from meetings.enums import MeetingState as S
from tests.factories import make_expert, make_network, make_officer, make_user
from tests.meetings.factories import (
    make_meeting,
    make_submitter,
)
from tests.meetings.pages import day, draft_form, fresh, meetings, people, row, slots, token, url
from tests.recommendations.factories import make_recommendation

pytestmark = pytest.mark.django_db


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
