"""The demo data: every state, six languages, loaded once however often it is asked for."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from demo.cast import EVERYONE
from demo.data import load
from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from organizations.enums import RegistrationState
from organizations.models import Expert, Membership, Network, NetworkMembership, Organization

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"


@pytest.fixture
def loaded(settings: object) -> None:
    """Load everything, as `make run` does on the first start."""
    settings.DEMO = True  # type: ignore[attr-defined]
    call_command("demo")


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = AuditEvent.objects.count()
    load(say=lambda line: None)
    assert AuditEvent.objects.count() == before


def test_organizations_stand_in_every_state(loaded: None) -> None:
    states = set(Organization.objects.unguarded(WHY).values_list("state", flat=True))
    assert states == set(RegistrationState.values)


def test_organizations_speak_six_languages_and_every_level_occurs(loaded: None) -> None:
    entries = Organization.objects.unguarded(WHY)
    assert {entry.name_language for entry in entries} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert {entry.level for entry in entries} == {
        Level.PUBLIC,
        Level.OFFICE,
        Level.NAMED_OFFICERS,
    }
    assert {person.language for person in EVERYONE} == {"ar", "zh-hans", "en", "fr", "ru", "es"}


def test_the_people_with_buttons_can_do_what_their_button_says(loaded: None) -> None:
    from demo.data.people import account

    representative, contributor = account("representative"), account("contributor")
    assert Membership.objects.may_sign_for(representative).exists()
    assert not Membership.objects.may_sign_for(contributor).exists()
    assert Membership.objects.visible_to(contributor).of(contributor).exists()
    assert Expert.objects.unguarded(WHY).signable_by(account("expert")).exists()
    assert Network.objects.coordinated_by(account("coordinator")).count() == 1


def test_networks_have_members_that_both_sides_confirmed(loaded: None) -> None:
    standing = NetworkMembership.objects.unguarded(WHY).standing()
    assert standing.count() >= 4
    assert {level for level in Network.objects.unguarded(WHY).values_list("level", flat=True)} == {
        Level.PUBLIC,
        Level.OFFICE,
    }
