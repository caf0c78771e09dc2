"""The brief from the desk: who may have it, what it takes from where, when it is another one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.confidentiality import Audience, Level
from foundation.documents import store
from foundation.documents.models import Document
from foundation.documents.workshop import NotMade, render_now
from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, Refused, WrongState
from letters.enums import LetterState
from meetings import actions
from meetings.actions.briefing import FIELDS
from meetings.briefs import BriefContent
from meetings.documents.gathering import gather, points, talk
from meetings.enums import Classification, Side
from meetings.enums import MeetingState as S
from meetings.models import BriefText, Commitment, Meeting, NamedReader
from recommendations.models import NamedReader as NamedForRecommendation
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_officer,
    make_user,
)
from tests.letters.factories import make_letter, make_name
from tests.meetings.briefs.rendering import everything_in, pages_of
from tests.meetings.factories import make_meeting, make_participant
from tests.recommendations.factories import make_recommendation, make_submitter

pytestmark = pytest.mark.django_db
HIDDEN = "Salimata Koro-Belem"
LINES = {
    "language": "en",
    "classification": Classification.CONFIDENTIAL,
    "addressed_to": "Under-Secretary-General",
    "through": "Chief, Engagement",
    "sender": "",
    "purpose": "Hear them before the programme is fixed.",
    "about": "",
    "key_messages": "- We read your letter.\n\n• You hear from us in thirty days.",
    "if_raised": "Listing: not ours to comment on.",
    "sensitivities": f"{HIDDEN} leaves first.",
    "annexes": "The letter",
}


def written(meeting: Meeting, by: Any, **changes: Any) -> BriefText:
    values = {**LINES, **changes}
    return actions.write_brief(meeting=meeting, values=values, version=0, by=by)


def content_of(meeting: Meeting) -> BriefContent:
    return gather(meeting, language="en", moment=timezone.now())


def finished(meeting: Meeting, by: Any) -> bytes:
    return store.read(render_now(actions.request_brief(meeting=meeting, by=by)))


def seen_by(viewer: Any) -> Any:
    return Document.objects.visible_to(viewer)


def test_brief_takes_everything_from_where_it_stands() -> None:
    officer = make_officer(name="Nadia Farouk")
    user, organization = make_submitter(name="Circle of the Quiet Ford", acronym="")
    make_name(
        make_letter(state=LetterState.DELIVERED, subject="On the valleys"),
        organization=organization,
    )
    before = make_meeting(state=S.FILED, organization=organization, by=user, days=-30)
    Commitment.objects.create(
        meeting=before, text="Send the calendar", owner=officer, due=timezone.now().date()
    )
    meeting = make_meeting(
        state=S.CONFIRMED, organization=organization, by=user, owner=officer, languages=["fr"]
    )
    make_participant(meeting, name="Lena Hartwig", may_be_named=True)
    make_participant(meeting, name="Nadia Farouk", side=Side.OFFICE, may_be_named=True)
    item = make_recommendation(organization=organization, by=user)
    meeting.recommendations.add(*[item])
    written(meeting, officer)
    pages = pages_of(finished(meeting, officer))
    words = " ".join(pages)
    assert len(pages) <= 2
    for said in (
        "CONFIDENTIAL", meeting.reference, meeting.purpose, "Under-Secretary-General",
        "Chief, Engagement", "Nadia Farouk", "12:00–13:00 in Nairobi (09:00–10:00 UTC)",
        "Room 7, second floor", "In person", "French", "Circle of the Quiet Ford", "Lena Hartwig",
        "Kenya. We listen to people of the valleys.", "We want to tell what we have seen.",
        "Hear them before the programme is fixed.", "On the valleys", before.reference,
        "Send the calendar", item.reference, item.title, "Pending", "Not started",
        "You hear from us in thirty days.", "not ours to comment on.", "The letter",
    ):  # fmt: skip
        assert said in words, said


def test_who_did_not_agree_is_nowhere_in_the_file() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED, text=f"Ms. KORO-BELEM and {HIDDEN} come.")
    make_participant(meeting, name=HIDDEN, function="Chair of Riverbend")
    written(meeting, officer)
    document = actions.request_brief(meeting=meeting, by=officer)
    found = everything_in(store.read(render_now(document)))
    found += document.described.filename(document) + document.described.title(document)
    for part in (HIDDEN, "KORO", "Belem", "Riverbend", "Amara Quist"):
        assert part.lower() not in found.lower()
    assert found.count("Representative of a civil society organization") == 2
    assert document.described.filename(document) == f"{meeting.reference}-brief.pdf"


def test_same_content_is_made_once_and_anew_when_anything_changes() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    first = actions.request_brief(meeting=meeting, by=officer)
    assert actions.request_brief(meeting=meeting, by=make_approver()) == first
    written(meeting, officer)
    second = actions.request_brief(meeting=meeting, by=officer)
    make_participant(meeting, name="Lena Hartwig")
    third = actions.request_brief(meeting=meeting, by=officer)
    assert len({first.pk, second.pk, third.pk}) == 3


def test_brief_that_changed_while_it_waited_is_not_made() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    document = actions.request_brief(meeting=meeting, by=officer)
    written(meeting, officer)
    with pytest.raises(NotMade, match="changed since"):
        render_now(document)
    assert finished(meeting, officer)


def test_brief_is_for_officers_who_work_on_the_meeting() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    actions.request_brief(meeting=meeting, by=officer)
    for viewer in (officer, make_officer(), make_approver()):
        assert seen_by(viewer).count() == 1
    own = make_officer()
    make_membership(own, meeting.organization)
    strangers = (meeting.created_by, make_user(), make_user("", "auditor"), own, AnonymousUser())
    for viewer in (*strangers, Audience(Level.NAMED_OFFICERS)):
        assert not seen_by(viewer).exists()


def test_brief_of_a_closed_meeting_is_for_its_named_officers_from_then_on() -> None:
    approver, named, late = make_approver(), make_officer(), make_officer()
    meeting = make_meeting(state=S.CONFIRMED, level=Level.NAMED_OFFICERS, owner=approver)
    NamedReader.objects.create(meeting=meeting, user=named, named_by=approver)
    first = actions.request_brief(meeting=meeting, by=named)
    assert content_of(meeting).classification == "STRICTLY CONFIDENTIAL"
    NamedReader.objects.create(meeting=meeting, user=late, named_by=approver)
    assert set(seen_by(approver)) == set(seen_by(named)) == {first}
    assert not seen_by(late).exists()
    assert not seen_by(make_officer()).exists()
    second = actions.request_brief(meeting=meeting, by=late)
    assert set(seen_by(late)) == {second}


def test_brief_that_names_somebody_who_left_the_list_is_seen_by_nobody() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    plain = make_participant(meeting, name="Ada Noor")
    named = make_participant(meeting, name="Lena Hartwig", may_be_named=True)
    actions.request_brief(meeting=meeting, by=officer)
    actions.remove_participant(participant=plain, by=meeting.created_by)
    assert seen_by(officer).count() == 1
    actions.remove_participant(participant=named, by=meeting.created_by)
    assert not seen_by(officer).exists()
    assert actions.request_brief(meeting=meeting, by=officer) in seen_by(officer)


def test_brief_that_names_somebody_who_took_consent_back_is_seen_by_nobody() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    named = make_participant(meeting, name="Lena Hartwig", may_be_named=True)
    first = actions.request_brief(meeting=meeting, by=officer)
    actions.agree_to_be_named(participant=named, agreed=False, by=meeting.created_by)
    assert not seen_by(officer).exists()
    second = actions.request_brief(meeting=meeting, by=officer)
    assert set(seen_by(officer)) == {second} != {first}
    actions.agree_to_be_named(participant=named, agreed=True, by=meeting.created_by)
    third = actions.request_brief(meeting=meeting, by=officer)
    assert set(seen_by(officer)) == {second, third}
    assert third != first


def test_recommendation_for_named_officers_stands_only_where_all_readers_are_named() -> None:
    approver, officer = make_approver(), make_officer()
    user, organization = make_submitter()
    closed = make_recommendation(
        organization=organization, by=user, level=Level.NAMED_OFFICERS, title="In the closed room"
    )
    usual = make_meeting(state=S.CONFIRMED, organization=organization, by=user)
    strict = make_meeting(
        state=S.CONFIRMED, organization=organization, by=user, level=Level.NAMED_OFFICERS
    )
    for meeting in (usual, strict):
        meeting.recommendations.add(*[closed])
    assert not content_of(usual).recommendations
    assert len(content_of(strict).recommendations) == 1  # approvers only: they see both
    NamedReader.objects.create(meeting=strict, user=officer, named_by=approver)
    assert not content_of(strict).recommendations
    NamedForRecommendation.objects.create(recommendation=closed, user=officer, named_by=approver)
    assert len(content_of(strict).recommendations) == 1


def test_past_is_what_every_officer_may_see() -> None:
    user, organization = make_submitter()
    officer = make_officer()
    for level in (Level.OFFICE, Level.NAMED_OFFICERS):
        past = make_meeting(state=S.FILED, organization=organization, by=user, level=level)
        Commitment.objects.create(
            meeting=past, text=f"Of level {level}", owner=officer, due=timezone.now().date()
        )
    make_meeting(state=S.FILED)  # of somebody else
    make_name(make_letter(state=LetterState.OPEN), organization=organization)
    meeting = make_meeting(state=S.CONFIRMED, organization=organization, by=user)
    content = content_of(meeting)
    assert len(content.past) == 1
    assert [one.text.text for one in content.commitments] == [f"Of level {Level.OFFICE}"]


def test_letters_of_a_network_and_of_an_expert_are_past_dealings() -> None:
    network, expert = make_network(), make_expert()
    make_letter(state=LetterState.DELIVERED, network=network, subject="Of the network")
    letter = make_letter(state=LetterState.DELIVERED, subject="Of the expert")
    make_name(letter, signed_by=expert.user)
    for asker, subject in (
        ({"network": network}, "Of the network"),
        ({"expert": expert}, "Of the expert"),
    ):
        content = content_of(make_meeting(**asker))
        assert [one.what.text for one in content.past] == [subject]


def test_commitment_is_overdue_from_the_day_after() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.HELD)
    today = timezone.now().date()
    for days in (0, -1):
        Commitment.objects.create(
            meeting=meeting, text="Write", owner=officer, due=today + timedelta(days=days)
        )
    assert [one.overdue for one in content_of(meeting).commitments] == [True, False]


@pytest.mark.parametrize("state", [S.DRAFT, S.DECLINED, S.CANCELLED, S.WITHDRAWN])
def test_meeting_that_does_not_take_place_has_no_brief(state: str) -> None:
    meeting = make_meeting(state=state)
    with pytest.raises((WrongState, NotYours)):
        actions.request_brief(meeting=meeting, by=make_approver())


def test_brief_is_written_and_asked_for_by_officers_only() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    for other in (meeting.created_by, make_user(), make_user("", "auditor")):
        with pytest.raises(NotYours):
            written(meeting, other)
        with pytest.raises(NotYours):
            actions.request_brief(meeting=meeting, by=other)


def test_lines_of_the_brief_are_read_by_those_who_work_on_the_meeting() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    written(meeting, officer)
    assert BriefText.objects.visible_to(make_officer()).count() == 1
    for viewer in (meeting.created_by, make_user(), AnonymousUser(), Audience(Level.OFFICE)):
        assert not BriefText.objects.visible_to(viewer).exists()


def test_second_writer_with_an_old_version_loses_nothing_and_overwrites_nothing() -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    assert written(meeting, officer).version == 1
    with pytest.raises(EditConflict):
        written(meeting, make_officer(), purpose="Another")
    again = actions.write_brief(meeting=meeting, values={"purpose": "Later"}, version=1, by=officer)
    assert (again.version, again.purpose, again.through) == (2, "Later", "Chief, Engagement")


def test_what_only_named_officers_may_see_is_not_unclassified() -> None:
    approver = make_approver()
    meeting = make_meeting(state=S.CONFIRMED, level=Level.NAMED_OFFICERS)
    with pytest.raises(Refused, match="not unclassified"):
        written(meeting, approver, classification=Classification.UNCLASSIFIED)
    assert written(meeting, approver, classification=Classification.CONFIDENTIAL)


def test_lines_stand_still_once_people_have_met() -> None:
    with pytest.raises(WrongState):
        written(make_meeting(state=S.HELD), make_officer())


def test_lines_become_points_and_talks() -> None:
    assert [one.text for one in points("- a\n\n • b\n*c")] == ["a", "b", "c"]
    assert (talk("Listing: no").about.text, talk("Listing: no").say.text) == ("Listing", "no")
    assert (talk("Say no").about.text, talk("Say no").say.text) == ("", "Say no")


def form(**changes: Any) -> dict[str, Any]:
    return {**LINES, "version": 0, "token": uuid.uuid4(), **changes}


def test_page_offers_the_usual_classification_and_makes_the_paper(client: Client) -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    client.force_login(officer)
    url = reverse("meetings:brief", args=[meeting.pk])
    assert client.get(url).context["form"].initial["classification"] == "confidential"
    sent = form(then="paper")
    answers = [client.post(url, sent).headers["Location"] for _twice in range(2)]
    document = seen_by(officer).get()
    assert answers == [reverse("documents:progress", args=[document.pk])] * 2
    render_now(document)
    assert str(document.pk) in client.get(url).content.decode()
    file = client.get(reverse("documents:download", args=[document.pk]))
    assert file.headers["Content-Disposition"].endswith(f'"{meeting.reference}-brief.pdf"')
    client.force_login(meeting.created_by)
    for name in ("meetings:brief", "documents:progress", "documents:download"):
        pk = meeting.pk if name == "meetings:brief" else document.pk
        assert client.get(reverse(name, args=[pk])).status_code in (403, 404)


def test_page_keeps_what_was_typed_when_somebody_was_faster(client: Client) -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.CONFIRMED)
    written(meeting, make_officer(), purpose="What the other wrote.")
    client.force_login(officer)
    url = reverse("meetings:brief", args=[meeting.pk])
    answer = client.post(url, form(purpose="What I wrote."))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What I wrote." in page
    assert "What the other wrote." in page
    assert set(answer.context["form"].fields) == {*FIELDS, "version", "token"}


def test_page_after_the_meeting_shows_the_paper_and_no_form(client: Client) -> None:
    officer = make_officer()
    meeting = make_meeting(state=S.HELD)
    client.force_login(officer)
    page = client.get(reverse("meetings:brief", args=[meeting.pk])).content.decode()
    assert "<textarea" not in page
    sent = client.post(reverse("meetings:brief_paper", args=[meeting.pk]))
    assert sent.headers["Location"].startswith("/documents/")
