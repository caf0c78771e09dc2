"""A correction makes text N+1, and everyone who signed text N is asked again."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.approving import NotApproved
from letters.enums import LetterState as S
from letters.models import Correction, Letter, Signatory
from tests.factories import make_officer, make_user
from tests.letters.factories import make_name, make_signer
from tests.letters.test_leading import again, make_led, told

pytestmark = pytest.mark.django_db
WHY = "A wrong number in the second paragraph."


def begun(letter: Letter, by, body: str = "The right number.") -> Correction:
    """Return a correction that was begun and written."""
    found = actions.begin_correction(letter=letter, reason=WHY, by=by)
    return actions.edit_correction(correction=found, version=0, by=by, body=body)


def put(letter: Letter, mode: str = "public"):
    signer, organization = make_signer()
    name = actions.sign(letter=letter, mode=mode, by=signer, organization_id=organization.pk)
    return signer, organization, name


def standing(letter: Letter) -> list:
    return list(Signatory.objects.unguarded("test").of(letter).standing())


@pytest.mark.parametrize("mode", ["public", "office", "coordinators", "not_counted"])
def test_correction_asks_everyone_again_and_carries_nobody_over(mode):
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    signer, organization, name = put(letter, mode)
    before = letter.frozen
    begun(letter, lead)
    corrected = actions.correct(letter=letter, by=lead)
    assert (corrected.frozen.number, corrected.text().body) == (2, "The right number.")
    assert again(letter).body == "The right number."
    assert standing(letter) == []
    name.refresh_from_db()
    assert name.text == before and name.withdrawn_at is None
    if mode == "public":
        assert "letters.corrected" in told(signer)
    second = actions.sign(letter=corrected, mode=mode, by=signer, organization_id=organization.pk)
    assert standing(letter) == [second] and second.text == corrected.frozen
    assert actions.read_names_asked_again(letter=corrected, by=lead) == []


def test_hidden_signatory_is_told_without_a_row_that_says_who():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    signer, *_ = put(letter, "coordinators")
    begun(letter, lead)
    actions.correct(letter=letter, by=lead)
    from foundation.notifications.models import Outbox

    sent = Outbox.objects.filter(kind="letters.corrected_unnamed")
    assert sent.count() == 1 and sent.get().recipient_id != signer.pk


def test_names_that_were_entered_are_asked_again_too():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    name = make_name(letter, text=letter.frozen)
    begun(letter, lead)
    corrected = actions.correct(letter=letter, by=lead)
    assert standing(letter) == []
    assert actions.read_names_asked_again(letter=corrected, by=lead) == [name]


def test_closed_letter_that_is_corrected_is_open_again():
    letter, (lead,), _ = make_led(1, state=S.CLOSED, deadline="2026-01-01T00:00Z")
    begun(letter, lead)
    corrected = actions.correct(letter=letter, by=lead)
    assert (corrected.state, corrected.closed_at, corrected.deadline) == (S.OPEN, None, None)


def test_correction_is_approved_as_the_freeze():
    letter, (one, two), (other,) = make_led(2, 1, state=S.OPEN)
    correction = begun(letter, one)
    with pytest.raises(NotApproved):
        actions.correct(letter=letter, by=one)
    actions.approve(letter=letter, step="correct", by=two)
    actions.edit_correction(correction=correction, version=1, by=one, body="Once more.")
    assert "letters.approval_void" in told(two)
    with pytest.raises(NotApproved):
        actions.correct(letter=letter, by=one)
    actions.approve(letter=letter, step="correct", by=two)
    actions.approve(letter=letter, step="correct", by=one)
    assert actions.correct(letter=letter, by=other).frozen.number == 2


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", ["coordinator", "officer", "signer"])
def test_correction_in_state_by_role(state, role):
    letter, (lead,), _ = make_led(1, state=state)
    by = {"coordinator": lead, "officer": make_officer(), "signer": make_signer()[0]}[role]
    if role != "coordinator":
        with pytest.raises(NotYours):
            actions.begin_correction(letter=letter, reason=WHY, by=by)
    elif state in (S.OPEN, S.CLOSED):
        found = actions.begin_correction(letter=letter, reason=WHY, by=by)
        for verb in (actions.edit_correction, actions.drop_correction):
            with pytest.raises(NotYours):
                more = {"version": 0} if verb is actions.edit_correction else {}
                verb(correction=found, by=make_officer(), **more)
    else:
        with pytest.raises(WrongState):
            actions.begin_correction(letter=letter, reason=WHY, by=by)


def test_correction_that_says_the_same_is_refused():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    actions.begin_correction(letter=letter, reason=WHY, by=lead)
    with pytest.raises(Refused, match="the same"):
        actions.correct(letter=letter, by=lead)


def test_correction_that_is_not_there_dropped_or_begun_twice_is_refused():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    with pytest.raises(WrongState, match="No correction"):
        actions.correct(letter=letter, by=lead)
    found = begun(letter, lead)
    with pytest.raises(Refused, match="already"):
        actions.begin_correction(letter=letter, reason=WHY, by=lead)
    actions.drop_correction(correction=found, by=lead)
    with pytest.raises(WrongState):
        actions.edit_correction(correction=found, version=1, by=lead, body="x")
    with pytest.raises(WrongState):
        actions.correct(letter=letter, by=lead)
    assert again(letter).frozen.number == 1


def test_imported_letter_is_not_corrected():
    letter, (lead,), _ = make_led(1, state=S.CLOSED, imported=True)
    with pytest.raises(WrongState, match="imported"):
        actions.begin_correction(letter=letter, reason=WHY, by=lead)


def test_language_of_a_correction_stays():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    found = actions.begin_correction(letter=letter, reason=WHY, by=lead)
    with pytest.raises(NotYours):
        actions.edit_correction(correction=found, version=0, by=lead, language="fr")


def test_correction_is_written_and_fixed_on_its_pages(client):
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    signer, *_ = put(letter, "office")
    client.force_login(lead)
    start = reverse("letters:begin_correction", args=[letter.pk])
    assert client.get(start).status_code == 200
    page = reverse("letters:correction", args=[letter.pk])
    assert client.get(page).status_code == 404
    client.post(start, {"reason": WHY, "token": uuid.uuid4()})
    body = client.get(page).content.decode()
    assert "Not a word differs" in body
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= {"body": "The right number.", "token": uuid.uuid4()}
    assert "As it will print" in client.post(page, {**data, "preview": "yes"}).content.decode()
    assert client.post(page, data).status_code == 302
    assert "<ins>" in client.get(page).content.decode()
    assert client.post(page, {**data, "token": uuid.uuid4()}).status_code == 422  # of version 0
    client.post(reverse("letters:step", args=[letter.pk, "correct"]), {"token": uuid.uuid4()})
    assert again(letter).frozen.number == 2
    listed = client.get(reverse("letters:asked_again", args=[letter.pk])).content.decode()
    assert "Text 1" in listed
    assert (
        "1 name stands under an earlier text"
        in client.get(letter.get_absolute_url()).content.decode()
    )
    client.force_login(signer)
    answer = client.get(letter.get_absolute_url())
    assert answer.context["sign_form"].initial["mode"] == "office"  # as it was chosen before
    body = answer.content.decode()
    assert "The text that you signed was corrected." in body and "It is text 2" in body
    changed = client.get(reverse("letters:changes", args=[letter.pk])).content.decode()
    assert WHY in changed and "<ins>" in changed
    client.force_login(make_user())
    assert client.get(reverse("letters:changes", args=[letter.pk])).status_code == 404


def test_asked_again_is_a_page_of_coordinators_after_a_correction(client):
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    path = reverse("letters:asked_again", args=[letter.pk])
    client.force_login(lead)
    assert client.get(path).status_code == 404
    client.force_login(make_officer())
    assert client.get(path).status_code in (302, 404)


def test_signature_of_a_member_is_asked_once_for_each_text():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    put(letter)
    begun(letter, lead)
    actions.correct(letter=letter, by=lead)
    assert Notice.objects.filter(kind="letters.corrected").count() == 1


def test_nobody_is_told_to_sign_again_when_the_letter_is_with_the_office(client):
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    signer, *_ = put(letter)
    begun(letter, lead)
    actions.correct(letter=letter, by=lead)
    rows = Letter.objects.unguarded("a state for the test").filter(pk=letter.pk)
    rows.update(state=S.DELIVERED, closed_at=timezone.now(), delivered_at=timezone.now())
    for who in (signer, lead):
        client.force_login(who)
        body = client.get(letter.get_absolute_url()).content.decode()
        assert "was corrected" not in body and "asked again" not in body
