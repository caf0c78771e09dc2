"""Who leads a letter, what the leads approve, pausing, and replacing one who is away."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.approving import NotApproved
from letters.enums import LetterState as S
from letters.models import Approval, LeadReplacement, Letter, LetterLead
from letters.rules import approvals_needed, is_approved, leads_of
from letters.waiting import letters_waiting_for
from tests.factories import make_network, make_officer, make_user
from tests.letters.factories import make_letter, make_signer

pytestmark = pytest.mark.django_db


def make_led(leads: int = 2, others: int = 0, **fields):
    """Return a letter with `leads` leads, and `others` more coordinators of its network."""
    people = [make_user() for _ in range(leads + others)]
    letter = make_letter(network=make_network(coordinators=people), by=people[0], **fields)
    for user in people[:leads]:
        LetterLead(letter=letter, user=user, appointed_by=people[0]).save()
    return letter, people[:leads], people[leads:]


def told(user) -> list[str]:
    return [
        notice.kind for notice in Notice.objects.filter(recipient_id=user.pk).order_by("created_at")
    ]


def again(letter: Letter) -> Letter:
    return Letter.objects.unguarded("test").get(pk=letter.pk)


def test_who_begins_a_letter_leads_it():
    user = make_user()
    network = make_network(coordinators=(user,))
    letter = actions.begin(network=network, by=user, subject="One", body="Two")
    assert [lead.user for lead in leads_of(letter)] == [user]
    assert approvals_needed(letter) == 1


def test_letter_of_one_lead_is_opened_by_that_lead():
    letter, (lead,), _ = make_led(1)
    assert actions.open_for_sign_on(letter=letter, by=lead).state == S.OPEN


def test_letter_is_not_opened_by_a_coordinator_without_its_lead():
    letter, (lead,), (other,) = make_led(1, 1)
    with pytest.raises(NotApproved):
        actions.open_for_sign_on(letter=letter, by=other)
    actions.approve(letter=letter, step="open", by=lead)
    assert actions.open_for_sign_on(letter=letter, by=other).state == S.OPEN


@pytest.mark.parametrize("leads", [2, 3])
def test_letter_of_several_leads_is_opened_when_two_approved(leads):
    letter, people, _ = make_led(leads)
    with pytest.raises(NotApproved, match="Two leads"):
        actions.open_for_sign_on(letter=letter, by=people[0])
    assert not Approval.objects.unguarded("test").exists()  # what is refused leaves nothing
    actions.approve(letter=letter, step="open", by=people[1])
    assert not is_approved(letter, "open")
    assert told(people[0]) == ["letters.approval_wanted"]
    opened = actions.open_for_sign_on(letter=letter, by=people[0])
    assert opened.state == S.OPEN
    used = Approval.objects.unguarded("test").filter(used_at__isnull=False, step="open")
    assert {one.sha256 for one in used} == {opened.frozen.sha256} and used.count() == 2


def test_approval_given_twice_by_one_lead_counts_once():
    letter, (lead, _other), _ = make_led()
    first = actions.approve(letter=letter, step="open", by=lead)
    assert actions.approve(letter=letter, step="open", by=lead) == first
    assert not is_approved(letter, "open")


def test_approval_is_void_after_an_edit_and_the_lead_is_told():
    letter, (one, two), _ = make_led()
    actions.approve(letter=letter, step="open", by=two)
    actions.edit(letter=letter, version=0, by=one, body="Another sentence.")
    assert "letters.approval_void" in told(two)
    letter = again(letter)
    with pytest.raises(NotApproved):
        actions.open_for_sign_on(letter=letter, by=one)
    actions.approve(letter=letter, step="open", by=two)
    assert actions.open_for_sign_on(letter=letter, by=one).state == S.OPEN


def test_edit_of_what_is_no_word_leaves_the_approvals():
    letter, (one, two), _ = make_led()
    actions.approve(letter=letter, step="open", by=two)
    actions.edit(letter=letter, version=0, by=one, arrangement="as_printed")
    assert actions.open_for_sign_on(letter=letter, by=one).state == S.OPEN


@pytest.mark.parametrize("who", ["coordinator", "officer", "signer"])
def test_step_is_not_approved_by_others(who):
    letter, _, (coordinator,) = make_led(2, 1)
    people = {"coordinator": coordinator, "officer": make_officer(), "signer": make_signer()[0]}
    with pytest.raises(NotYours):
        actions.approve(letter=letter, step="open", by=people[who])


@pytest.mark.parametrize("state", S.values)
def test_step_is_approved_in_the_states_in_which_it_is_taken(state):
    right = {"open": (S.DRAFT,), "deliver": (S.CLOSED,)}
    for step, states in right.items():
        letter, (lead, _), _ = make_led(state=state)
        if state in states:
            assert actions.approve(letter=letter, step=step, by=lead).step == step
        else:
            with pytest.raises(WrongState):
                actions.approve(letter=letter, step=step, by=lead)


def test_letter_whose_leads_left_is_led_by_the_coordinator_who_acts():
    letter, (gone,), (other,) = make_led(1, 1)
    letter.network.coordinators.unguarded("test").filter(user=gone).update(
        ended_at="2026-11-20T00:00Z"
    )
    assert actions.open_for_sign_on(letter=letter, by=other).state == S.OPEN
    assert [lead.user for lead in leads_of(letter)] == [other]


def test_imported_letter_needs_no_approval():
    letter, (lead, _), _ = make_led(intent="sent")
    filed = actions.file_as_sent(letter=letter, by=lead)
    assert approvals_needed(filed) == 0 and is_approved(filed, "deliver")
    with pytest.raises(WrongState, match="imported"):
        actions.approve(letter=filed, step="deliver", by=lead)


STEPS = {
    "open": (S.DRAFT, actions.open_for_sign_on),
    "file_as_sent": (S.DRAFT, actions.file_as_sent),
    "set_aside": (S.DRAFT, actions.set_aside),
    "close": (S.OPEN, actions.close),
    "correct": (S.OPEN, actions.correct),
}


@pytest.mark.parametrize("step", STEPS)
def test_paused_letter_takes_no_step(step):
    state, take = STEPS[step]
    letter, (lead,), _ = make_led(1, state=state)
    actions.pause(letter=letter, reason="A name is in danger.", by=lead)
    if step == "correct":
        with pytest.raises(WrongState, match="paused"):
            actions.begin_correction(letter=letter, reason="Why", by=lead)
    else:
        with pytest.raises(WrongState, match="paused"):
            take(letter=letter, by=lead)
    assert again(letter).state == state


def test_paused_letter_takes_no_signature_until_it_is_resumed():
    letter, (lead, other), _ = make_led(state=S.OPEN)
    signer, organization = make_signer()
    actions.pause(letter=letter, reason="Wait.", by=lead)
    assert told(other) == ["letters.paused"]
    with pytest.raises(WrongState), transaction.atomic():
        sign(letter, signer, organization)
    actions.resume(letter=again(letter), by=other)
    assert sign(letter, signer, organization).text == letter.frozen  # the control


def sign(letter, signer, organization):
    return actions.sign(
        letter=letter, by=signer, organization_id=organization.pk, **mode_of_a_public_name()
    )


def mode_of_a_public_name():
    return {"mode": "public"}


@pytest.mark.parametrize("state", S.values)
def test_letter_is_paused_before_delivery_by_a_lead(state):
    letter, (lead, _), (coordinator,) = make_led(2, 1, state=state)
    for other in (coordinator, make_officer(), make_signer()[0]):
        with pytest.raises(NotYours):
            actions.pause(letter=letter, reason="Wait.", by=other)
    if state in (S.DRAFT, S.OPEN, S.CLOSED):
        paused = actions.pause(letter=letter, reason="Wait.", by=lead)
        assert (paused.is_paused, paused.paused_by) == (True, lead)
        with pytest.raises(WrongState):
            actions.pause(letter=paused, reason="Wait.", by=lead)
        assert not actions.resume(letter=paused, by=coordinator).is_paused
    else:
        with pytest.raises(WrongState):
            actions.pause(letter=letter, reason="Wait.", by=lead)


def test_lead_away_is_replaced_by_two_other_coordinators_and_told():
    letter, (away, _lead), (one, two) = make_led(2, 2)
    row = leads_of(letter)[0]
    asked = actions.ask_replacement(letter=letter, lead=row, successor=one, reason="Ill", by=one)
    assert "letters.replacement_asked" in told(two)
    with pytest.raises(NotYours):  # not alone
        actions.second_replacement(replacement=asked, by=one)
    with pytest.raises(NotYours):  # not the person
        actions.second_replacement(replacement=asked, by=away)
    actions.second_replacement(replacement=asked, by=two)
    assert {lead.user for lead in leads_of(letter)} == {_lead, one}
    assert told(away) == ["letters.lead_replaced"]
    with pytest.raises(WrongState):
        actions.second_replacement(replacement=asked, by=two)


def test_lead_away_is_replaced_by_the_only_other_coordinator():
    letter, (away,), (other,) = make_led(1, 1)
    row = leads_of(letter)[0]
    actions.ask_replacement(letter=letter, lead=row, successor=other, reason="Ill", by=other)
    assert [lead.user for lead in leads_of(letter)] == [other]
    assert told(away) == ["letters.lead_replaced"]


def test_ask_to_replace_is_dropped_by_the_lead_who_is_not_away():
    letter, (lead,), (one, two) = make_led(1, 2)
    row = leads_of(letter)[0]
    asked = actions.ask_replacement(letter=letter, lead=row, successor=one, reason="?", by=one)
    actions.drop_replacement(replacement=asked, by=lead)
    with pytest.raises(WrongState):
        actions.second_replacement(replacement=asked, by=two)
    assert [one.user for one in leads_of(letter)] == [lead]


def test_lead_is_not_replaced_by_the_own_word_or_by_a_stranger():
    letter, (lead,), (one, _two) = make_led(1, 2)
    row = leads_of(letter)[0]
    for by in (lead, make_user(), make_officer()):
        with pytest.raises(NotYours):
            actions.ask_replacement(letter=letter, lead=row, successor=one, reason="?", by=by)
    with pytest.raises(Refused):  # nobody from outside leads
        actions.ask_replacement(letter=letter, lead=row, successor=make_user(), reason="?", by=one)
    assert not LeadReplacement.objects.unguarded("test").exists()


def test_approvals_of_a_replaced_lead_count_no_more():
    letter, (away, lead), (one, two) = make_led(2, 2)
    actions.approve(letter=letter, step="open", by=away)
    row = leads_of(letter)[0]
    asked = actions.ask_replacement(letter=letter, lead=row, successor=one, reason="Ill", by=one)
    actions.second_replacement(replacement=asked, by=two)
    with pytest.raises(NotApproved):
        actions.open_for_sign_on(letter=letter, by=lead)


def test_lead_appoints_another_and_steps_down():
    letter, (lead,), (other,) = make_led(1, 1)
    with pytest.raises(Refused, match="only lead"):
        actions.step_down(letter=letter, by=lead)
    with pytest.raises(NotYours):
        actions.appoint_lead(letter=letter, user=other, by=other)
    actions.appoint_lead(letter=letter, user=other, by=lead)
    actions.step_down(letter=letter, by=lead)
    assert [one.user for one in leads_of(letter)] == [other]
    assert told(other) == ["letters.lead_appointed"]


def test_leads_and_their_approvals_are_seen_by_the_coordinators_alone():
    letter, (lead, other), _ = make_led(state=S.DELIVERED, level=10)
    actions_row = Approval(letter=letter, lead=leads_of(letter)[0], step="deliver", sha256="0" * 64)
    actions_row.save()
    for viewer in (make_officer(), make_signer()[0], make_user()):
        assert not LetterLead.objects.visible_to(viewer).exists()
        assert not Approval.objects.visible_to(viewer).exists()
    assert LetterLead.objects.visible_to(lead).count() == 2
    assert Approval.objects.visible_to(other).count() == 1


def sentences(user) -> list[str]:
    return [one.sentence for one in letters_waiting_for(user)]


def test_lead_whose_word_is_wanted_is_told_on_the_first_page():
    letter, (one, two), _ = make_led()
    assert not any(sentence.startswith("Approve") for sentence in sentences(two))
    actions.approve(letter=letter, step="open", by=one)
    assert any(sentence.startswith("Approve") for sentence in sentences(two))
    assert not any(sentence.startswith("Approve") for sentence in sentences(one))
    actions.edit(letter=letter, version=0, by=one, body="Another text.")  # void
    assert not any(sentence.startswith("Approve") for sentence in sentences(two))


def test_paused_letter_waits_for_nobody_to_sign():
    letter, (lead, _), _ = make_led(state=S.OPEN)
    signer = make_signer()[0]
    assert any(sentence.startswith("Sign") for sentence in sentences(signer))
    actions.pause(letter=letter, reason="Wait.", by=lead)
    assert not any(sentence.startswith("Sign") for sentence in sentences(signer))


def test_leads_page_and_its_buttons(client):
    letter, (one, two), (three,) = make_led(2, 1)
    page = reverse("letters:leads", args=[letter.pk])
    client.force_login(one)
    assert two.display_name() in client.get(page).content.decode()
    approve = reverse("letters:act", args=[letter.pk, "approve-opening"])
    assert client.get(approve).status_code == 200
    assert client.post(approve, {"token": uuid.uuid4()}).status_code == 302
    opening = reverse("letters:step", args=[letter.pk, "open"])
    assert opening not in client.get(letter.get_absolute_url()).content.decode()
    pause = reverse("letters:pause", args=[letter.pk])
    client.post(pause, {"reason": "A name is in danger.", "token": uuid.uuid4()})
    body = client.get(letter.get_absolute_url()).content.decode()
    assert "A name is in danger." in body and one.display_name() in body
    client.force_login(two)
    assert client.post(approve, {"token": uuid.uuid4()}).status_code == 409  # paused
    resume = reverse("letters:act", args=[letter.pk, "resume"])
    assert client.post(resume, {"token": uuid.uuid4()}).status_code == 302
    assert opening in client.get(letter.get_absolute_url()).content.decode()
    replace = reverse("letters:replace", args=[leads_of(letter)[0].pk])
    client.force_login(three)
    data = {"user": three.pk, "reason": "Ill", "token": uuid.uuid4()}
    assert client.post(replace, data).status_code == 302
    asked = LeadReplacement.objects.unguarded("test").get()
    client.force_login(two)
    assert "Ill" in client.get(page).content.decode()
    client.post(reverse("letters:second", args=[asked.pk]), {"token": uuid.uuid4()})
    assert {lead.user for lead in leads_of(letter)} == {two, three}
    client.post(reverse("letters:appoint", args=[letter.pk]), {"user": one.pk})
    assert len(leads_of(letter)) == 3
    client.post(reverse("letters:act", args=[letter.pk, "step-down"]), {"token": uuid.uuid4()})
    assert {lead.user for lead in leads_of(letter)} == {one, three}
    assert client.get(reverse("letters:act", args=[letter.pk, "dance"])).status_code == 404


def test_pause_is_told_to_others_without_who_and_why(client):
    letter, (lead, _), _ = make_led(state=S.OPEN)
    actions.pause(letter=letter, reason="A name is in danger.", by=lead)
    client.force_login(make_signer()[0])
    body = client.get(letter.get_absolute_url()).content.decode()
    assert "interrupted at present" in body
    assert "A name is in danger." not in body and lead.display_name() not in body
    assert 'id="sign"' not in body
