"""The pages of this room: forms that lose nothing, lists with a constant number of queries."""

from __future__ import annotations

import uuid

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory
from tests.factories import make_officer, make_user
from tests.letters.factories import BODY, make_coordinator, make_letter, make_name, make_signer
from tests.letters.test_sign_on import in_parallel

FORM = {
    "level": 30,
    "language": "en",
    "addressee": "Ms. Amara Okonjo",
    "date_as_printed": "3 November 2026",
    "subject": "Country visits",
    "salutation": "Your Excellency,",
    "body": BODY,
    "notes": "1. One.\n2. Two.",
    "closing": "Yours sincerely,",
    "arrangement": "name",
    "grouped": "on",
    "deadline": "",
    "deadline_zone": "UTC",
    "version": 0,
}


@pytest.fixture
def coordinator(client, db):
    user, network = make_coordinator()
    client.force_login(user)
    return user, network


def letters():
    return Letter.objects.unguarded("test")


def test_letter_written_in_the_form_is_a_draft(client, coordinator):
    user, network = coordinator
    data = {**FORM, "network": network.pk, "token": uuid.uuid4()}
    answer = client.post(reverse("letters:begin"), data)
    letter = letters().get()
    assert answer.headers["Location"] == letter.get_absolute_url()
    assert (letter.state, letter.body, letter.created_by) == (LetterState.DRAFT, BODY, user)


@pytest.mark.parametrize("field", ["addressee", "subject", "body", "salutation", "closing"])
@pytest.mark.parametrize("value", ["", "a\x00b", "\ud800", "x" * 1_000_001])
def test_field_with_bad_text_gets_an_error_and_loses_nothing(client, coordinator, field, value):
    data = {**FORM, "network": coordinator[1].pk, field: value}
    try:
        answer = client.post(reverse("letters:begin"), data)
    except UnicodeEncodeError:
        pytest.skip("a browser cannot send this")
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert b"Country visits" in answer.content or field == "subject"
    assert not letters().exists()


@pytest.mark.django_db(transaction=True)
def test_draft_edited_by_twenty_at_once_is_saved_once_and_nobody_loses_a_word():
    letter = make_letter()

    def edit(number: int):
        try:
            client = Client()
            client.force_login(letter.created_by)
            data = {**FORM, "body": f"Version of writer {number}.", "token": uuid.uuid4()}
            answer = client.post(reverse("letters:write", args=[letter.pk]), data)
            kept = f"Version of writer {number}.".encode() in answer.content
            return answer.status_code, kept
        finally:
            connections.close_all()

    answers = in_parallel(20, edit)
    assert sorted(status for status, _ in answers) == [302] + [422] * 19
    assert all(kept for status, kept in answers if status == 422)


@pytest.mark.django_db(transaction=True)
def test_letter_form_posted_twenty_times_begins_one_letter():
    user, network = make_coordinator()
    data = {**FORM, "network": network.pk, "token": uuid.uuid4()}

    def post(_):
        try:
            client = Client()
            client.force_login(user)
            return client.post(reverse("letters:begin"), data).headers["Location"]
        finally:
            connections.close_all()

    assert len(set(in_parallel(20, post))) == 1
    assert letters().count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_letters_takes_a_constant_number_of_queries(
    client, coordinator, count, django_assert_num_queries
):
    user, network = coordinator
    for _ in range(count):
        make_letter(network=network, by=user)
    client.get(reverse("letters:list"))
    with django_assert_num_queries(9):
        body = client.get(reverse("letters:list")).content.decode()
    assert body.count("LTR-") == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_letter_takes_a_constant_number_of_queries(
    client, db, count, django_assert_num_queries
):
    letter = make_letter(state=LetterState.DELIVERED, level=Level.PUBLIC)
    for _ in range(count):
        make_name(letter)
    with django_assert_num_queries(10):
        client.get(letter.get_absolute_url())


@pytest.mark.parametrize("state", LetterState.values)
def test_page_of_a_letter_opens_for_its_coordinator(client, coordinator, state):
    user, network = coordinator
    letter = make_letter(network=network, by=user, state=state)
    make_name(letter, mode=Mode.OFFICE)
    assert client.get(letter.get_absolute_url()).status_code == 200


def test_steps_are_asked_before_they_are_taken(client, coordinator):
    user, network = coordinator
    letter = make_letter(network=network, by=user)
    path = reverse("letters:step", args=[letter.pk, "open"])
    assert client.get(path).status_code == 200
    assert letters().get().state == LetterState.DRAFT
    client.post(path, {"token": uuid.uuid4()})
    assert letters().get().state == LetterState.OPEN


def test_step_that_is_refused_says_why(client, coordinator):
    user, network = coordinator
    letter = make_letter(network=network, by=user, addressee="")
    answer = client.post(reverse("letters:step", args=[letter.pk, "open"]))
    assert answer.status_code == 409
    assert b"needs an addressee" in answer.content


@pytest.mark.parametrize("name", ["write", "paste", "begin", "bring_in"])
def test_coordinators_pages_are_not_there_for_others(client, db, name, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    letter = make_letter(state=LetterState.OPEN)
    args = [letter.pk] if name in ("write", "paste") else []
    path = reverse(f"letters:{name}", args=args)
    assert client.get(path).status_code == 302  # to the sign-in page
    for other in (make_officer(), make_signer()[0], make_user()):
        client.force_login(other)
        assert client.get(path).status_code == 404


def test_signature_without_the_declaration_comes_back_with_the_choice(client, db):
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    client.force_login(signer)
    data = {"mode": "public", "hat": str(organization.pk), "token": uuid.uuid4()}
    answer = client.post(reverse("letters:sign", args=[letter.pk]), data)
    assert answer.status_code == 422
    assert b"Tick the declaration" in answer.content
    assert not Signatory.objects.unguarded("test").exists()


def test_level_offered_first_is_that_of_the_registration(client, db):
    letter = make_letter(state=LetterState.OPEN)
    for level in (Level.PUBLIC, Level.OFFICE, Level.NAMED_OFFICERS):
        signer, _organization = make_signer(level=level)
        client.force_login(signer)
        form = client.get(letter.get_absolute_url()).context["sign_form"]
        assert form.initial["mode"] == (Mode.PUBLIC if level == Level.PUBLIC else Mode.OFFICE)
