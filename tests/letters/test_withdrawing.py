"""Taking one's name back after delivery: the letter stays, and it is said."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.documents import store
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from foundation.notifications.models import Outbox
from foundation.workflow import NotYours
from letters.actions import close, deliver, sign, withdraw, withdraw_after_delivery
from letters.actions.exporting import request_copy
from letters.documents.verifying import list_hash
from letters.enums import LetterState, ListReason, Mode
from letters.models import FrozenText, Letter, ListVersion, Signatory
from tests.factories import make_officer, make_user
from tests.letters.factories import make_coordinator, make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db


def make_signed(
    *, mode: str = Mode.PUBLIC, then: str = "delivered", **fields: Any
) -> tuple[Letter, Signatory, User]:
    """Return a letter that a member signed here, its name, and the member; closed, or delivered."""
    coordinator, network = make_coordinator()
    fields = {"level": Level.PUBLIC, **fields}
    letter = make_letter(state=LetterState.OPEN, network=network, by=coordinator, **fields)
    make_name(letter)
    user, organization = make_signer(name="Brookside Legal Aid")
    name = sign(letter=letter, mode=mode, organization_id=organization.pk, by=user)
    letter = close(letter=letter, by=coordinator)
    for copy in ("public",) if mode == Mode.PUBLIC else ("public", "office"):
        render_now(request_copy(letter=letter, copy=copy, by=coordinator))
    if then == "delivered":
        letter = deliver(letter=letter, by=coordinator)
    return letter, name, user


def told(user: Any) -> set[str]:
    """Return the kinds of messages that wait for this person."""
    return set(Outbox.objects.filter(recipient_id=user.pk).values_list("kind", flat=True))


def versions_of(letter: Letter) -> list[ListVersion]:
    return list(ListVersion.objects.unguarded("test").of(letter))


def public_file(letter: Letter) -> Document:
    return Document.objects.visible_to(AnonymousUser()).get(
        source_id=letter.pk, kind="letters.sealed_public"
    )


def test_letter_and_its_file_stay_and_the_list_has_a_new_version():
    letter, name, user = make_signed()
    text, data = letter.frozen.sha256, store.read(public_file(letter))
    withdraw_after_delivery(signatory=name, reason="We left.", by=user)
    first, second = versions_of(letter)
    assert (first.organizations, second.organizations) == (2, 1)
    assert second.reason == ListReason.WITHDRAWN and second.sha256 != first.sha256
    assert second.sha256 == list_hash(letter)
    letter = Letter.objects.unguarded("test").get(pk=letter.pk)
    assert letter.frozen.sha256 == text
    assert store.read(public_file(letter)) == data, "the delivered file is still handed out"
    name = Signatory.objects.unguarded("test").get(pk=name.pk)
    assert name.withdrawn_at and name.withdrawal_reason == "We left." and name.withdrawn_by == user


def test_letters_page_says_who_took_the_name_back_and_lists_it_no_more():
    letter, name, user = make_signed()
    line = name.display_line()
    assert (
        "Taken back after delivery" not in Client().get(letter.get_absolute_url()).content.decode()
    )
    withdraw_after_delivery(signatory=name, reason="A private reason", by=user)
    words = Client().get(letter.get_absolute_url()).content.decode()
    note, listed = words.split('id="names"')
    assert "Taken back after delivery" in note and line in note
    assert "A private reason" not in words
    assert "Brookside" not in listed
    everybodys = Client().get(reverse("letters:public", args=[letter.reference])).content.decode()
    assert "Taken back after delivery" in everybodys and line in everybodys
    assert "A private reason" not in everybodys


@pytest.mark.parametrize(
    ("mode", "coordinator", "office", "person"),
    [
        (Mode.PUBLIC, True, True, True),
        (Mode.OFFICE, True, True, False),
        (Mode.COORDINATORS, True, False, False),
        (Mode.NOT_COUNTED, False, False, False),
    ],
)
def test_those_who_knew_of_the_name_are_told(mode, coordinator, office, person):
    officer = make_officer()
    letter, name, user = make_signed(mode=mode)
    withdraw_after_delivery(signatory=name, reason="", by=user)
    assert ("letters.withdrawn_late" in told(letter.created_by)) is coordinator
    assert ("letters.withdrawn_late_at_the_office" in told(officer)) is office
    assert ("letters.took_back_late" in told(user)) is person


@pytest.mark.parametrize("mode", [Mode.OFFICE, Mode.COORDINATORS, Mode.NOT_COUNTED])
def test_hidden_withdrawal_names_nobody_in_log_row_or_mail(mode):
    _letter, name, user = make_signed(mode=mode)
    before = Outbox.objects.filter(recipient_id=user.pk).count()
    withdraw_after_delivery(signatory=name, reason="CANARY", by=user)
    event = AuditEvent.objects.get(action="letters.withdrawn_late")
    assert event.actor_kind == "pseudonym" and event.actor_id != str(user.pk)
    row = Signatory.objects.unguarded("test").get(pk=name.pk)
    assert row.withdrawn_at and not row.withdrawn_by_id and row.withdrawal_reason == ""
    assert row.person_key == row.organization_key == ""
    assert Outbox.objects.filter(recipient_id=user.pk).count() == before


def test_who_signed_an_earlier_text_only_has_nothing_to_take_back():
    letter, name, user = make_signed(then="closed")
    later = FrozenText.objects.create(
        letter=letter, number=2, canonical=letter.frozen.canonical, sha256=letter.frozen.sha256,
        frozen_by=letter.created_by,
    )  # fmt: skip
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        frozen=later, state=LetterState.DELIVERED, delivered_at=letter.closed_at
    )
    with pytest.raises(NotYours):
        withdraw_after_delivery(signatory=name, reason="", by=user)
    assert "Taken back" not in Client().get(letter.get_absolute_url()).content.decode()


def test_hidden_name_leaves_without_a_word_to_the_public():
    letter, name, user = make_signed(mode=Mode.OFFICE)
    pages = []
    for _ in range(2):
        pages.append(Client().get(letter.get_absolute_url()).content)
        if len(pages) == 1:
            withdraw_after_delivery(signatory=name, reason="", by=user)
    assert pages[0] == pages[1]
    assert len(versions_of(letter)) == 1


def test_before_delivery_the_other_way_is_taken_and_after_it_this_one():
    letter, name, user = make_signed(then="closed")
    with pytest.raises(NotYours):
        withdraw_after_delivery(signatory=name, reason="", by=user)
    deliver(letter=letter, by=letter.created_by)
    with pytest.raises(NotYours):
        withdraw(signatory=name, reason="", by=user)
    withdraw_after_delivery(signatory=name, reason="", by=user)


def test_only_who_signed_takes_it_back_and_only_once():
    letter, name, user = make_signed()
    for other in (make_user(), make_officer(), letter.created_by):
        with pytest.raises(NotYours):
            withdraw_after_delivery(signatory=name, reason="", by=other)
    entered = Signatory.objects.unguarded("test").of(letter).get(signed_by=None)
    with pytest.raises(NotYours):
        withdraw_after_delivery(signatory=entered, reason="", by=letter.created_by)
    withdraw_after_delivery(signatory=name, reason="", by=user)
    with pytest.raises(NotYours):
        withdraw_after_delivery(signatory=name, reason="", by=user)
    assert len(versions_of(letter)) == 2


def test_name_taken_back_before_delivery_still_hides_the_copies_that_print_it():
    letter, name, user = make_signed(then="closed")
    withdraw(signatory=name, reason="", by=user)
    assert not Document.objects.visible_to(letter.created_by).filter(source_id=letter.pk).exists()
    for copy in ("public",):
        render_now(request_copy(letter=letter, copy=copy, by=letter.created_by))
    deliver(letter=letter, by=letter.created_by)
    assert Document.objects.visible_to(AnonymousUser()).filter(source_id=letter.pk).count() == 1


def test_page_asks_says_what_stays_and_acts_once(client):
    letter, name, user = make_signed()
    client.force_login(user)
    path = reverse("letters:withdraw_late", args=[name.pk])
    assert path in client.get(letter.get_absolute_url()).content.decode()
    assert "Your name stays in them" in client.get(path).content.decode()
    sent = {"token": uuid.uuid4(), "reason": ""}
    for _ in range(2):
        answer = client.post(path, sent)
        assert answer.status_code in (302, 404)
    assert len(versions_of(letter)) == 2
    assert path not in client.get(letter.get_absolute_url()).content.decode()


def test_letter_that_was_closed_before_versions_were_kept_gets_both():
    coordinator, network = make_coordinator()
    letter = make_letter(
        state=LetterState.DELIVERED, network=network, by=coordinator, level=Level.PUBLIC
    )
    user, organization = make_signer(name="Brookside Legal Aid")
    name = make_name(
        letter, signed_by=user, organization=organization, text=letter.frozen, method="signed",
        declaration="I have the mandate.",
    )  # fmt: skip
    withdraw_after_delivery(signatory=name, reason="", by=user)
    assert [(one.number, one.organizations) for one in versions_of(letter)] == [(1, 1), (2, 0)]
