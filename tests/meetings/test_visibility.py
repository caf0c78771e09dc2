"""Who sees which meeting and what hangs on it: with data that could leak."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from foundation.confidentiality import Audience, Level, SystemActor
from foundation.confidentiality.guard import UnguardedRead
from meetings import actions
from meetings.enums import InvitationStyle, MessageKind
from meetings.enums import MeetingState as S
from meetings.models import (
    CalendarStep,
    Commitment,
    Meeting,
    Message,
    NamedReader,
    Note,
    Participant,
    Slot,
)
from meetings.rules import roles_of, works_on
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_officer,
    make_organization,
    make_user,
)
from tests.meetings.factories import make_contributor, make_meeting, make_submitter, take_part

pytestmark = pytest.mark.django_db
LEVELS = (Level.OFFICE, Level.NAMED_OFFICERS)


def viewers() -> dict[str, Any]:
    """Return people without a part in the meeting, by their role."""
    coordinator = make_user()
    make_network(coordinators=(coordinator,))
    return {
        "representative": make_submitter()[0],
        "expert": make_expert().user,
        "coordinator": coordinator,
        "officer": make_officer(),
        "approver": make_approver(),
        "stranger": make_user(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "anyone": AnonymousUser(),
        "closed account": make_user("", "approver", is_active=False),
    }


def seen_by(state: str, level: int) -> set[str]:
    """Say it once more, in other words than the querysets."""
    if state == S.DRAFT:
        return set()
    return {"approver"} if level == Level.NAMED_OFFICERS else {"officer", "approver"}


def shown_to(rows: Any, people: dict[str, Any]) -> set[str]:
    return {name for name, one in people.items() if rows.visible_to(one).exists()}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("state", S.values)
def test_meeting_and_its_times_and_people_are_seen_by(state: str, level: int) -> None:
    meeting = make_meeting(state=state, level=level)
    people = viewers()
    for rows in (Meeting.objects, Slot.objects, Participant.objects):
        assert shown_to(rows, people) == seen_by(state, level), rows.model
        for own in (meeting.created_by, make_contributor(meeting.organization)):
            assert rows.visible_to(own).exists()
        assert rows.visible_to(SystemActor("test")).exists()
        for reader in (Level.PUBLIC, Level.UNNAMED):
            assert not rows.visible_to(Audience(reader)).exists()


@pytest.mark.parametrize("level", LEVELS)
def test_rules_and_queries_agree(level: int) -> None:
    """Each person of the cast: who has a word of the table sees the meeting, and no other."""
    meeting = make_meeting(state=S.ASSIGNED, level=level)
    named = make_officer()
    NamedReader.objects.create(meeting=meeting, user=named, named_by=make_approver())
    people = {**viewers(), "named": named, "own": meeting.created_by, "owner": meeting.owner}
    for name, one in people.items():
        sees = Meeting.objects.visible_to(one).exists()
        assert sees == bool(roles_of(one, meeting)), name
        desk = Meeting.objects.visible_to(one)
        if name != "anyone":
            assert desk.for_the_desk(one).exists() == works_on(one, meeting), name


def test_audience_of_the_office_sees_what_was_sent_up_to_its_level() -> None:
    make_meeting(state=S.DRAFT)
    make_meeting(state=S.WITHDRAWN)
    sent = make_meeting()
    named = make_meeting(level=Level.NAMED_OFFICERS)
    assert list(Meeting.objects.visible_to(Audience(Level.OFFICE))) == [sent]
    assert set(Meeting.objects.visible_to(Audience(Level.NAMED_OFFICERS))) == {sent, named}


def test_nothing_is_read_before_somebody_said_for_whom() -> None:
    every = (Meeting, Slot, Participant, CalendarStep, Note, Commitment, Message, NamedReader)
    for model in every:
        with pytest.raises(UnguardedRead):
            model.objects.count()


def test_who_has_left_sees_nothing() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    gone = make_user()
    make_membership(gone, meeting.organization, ended=True)
    take_part(meeting, user=gone)  # the list opens the meeting to nobody
    assert not Meeting.objects.visible_to(gone).exists()
    assert not Participant.objects.visible_to(gone).exists()


def test_network_is_seen_by_its_coordinators_and_not_by_its_members() -> None:
    asker, member = make_user(), make_user()
    organization = make_organization(representative=member)
    network = make_network(coordinators=(asker,), members=(organization,))
    meeting = make_meeting(network=network, by=asker)
    assert list(Meeting.objects.visible_to(asker)) == [meeting]
    assert not Meeting.objects.visible_to(member).exists()


def test_staff_who_belong_to_who_asks_see_their_own_side_only() -> None:
    meeting = make_meeting(state=S.HELD)
    officer = make_approver()
    make_membership(officer, meeting.organization)
    Note.objects.create(meeting=meeting, points="Hillsecret", written_by=meeting.owner)
    assert Meeting.objects.visible_to(officer).exists()
    assert not Meeting.objects.visible_to(officer).for_the_desk(officer).exists()
    assert not Note.objects.visible_to(officer).exists()


# What hangs on it -----------------------------------------------------------------------------
@pytest.mark.parametrize("level", LEVELS)
def test_note_and_named_readers_stay_inside_the_office(level: int) -> None:
    meeting = make_meeting(state=S.FILED, level=level)
    NamedReader.objects.create(meeting=meeting, user=make_officer(), named_by=make_approver())
    people = viewers() | {
        "own": meeting.created_by, "colleague": make_contributor(meeting.organization)
    }  # fmt: skip
    for rows in (Note.objects, NamedReader.objects):
        assert shown_to(rows, people) == seen_by(S.FILED, level)


def test_words_are_seen_by_both_sides_and_notes_by_the_office() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    for kind in MessageKind:
        Message.objects.create(
            meeting=meeting, kind=kind, text="Said.", written_by=meeting.created_by
        )
    for name, viewer in {**viewers(), "own": meeting.created_by}.items():
        kinds = set(Message.objects.visible_to(viewer).values_list("kind", flat=True))
        both, word = {"word", "note"}, {"word"}
        expected = {"officer": both, "approver": both, "own": word}.get(name, set())
        assert kinds == expected, name


def test_commitment_is_seen_by_both_sides() -> None:
    meeting = make_meeting(state=S.FILED)
    actions.add_commitment(
        meeting=meeting, text="Visit.", owner=meeting.owner, due=timezone.now().date(),
        by=meeting.owner,
    )  # fmt: skip
    people = viewers() | {"own": meeting.created_by}
    assert shown_to(Commitment.objects, people) == {"officer", "approver", "own"}


def test_calendar_steps_are_seen_by_the_one_who_is_invited_only() -> None:
    meeting = make_meeting(state=S.CONFIRMED)
    one = take_part(meeting, user=make_contributor(meeting.organization))
    actions.choose_style(participant=one, style=InvitationStyle.NEUTRAL, by=one.user)
    people = viewers() | {"own": meeting.created_by, "owner": meeting.owner, "invited": one.user}
    assert shown_to(CalendarStep.objects, people) == {"invited"}
    assert CalendarStep.objects.visible_to(SystemActor("test")).count() == 1


def test_linked_recommendations_are_seen_through_their_own_rule() -> None:
    from tests.recommendations.factories import make_recommendation

    meeting = make_meeting()
    hidden = make_recommendation(
        organization=meeting.organization, by=meeting.created_by, level=Level.NAMED_OFFICERS
    )
    values = {"recommendations": [hidden]}
    draft = make_meeting(state=S.DRAFT, organization=meeting.organization, by=meeting.created_by)
    actions.edit(meeting=draft, values=values, version=0, by=draft.created_by)
    assert draft.recommendations.visible_to(draft.created_by).count() == 1
    assert draft.recommendations.visible_to(make_officer()).count() == 0
    with pytest.raises(UnguardedRead):
        list(draft.recommendations.all())


# Searches and counts --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("نطلب لقاء مع المجتمع المدني", "المجتمع"),
        ("我们要求与独立组织定期会面", "独立组织"),
        ("Мы просим встречи с независимыми организациями", "независимыми"),
        ("Nous demandons une réunion régulière", "reunion"),
    ],
)
def test_search_finds_words_of_any_script(text: str, word: str) -> None:
    meeting, officer = make_meeting(text=text), make_officer()
    make_meeting()
    assert list(Meeting.objects.visible_to(officer).matching(word)) == [meeting]


def test_search_for_who_asks_works_for_the_desk() -> None:
    asker, organization = make_submitter(name="Hidden Valley Circle", acronym="HVC")
    meeting = make_meeting(organization=organization, by=asker)
    seen = Meeting.objects.visible_to(make_officer())
    assert list(seen.matching("hidden valley", senders=True)) == [meeting]
    assert not seen.matching("hidden valley").exists()
    assert list(seen.matching(meeting.reference.lower())) == [meeting]


def test_counts_of_the_desk_hold_what_the_person_sees() -> None:
    officer = make_officer()
    make_meeting()
    make_meeting(state=S.ASSIGNED, owner=officer)
    make_meeting(state=S.CONFIRMED, days=3, owner=officer)
    make_meeting(state=S.HELD)
    for state in (S.DRAFT, S.CONFIRMED):
        make_meeting(state=state, level=Level.NAMED_OFFICERS, days=3)
    desk = Meeting.objects.visible_to(officer).for_the_desk(officer)
    counts = {"unowned": 1, "mine": 2, "week": 1, "open": 3, "all": 4}
    assert desk.counted(officer) == counts
    soon = timezone.now().date() + timedelta(days=30)
    assert desk.due_within(soon).count() == 2
    assert desk.in_a_week().count() == 1
