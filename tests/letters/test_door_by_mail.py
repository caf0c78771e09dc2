"""The door of a letter for people without an account, what is held at it, and how addresses are spelt."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.workflow import NotYours, WrongState
from letters import actions
from letters.enums import LetterState, Mode
from letters.models import SignOnRequest
from letters.text.addresses import canonical_address
from tests.factories import make_user
from tests.letters.by_mail import (
    ADA,
    browser,
    door_letter,
    fill_in,
    link_in,
    mails,
    names,
    outside,
    sign,
)
from tests.letters.factories import make_letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("read_at_leisure")]


# The door, and what is held ----------------------------------------------------------------------
def test_only_coordinators_open_the_door_and_a_new_address_ends_the_old() -> None:
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(NotYours):
        actions.open_door(letter=letter, by=make_user())
    first = actions.open_door(letter=letter, by=letter.created_by).outsiders_secret
    letter = actions.open_door(letter=letter, by=letter.created_by)
    old = reverse("letters:outside", args=[first])
    assert browser().get(old).status_code == 404
    assert browser().get(outside(letter)).status_code == 200
    actions.close_door(letter=letter, by=letter.created_by)
    assert browser().get(outside(letter)).status_code == 404


@pytest.mark.parametrize("state", [s for s in LetterState.values if s != LetterState.OPEN])
def test_door_of_a_letter_that_is_not_open_is_none(state: str) -> None:
    letter = make_letter(state=state)
    with pytest.raises(WrongState):
        actions.open_door(letter=letter, by=letter.created_by)


def test_coordinator_opens_and_closes_the_door_on_the_page() -> None:
    letter, client = make_letter(state=LetterState.OPEN), Client()
    client.force_login(letter.created_by)
    door = reverse("letters:door", args=[letter.pk])
    assert client.get(door).status_code == 200
    client.post(door, {"token": str(uuid.uuid4())})
    letter.refresh_from_db()
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert letter.outsiders_secret and letter.outsiders_secret in page
    client.post(door, {"token": str(uuid.uuid4())})
    letter.refresh_from_db()
    assert not letter.open_to_outsiders


@pytest.mark.parametrize("mode", [Mode.PUBLIC, Mode.NOT_COUNTED])
def test_what_looks_like_a_program_is_held_and_let_through(mode: str) -> None:
    letter = door_letter()
    answer = fill_in(letter, homepage="http://spam.example", mode=mode)
    assert answer.status_code == 302  # the same answer as everybody's
    assert not mails()
    request = SignOnRequest.objects.unguarded("test").get()
    client = Client()
    client.force_login(letter.created_by)
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert "It filled a field that nobody sees." in page
    assert ("Ada Canary Noor" in page) is (mode == Mode.PUBLIC)
    assert "canary@post" not in page
    assert AuditEvent.objects.filter(action="letters.held_read").exists()
    url = reverse("letters:release", args=[request.pk])
    other = Client()
    other.force_login(make_user())
    assert other.post(url).status_code == 404
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    (message,) = mails()
    assert sign(link_in(message)).status_code == 302
    assert names(letter).count() == 1


def test_too_many_from_one_network_are_told_so() -> None:
    letter = door_letter()
    client = browser()
    form = client.get(outside(letter)).context["form"]
    guard = {"token": form.initial["token"], "opened": form.initial["opened"]}
    answers = [client.post(outside(letter), {**ADA, **guard}).status_code for _ in range(7)]
    assert answers[:5] == [302] * 5 and set(answers[5:]) == {429}


# Addresses ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Ada.Noor+letters@GoogleMail.com", "adanoor@gmail.com"),
        ("a.d.a@gmail.com", "ada@gmail.com"),
        ("Ada.Noor+x@post.example", "ada.noor+x@post.example"),  # may be another person there
        ("ADA@POST.EXAMPLE.", "ada@post.example"),
        ("ada+x@outlook.com", "ada@outlook.com"),
        ("a.da@outlook.com", "a.da@outlook.com"),
        ("ada@ProtonMail.com", "ada@proton.me"),
        ("ada@pm.me", "ada@proton.me"),
        ("ada@me.com", "ada@icloud.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("  ada@post.example ", "ada@post.example"),
        ("+@gmail.com", "+@gmail.com"),
    ],
)
def test_one_mailbox_has_one_spelling(typed: str, one: str) -> None:
    assert canonical_address(typed) == one
