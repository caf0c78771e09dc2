"""Who sees which letter and which name: with data that could leak."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from foundation.confidentiality import Audience, Level, SystemActor
from letters.actions import sign
from letters.enums import LetterState as S
from letters.enums import Mode
from letters.models import Letter, Signatory
from tests.factories import (
    make_expert,
    make_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db

CHANGING = re.compile(rb"[A-Za-z0-9]{64}|/letters/[0-9a-f-]{36}/")


def same(response) -> bytes:
    """Return the page without what changes at each request (CSRF token) and without its address."""
    return CHANGING.sub(b"", response.content)


# Who sees a letter, by state and level, besides its coordinator and who signed it.
SEEN = {
    (S.DRAFT, Level.PUBLIC): set(),
    (S.OPEN, Level.PUBLIC): {"representative", "contributor", "expert"},
    (S.OPEN, Level.OFFICE): {"representative", "contributor", "expert"},
    (S.CLOSED, Level.PUBLIC): set(),
    (S.CLOSED, Level.OFFICE): set(),
    (S.DELIVERED, Level.PUBLIC): {
        "representative",
        "contributor",
        "expert",
        "officer",
        "stranger",
        "auditor",
        "administrator",
        "anyone",
    },
    (S.DELIVERED, Level.OFFICE): {"officer"},
    (S.SET_ASIDE, Level.PUBLIC): set(),
}


def make_contributor():
    """Return a person who drafts for a vetted organization and never signs."""
    user = make_user()
    make_membership(user, make_organization(), role="contributor")
    return user


def viewers():
    return {
        "representative": make_signer()[0],
        "contributor": make_contributor(),
        "expert": make_expert().user,
        "officer": make_officer(),
        "stranger": make_user(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "anyone": AnonymousUser(),
    }


@pytest.mark.parametrize(("state", "level"), SEEN)
def test_letter_is_seen_by(state, level):
    letter = make_letter(state=state, level=level)
    seen = {
        name
        for name, viewer in viewers().items()
        if Letter.objects.visible_to(viewer).filter(pk=letter.pk).exists()
    }
    assert seen == SEEN[state, level]
    assert Letter.objects.visible_to(letter.created_by).count() == 1
    assert Letter.objects.visible_to(SystemActor("test")).count() == 1


def test_letter_for_an_audience_is_delivered_and_within_its_level():
    make_letter(state=S.CLOSED, level=Level.PUBLIC)
    make_letter(state=S.DELIVERED, level=Level.OFFICE)
    public = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    assert list(Letter.objects.visible_to(Audience(Level.PUBLIC))) == [public]
    assert Letter.objects.visible_to(Audience(Level.OFFICE)).count() == 2


@pytest.mark.parametrize("state", [S.OPEN, S.DELIVERED])
def test_name_for_the_office_is_seen_by(state):
    letter = make_letter(state=state, level=Level.PUBLIC)
    hidden = make_name(letter, mode=Mode.OFFICE, organization_name="Hidden Valley Circle")
    make_name(letter, mode=Mode.PUBLIC)
    seen = {
        name
        for name, viewer in viewers().items()
        if Signatory.objects.visible_to(viewer).filter(pk=hidden.pk).exists()
    }
    assert seen == ({"officer"} if state == S.DELIVERED else set())
    assert Signatory.objects.visible_to(letter.created_by).of(letter).count() == 2


def test_name_signed_for_the_office_is_seen_by_its_own_organization():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    name = sign(
        letter=letter,
        mode=Mode.OFFICE,
        by=signer,
        organization_id=organization.pk,
    )
    other = make_signer()[0]
    assert Signatory.objects.visible_to(signer).filter(pk=name.pk).exists()
    assert not Signatory.objects.visible_to(other).filter(pk=name.pk).exists()


def test_name_of_an_invisible_letter_is_not_seen():
    name = make_name(make_letter(state=S.DRAFT), mode=Mode.PUBLIC)
    for viewer in (AnonymousUser(), make_officer(), make_signer()[0]):
        assert not Signatory.objects.visible_to(viewer).filter(pk=name.pk).exists()


def test_pages_of_a_hidden_name_tell_strangers_nothing(client):
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    make_name(letter, mode=Mode.PUBLIC)
    make_name(letter, mode=Mode.OFFICE, organization_name="Hidden Valley Circle")
    for path in (letter.get_absolute_url(), reverse("letters:names", args=[letter.pk])):
        body = client.get(path).content.decode()
        assert "Aldern Law Clinic" in body
        assert "Hidden Valley" not in body
        assert "others, whose names" not in body  # one name would be a count below five


def test_page_counts_hidden_names_from_five_on(client):
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    for number in range(5):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"Hidden Valley {number}")
    body = client.get(letter.get_absolute_url()).content.decode()
    assert "And 5 others, whose names are not shown here." in body


@pytest.mark.parametrize("state", [S.DRAFT, S.OPEN, S.CLOSED, S.SET_ASIDE])
def test_page_of_an_invisible_letter_is_the_same_404_as_of_a_missing_one(client, state):
    client.force_login(make_user())
    letter = make_letter(state=state, level=Level.PUBLIC)
    there = client.get(letter.get_absolute_url())
    missing = client.get(reverse("letters:detail", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.status_code == missing.status_code == 404
    assert same(there) == same(missing)


def test_two_portals_that_differ_in_one_hidden_name_give_strangers_the_same_pages(client):
    """Non-interference, with its positive control: a public name does make a difference."""
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    make_name(letter, mode=Mode.PUBLIC)
    paths = (
        letter.get_absolute_url(),
        reverse("letters:names", args=[letter.pk]),
        reverse("letters:names", args=[letter.pk]) + "?q=valley",
        reverse("letters:list"),
    )
    before = [same(client.get(path)) for path in paths]
    make_name(letter, mode=Mode.OFFICE, organization_name="Hidden Valley Circle")
    assert [same(client.get(path)) for path in paths] == before
    make_name(letter, mode=Mode.PUBLIC, organization_name="Open Valley Circle")
    assert [same(client.get(path)) for path in paths] != before
