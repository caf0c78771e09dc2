"""What the actions refuse and keep besides the table: names, links, words, levels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, Refused
from meetings import actions
from meetings.enums import MeetingState as S
from meetings.enums import MessageKind, Side
from meetings.models import Meeting, Message, Participant, Slot
from meetings.rules import hats_of, missing, works_on
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_officer,
    make_organization,
    make_user,
)
from tests.meetings.factories import (
    at,
    make_contributor,
    make_meeting,
    make_submitter,
    window,
)
from tests.recommendations.factories import make_recommendation

pytestmark = pytest.mark.django_db
TIMES: dict[str, Any] = {"zone": "Europe/Vienna", "place": "Hall"}


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.unguarded("test").get(pk=meeting.pk)


def begin_the(meeting: Meeting) -> None:
    """Let the moment of meeting be past."""
    rows = Meeting.objects.unguarded("test").filter(pk=meeting.pk)
    rows.update(starts_at=at(-1), ends_at=at(-1, 10))


# The whole way --------------------------------------------------------------------------------
def test_whole_way_of_a_meeting() -> None:
    asker, organization = make_submitter()
    officer = make_officer()
    linked = make_recommendation(organization=organization, by=asker)
    meeting = actions.begin(
        level=Level.OFFICE, organization=organization, may_be_counted=True, by=asker
    )
    values = {"purpose": "Speak", "text": "Of the valleys.", "languages": ["ar", "en"]}
    values |= {"recommendations": [linked], "access_needs": "A ramp."}
    meeting = actions.edit(meeting=meeting, values=values, version=0, by=asker)
    actions.set_windows(meeting=meeting, windows=[window(5, hours=48)], by=asker)
    actions.add_participant(
        meeting=meeting, name="Amara Quist", function="Chair", side=Side.REQUESTER, by=asker
    )
    meeting = actions.request(meeting=meeting, by=asker)
    assert meeting.reference.startswith("MTG-")
    day = timezone.now().date() + timedelta(days=20)
    actions.assign(meeting=meeting, owner=officer, answer_by=day, by=officer)
    actions.propose(meeting=meeting, slots=[window(6), window(7)], place="Room 7", by=officer)
    meeting = actions.ask_other_times(
        meeting=meeting, text="In the week after.", windows=[window(12, hours=48)], by=asker
    )
    meeting = actions.propose(meeting=meeting, slots=[window(13)], by=officer)
    slots = Slot.objects.visible_to(asker)
    assert (slots.asked().count(), slots.proposed().count()) == (2, 3)
    slot = slots.offered(meeting).get()
    meeting = actions.choose(meeting=meeting, slot=slot, by=asker)
    assert (meeting.starts_at, meeting.place) == (slot.starts_at, "Room 7")
    meeting = actions.move(
        meeting=meeting, starts_at=at(14), ends_at=at(14, 10), version=meeting.version, by=officer,
        **TIMES,
    )  # fmt: skip
    begin_the(meeting)
    came = Participant.objects.unguarded("test").about(meeting).get()
    meeting = actions.hold(meeting=meeting, attended=[came], by=officer)
    values = {"points": "The valleys.", "replies": "We listened.", "distribution": "Section"}
    actions.draft_note(meeting=meeting, values=values, version=0, by=officer)
    actions.add_commitment(meeting=meeting, text="Visit.", owner=officer, due=day, by=officer)
    meeting = actions.file_note(meeting=meeting, by=officer)
    assert meeting.state == S.FILED
    assert Participant.objects.unguarded("test").get(pk=came.pk).attended is True


def test_edit_keeps_what_was_linked_by_others() -> None:
    first, second = make_user(), make_user()
    network = make_network(coordinators=(first, second))
    organization = make_organization(representative=first)
    linked = make_recommendation(organization=organization, by=first)
    meeting = actions.begin(level=Level.OFFICE, network=network, by=first)
    values = {"recommendations": [linked]}
    actions.edit(meeting=meeting, values=values, version=0, by=first)
    actions.edit(meeting=meeting, values={"recommendations": []}, version=1, by=second)
    links = meeting.recommendations
    assert links.visible_to(first).count() == 1
    assert links.visible_to(second).count() == 0
    actions.edit(meeting=meeting, values={"recommendations": []}, version=2, by=first)
    assert links.visible_to(first).count() == 0


def test_recommendation_of_others_is_not_linked() -> None:
    meeting = make_meeting(state=S.DRAFT)
    values = {"recommendations": [make_recommendation(state="answered", level=Level.PUBLIC)]}
    with pytest.raises(Refused, match="your own"):
        actions.edit(meeting=meeting, values=values, version=0, by=meeting.created_by)


def test_edit_of_an_older_version_is_refused() -> None:
    meeting = make_meeting(state=S.DRAFT)
    change = {"meeting": meeting, "version": 0, "by": meeting.created_by}
    actions.edit(values={"purpose": "One"}, **change)
    with pytest.raises(EditConflict):
        actions.edit(values={"purpose": "Two"}, **change)


# In whose name --------------------------------------------------------------------------------
def test_people_ask_in_their_names_only() -> None:
    asker, organization = make_submitter()
    expert = make_expert()
    network = make_network(coordinators=(asker,))
    assert [hat.key for hat in hats_of(asker)] == [str(organization.pk), str(network.pk)]
    assert [hat.key for hat in hats_of(expert.user)] == ["own-name"]
    for name in ({"organization": organization}, {"network": network}):
        actions.begin(level=Level.OFFICE, by=asker, **name)
        with pytest.raises(NotYours):
            actions.begin(level=Level.OFFICE, by=expert.user, **name)
    with pytest.raises(NotYours):
        actions.begin(level=Level.OFFICE, organization=organization, network=network, by=asker)
    with pytest.raises(NotYours):
        actions.begin(level=Level.OFFICE, by=asker)
    with pytest.raises(actions.Incomplete):
        actions.begin(level=Level.PUBLIC, organization=organization, by=asker)


def test_contributor_writes_a_draft_and_does_not_send_it() -> None:
    meeting = make_meeting(state=S.DRAFT)
    contributor = make_contributor(meeting.organization)
    actions.edit(meeting=meeting, values={"text": "More."}, version=0, by=contributor)
    actions.set_windows(meeting=meeting, windows=[window()], by=contributor)
    person = {"name": "Ilo", "function": "", "side": Side.REQUESTER}
    actions.add_participant(meeting=meeting, by=contributor, **person)
    with pytest.raises(NotYours):
        actions.request(meeting=meeting, by=contributor)
    sent = make_meeting(organization=meeting.organization)
    with pytest.raises(NotYours):
        actions.add_participant(meeting=sent, by=contributor, **person)


@pytest.mark.parametrize("kind", ["organization", "expert", "network"])
def test_each_kind_of_requester_asks_chooses_and_cancels(kind: str) -> None:
    asker, organization = make_submitter()
    names = {
        "organization": {"organization": organization},
        "expert": {"expert": make_expert(user=asker)},
        "network": {"network": make_network(coordinators=(asker,))},
    }
    meeting = make_meeting(state=S.DRAFT, by=asker, **names[kind])
    assert actions.request(meeting=meeting, by=asker).state == S.REQUESTED
    meeting = make_meeting(state=S.PROPOSED, by=asker, **names[kind])
    slot = Slot.objects.unguarded("test").offered(meeting).get()
    actions.choose(meeting=meeting, slot=slot, by=asker)
    cancelled = actions.cancel(meeting=meeting, reason="Ill.", by=asker)
    assert cancelled.cancelled_by_side == Side.REQUESTER


@pytest.mark.parametrize("kind", ["organization", "expert"])
def test_who_is_no_longer_vetted_neither_asks_nor_chooses_but_may_leave(kind: str) -> None:
    asker, organization = make_submitter(expired=True)
    expert = make_expert(user=asker, expired=True)
    name = {"organization": organization} if kind == "organization" else {"expert": expert}
    meeting = make_meeting(state=S.DRAFT, by=asker, **name)
    with pytest.raises(Refused, match="vetted"):
        actions.request(meeting=meeting, by=asker)
    meeting = make_meeting(state=S.PROPOSED, by=asker, **name)
    slot = Slot.objects.unguarded("test").offered(meeting).get()
    with pytest.raises(Refused, match="vetted"):
        actions.choose(meeting=meeting, slot=slot, by=asker)
    assert actions.withdraw(meeting=meeting, by=asker).state == S.WITHDRAWN
    meeting = make_meeting(state=S.CONFIRMED, by=asker, **name)
    assert actions.cancel(meeting=meeting, reason="Ill.", by=asker).state == S.CANCELLED


def test_staff_of_a_member_of_the_network_have_a_stake() -> None:
    officer = make_officer()
    member = make_organization()
    network = make_network(coordinators=(make_user(),), members=(member,))
    meeting = make_meeting(network=network)
    assert works_on(officer, meeting)
    assert Meeting.objects.visible_to(officer).exists()
    make_membership(officer, member, role="contributor")
    assert not works_on(officer, meeting)
    assert not Meeting.objects.visible_to(officer).exists()
    with pytest.raises(NotYours):
        actions.decline(meeting=meeting, reason="No.", by=officer)


@pytest.mark.parametrize(
    "lack", ["purpose", "text", "windows", "windows that are over", "participants"]
)
def test_draft_lacking_something_is_not_sent(lack: str) -> None:
    meeting = make_meeting(state=S.DRAFT, **({lack: ""} if lack in ("purpose", "text") else {}))
    slots = Slot.objects.unguarded("test").about(meeting)
    if lack == "windows":
        slots.delete()
    elif lack == "windows that are over":
        slots.update(starts_at=at(-3), ends_at=at(-2))
    elif lack == "participants":
        one = Participant.objects.unguarded("test").about(meeting).get()
        actions.remove_participant(participant=one, by=meeting.created_by)
    assert len(missing(meeting)) == 1
    with pytest.raises(actions.Incomplete):
        actions.request(meeting=meeting, by=meeting.created_by)
    assert fresh(meeting).state == S.DRAFT


# Words, levels, the database ------------------------------------------------------------------
def test_words_are_told_to_the_other_side_and_notes_to_nobody() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    actions.write_word(meeting=meeting, text="Is it far?", by=meeting.created_by)
    assert Notice.objects.get().recipient_id == meeting.owner.pk
    actions.write_word(meeting=meeting, text="No.", by=meeting.owner)
    assert Notice.objects.filter(recipient_id=meeting.created_by.pk).count() == 1
    actions.write_note(meeting=meeting, text="Friendly.", by=meeting.owner)
    assert Notice.objects.count() == 2
    for by in (make_contributor(meeting.organization), make_user()):
        with pytest.raises(NotYours):
            actions.write_word(meeting=meeting, text="x", by=by)
    with pytest.raises(NotYours):
        actions.write_note(meeting=meeting, text="x", by=meeting.created_by)
    with pytest.raises(actions.Incomplete):
        actions.write_word(meeting=meeting, text="  ", by=meeting.owner)
    kinds = Message.objects.unguarded("test").in_order().values_list("kind", flat=True)
    assert list(kinds) == [MessageKind.WORD, MessageKind.WORD, MessageKind.NOTE]


def test_what_was_sent_is_closed_further_never_opened_and_its_owner_goes_on() -> None:
    meeting = make_meeting(state=S.ASSIGNED)
    change = {"meeting": meeting, "by": meeting.created_by}
    actions.choose_level(level=Level.NAMED_OFFICERS, version=0, **change)
    with pytest.raises(Refused, match="not to more"):
        actions.choose_level(level=Level.OFFICE, version=1, **change)
    assert works_on(meeting.owner, fresh(meeting))
    assert not works_on(make_officer(), fresh(meeting))
    draft = make_meeting(state=S.DRAFT, level=Level.NAMED_OFFICERS)
    actions.choose_level(meeting=draft, level=Level.OFFICE, version=0, by=draft.created_by)
    assert fresh(draft).level == Level.OFFICE


def test_owner_must_be_able_to_see_it() -> None:
    meeting = make_meeting(level=Level.NAMED_OFFICERS)
    officer, approver = make_officer(), make_approver()
    give = {"meeting": meeting, "owner": officer, "answer_by": timezone.now().date()}
    with pytest.raises(NotYours):
        actions.assign(by=officer, **give)
    actions.assign(by=approver, **give)
    assert works_on(officer, fresh(meeting))
    with pytest.raises(Refused, match="Assign it"):
        actions.name_readers(meeting=meeting, officers=[], by=approver)
    with pytest.raises(NotYours):
        actions.name_readers(meeting=meeting, officers=[officer], by=officer)
    with pytest.raises(Refused, match="without a stake"):
        actions.name_readers(meeting=meeting, officers=[officer, meeting.created_by], by=approver)


@pytest.mark.parametrize(
    ("state", "change"),
    [
        (S.CONFIRMED, {"starts_at": None}),
        (S.CONFIRMED, {"confirmed_at": None}),
        (S.CONFIRMED, {"zone": ""}),
        (S.CONFIRMED, {"owner": None}),
        (S.CONFIRMED, {"ends_at": at(9)}),
        (S.ASSIGNED, {"starts_at": at(9), "zone": "UTC"}),
        (S.HELD, {"held_at": None}),
        (S.CANCELLED, {"cancelled_by_side": ""}),
        (S.CANCELLED, {"closed_reason": ""}),
        (S.DECLINED, {"closed_reason": ""}),
        (S.REQUESTED, {"answer_by": None}),
        (S.REQUESTED, {"purpose": ""}),
        (S.REQUESTED, {"organization": None}),
        (S.REQUESTED, {"level": Level.PUBLIC}),
        (S.REQUESTED, {"state": "lost"}),
    ],
)
def test_database_refuses_a_meeting_that_cannot_be(state: str, change: dict[str, Any]) -> None:
    meeting = make_meeting(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.unguarded("test").filter(pk=meeting.pk).update(**change)


def test_meeting_of_two_requesters_cannot_be() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(organization=make_organization(), expert=make_expert())
