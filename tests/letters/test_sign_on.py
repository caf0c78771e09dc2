"""Signing and taking back: mandate, levels, double posts, races."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.notifications.models import Notice
from foundation.workflow import NotYours, WrongState
from letters import actions
from letters.actions.sign_on import AlreadySigned
from letters.enums import LetterState, Method, Mode
from letters.models import Letter, Signatory
from letters.tasks import tell_coordinators
from organizations.enums import RegistrationState
from tests.factories import make_expert, make_membership, make_organization, make_user
from tests.letters.factories import make_letter, make_name, make_signer


def sign(letter, signer, organization=None, mode=Mode.PUBLIC):
    return actions.sign(
        letter=letter,
        mode=mode,
        by=signer,
        organization_id=organization.pk if organization else None,
    )


@pytest.mark.django_db
def test_signature_keeps_declaration_text_method_and_person():
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer(name="Centre for Open Rivers", acronym="COR")
    name = sign(letter, signer, organization)
    assert name.method == Method.SIGNED
    assert name.text == letter.frozen
    assert "mandate" in name.declaration
    assert name.display_line() == "Centre for Open Rivers (COR), Kenya"
    assert Notice.objects.filter(kind="letters.receipt", recipient_id=signer.pk).exists()


@pytest.mark.django_db
def test_expert_signs_in_the_own_name():
    letter = make_letter(state=LetterState.OPEN)
    expert = make_expert(name="Lena Morgenrot")
    assert sign(letter, expert.user).display_line() == "Lena Morgenrot, Senior Lecturer, Austria"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case", ["stranger", "contributor", "no mandate", "ended", "not vetted", "expired"]
)
def test_person_without_mandate_cannot_sign(case):
    letter = make_letter(state=LetterState.OPEN)
    user = make_user()
    organization = make_organization(
        state=RegistrationState.SUBMITTED if case == "not vetted" else RegistrationState.VETTED,
        expired=case == "expired",
    )
    if case != "stranger":
        make_membership(
            user,
            organization,
            role="contributor" if case == "contributor" else "representative",
            mandate=case != "no mandate",
            ended=case == "ended",
        )
    with pytest.raises(NotYours):
        sign(letter, user, organization)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [s for s in LetterState.values if s != LetterState.OPEN])
def test_letter_not_open_cannot_be_signed(state):
    letter = make_letter(state=state)
    signer, organization = make_signer()
    with pytest.raises(WrongState):
        actions.sign(
            letter=letter,
            mode=Mode.PUBLIC,
            by=signer,
            organization_id=organization.pk if organization else None,
        )


@pytest.mark.django_db
def test_letter_past_its_deadline_cannot_be_signed():
    past = timezone.now() - timedelta(minutes=1)
    letter = make_letter(state=LetterState.OPEN, deadline=past)
    with pytest.raises(WrongState):
        sign(letter, *make_signer())


@pytest.mark.django_db(transaction=True)
def test_organization_signs_once_and_again_after_taking_back():
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    first = sign(letter, signer, organization)
    with pytest.raises(AlreadySigned):
        sign(letter, signer, organization)
    actions.withdraw(signatory=first, reason="", by=signer)
    assert sign(letter, signer, organization).pk != first.pk
    assert Signatory.objects.unguarded("test").of(letter).count() == 2


@pytest.mark.django_db
def test_only_who_signed_takes_it_back_and_not_after_delivery():
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    name = sign(letter, signer, organization)
    with pytest.raises(NotYours):
        actions.withdraw(signatory=name, reason="", by=letter.created_by)
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        state=LetterState.DELIVERED, delivered_at=timezone.now()
    )
    with pytest.raises(NotYours):
        actions.withdraw(signatory=name, reason="", by=signer)


@pytest.mark.django_db
def test_coordinator_takes_off_entered_names_only():
    letter = make_letter(state=LetterState.OPEN)
    entered = make_name(letter)
    actions.remove_name(signatory=entered, reason="Asked by mail.", by=letter.created_by)
    assert not Signatory.objects.unguarded("test").standing().filter(pk=entered.pk).exists()
    signed = sign(letter, *make_signer())
    with pytest.raises(Exception, match="signed here"):
        actions.remove_name(signatory=signed, reason="x", by=letter.created_by)


def post_signature(letter, signer, organization, token) -> int:
    """Post the form as a browser would; returns the status."""
    try:
        client = Client()
        client.force_login(signer)
        data = {
            "mode": "public",
            "hat": str(organization.pk),
            "declared": "on",
            "token": str(token),
        }
        return client.post(reverse("letters:sign", args=[letter.pk]), data).status_code
    finally:
        connections.close_all()


def in_parallel(count, work) -> list:
    """Run `work(number)` in `count` threads at once; returns the results."""
    results: list = [None] * count
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        barrier.wait()
        results[number] = work(number)

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_form_posted_twenty_times_signs_once():
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    token = uuid.uuid4()
    answers = in_parallel(20, lambda _: post_signature(letter, signer, organization, token))
    assert answers == [302] * 20
    assert Signatory.objects.unguarded("test").of(letter).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_forms_posted_at_once_sign_once():
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    answers = in_parallel(20, lambda _: post_signature(letter, signer, organization, uuid.uuid4()))
    assert sorted(answers) == [302] + [422] * 19
    assert Signatory.objects.unguarded("test").of(letter).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False], ids=["held open", "positive control: not held"])
def test_letter_closed_while_someone_signs(held, monkeypatch):
    """Closing waits for who is signing. Without the lock, a name comes in after the close."""
    letter = make_letter(state=LetterState.OPEN)
    make_name(letter)
    signer, organization = make_signer()
    if not held:
        monkeypatch.setattr(actions.sign_on.HELD, "lock", "")
    inside, closed = threading.Event(), threading.Event()
    real = actions.sign_on.notify

    def slow(*args, **kwargs):
        inside.set()
        closed.wait(1.5)
        return real(*args, **kwargs)

    monkeypatch.setattr("letters.actions.sign_on.notify", slow)
    moments: dict[str, object] = {}

    def signing(_):
        sign(letter, signer, organization)
        moments["signed"] = timezone.now()
        connection.close()

    def closing(_):
        inside.wait(10)
        actions.close(letter=letter, by=letter.created_by)
        moments["closed"] = timezone.now()
        closed.set()
        connection.close()

    in_parallel(2, lambda number: (signing, closing)[number](number))
    assert (moments["signed"] < moments["closed"]) is held


@pytest.mark.django_db
def test_coordinators_are_told_once_a_day_of_the_names_that_came_in():
    letter = make_letter(state=LetterState.OPEN)
    told = Notice.objects.filter(kind="letters.new_names", recipient_id=letter.created_by_id)
    ago = timezone.now() - timedelta(days=2)
    Letter.objects.unguarded("test").update(created_at=ago)
    make_name(letter, created_at=ago + timedelta(hours=1))
    assert tell_coordinators() == 0  # the coordinators entered it themselves
    sign(letter, *make_signer())
    sign(letter, *make_signer())
    assert tell_coordinators() == 0  # the day is not over
    Signatory.objects.unguarded("test").update(created_at=timezone.now() - timedelta(days=1))
    assert [tell_coordinators(), tell_coordinators(), told.count()] == [1, 0, 1]
    Letter.objects.unguarded("test").update(told_at=ago)
    assert [tell_coordinators(), told.count()] == [1, 1]  # told of this day already
