"""The demo data: every state, six languages, loaded once however often it is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as settings_of_django
from django.core.management import call_command

from demo.cast import BUTTONS, EVERYONE
from demo.data import load
from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.documents.models import Document
from letters.enums import BatchState, LetterState, Method, Mode
from letters.models import Ask, BatchLine, Letter, Signatory
from meetings.enums import InvitationStyle, MeetingState
from meetings.models import Meeting, Participant
from organizations.enums import RegistrationState
from organizations.models import Expert, Membership, Network, NetworkMembership, Organization
from recommendations.enums import LinkState, Position, RecommendationState
from recommendations.models import Recommendation, SenderLink
from tests.accounts.test_pages_of_allauth import inline_code
from tests.demo.crawling import crawl

WHY = "a test looks at everything"


@pytest.fixture
def loaded(
    transactional_db: None, settings: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Load everything, as `make run` does on the first start."""
    settings.DEMO = True  # type: ignore[attr-defined]
    settings.STAFF_NEED_SECOND_FACTOR = False  # type: ignore[attr-defined]
    settings.SEAL_DIR = tmp_path_factory.mktemp("seal")  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")  # type: ignore[attr-defined]
    # A transactional test before this one has emptied every table, the seeded words too.
    import_module("organizations.migrations.0002_seed_pillars_and_kinds").seed(apps, None)
    seeds = "recommendations.migrations.0002_seed_topics_actions_addressees_reasons"
    import_module(seeds).seed(apps, None)
    call_command("make_keys")
    call_command("demo")


def check_loading_twice_changes_nothing() -> None:
    before = AuditEvent.objects.count()
    load(say=lambda line: None)
    assert AuditEvent.objects.count() == before


def check_organizations_stand_in_every_state() -> None:
    states = set(Organization.objects.unguarded(WHY).values_list("state", flat=True))
    assert states == set(RegistrationState.values)


def check_organizations_speak_six_languages_and_every_level_occurs() -> None:
    entries = Organization.objects.unguarded(WHY)
    assert {entry.name_language for entry in entries} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert {entry.level for entry in entries} == {
        Level.PUBLIC,
        Level.OFFICE,
        Level.NAMED_OFFICERS,
    }
    assert {person.language for person in EVERYONE} == {"ar", "zh-hans", "en", "fr", "ru", "es"}


def check_the_people_with_buttons_can_do_what_their_button_says() -> None:
    from demo.data.people import account

    representative, contributor = account("representative"), account("contributor")
    assert Membership.objects.may_sign_for(representative).exists()
    assert not Membership.objects.may_sign_for(contributor).exists()
    assert Membership.objects.visible_to(contributor).of(contributor).exists()
    assert Expert.objects.unguarded(WHY).signable_by(account("expert")).exists()
    assert Network.objects.coordinated_by(account("coordinator")).count() == 1


def check_networks_have_members_that_both_sides_confirmed() -> None:
    standing = NetworkMembership.objects.unguarded(WHY).standing()
    assert standing.count() >= 4
    assert set(Network.objects.unguarded(WHY).values_list("level", flat=True)) == {
        Level.PUBLIC,
        Level.OFFICE,
    }


def check_letters_stand_in_every_state_and_language() -> None:
    letters = Letter.objects.unguarded(WHY)
    later = {LetterState.OPENED, LetterState.NO_ANSWER}  # reached by a button
    assert {letter.state for letter in letters} >= set(LetterState.values) - later
    assert {letter.language[:2] for letter in letters} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert letters.filter(imported=True, state=LetterState.CLOSED).exists()


def check_recommendations_stand_in_every_state_language_level_and_position() -> None:
    items = Recommendation.objects.unguarded(WHY)
    assert {item.state for item in items} == set(RecommendationState.values)
    assert {item.language for item in items} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert {item.level for item in items} == set(Level.values)
    assert {item.position for item in items} == set(Position.values)
    assert {item.source for item in items} == {"portal", "mail", "paper", "letter"}
    assert SenderLink.objects.unguarded(WHY).get().state == LinkState.CONFIRMED


def check_asks_of_letters_are_open_answered_offered_and_acknowledged() -> None:
    asks = list(Ask.objects.unguarded(WHY).with_recommendation())
    assert {ask.is_settled for ask in asks} == {True, False}
    assert any(ask.is_offer and ask.acknowledged_at for ask in asks)
    assert {ask.recommendation.progress for ask in asks} >= {"under_way", "done"}


def check_names_came_under_letters_in_every_way() -> None:
    names = Signatory.objects.unguarded(WHY)
    assert {name.method for name in names} == set(Method.values) - {Method.EMAIL}
    assert {name.mode for name in names} == {Mode.PUBLIC, Mode.OFFICE}
    assert BatchLine.objects.unguarded(WHY).filter(batch__state=BatchState.REVIEW).exists()


def check_the_delivered_letter_has_its_sealed_file() -> None:
    delivered = Letter.objects.unguarded(WHY).get(state=LetterState.DELIVERED)
    made = Document.objects.unguarded(WHY).filter(source_id=delivered.pk).exclude(file="")
    assert made.exists() and all(one.is_ready for one in made)


def check_meetings_stand_in_every_state_and_speak_five_languages() -> None:
    found = list(Meeting.objects.unguarded(WHY))
    assert {one.state for one in found} == set(MeetingState.values)
    assert {one.language for one in found} == {"en", "fr", "es", "ar", "zh"}
    assert {one.level for one in found} == {Level.OFFICE, Level.NAMED_OFFICERS}
    over = [one for one in found if one.held_at]
    assert over
    assert all(one.requested_at < one.starts_at < one.held_at for one in over)


def check_a_participant_with_a_file_has_it_and_one_is_still_to_be_asked() -> None:
    seats = Participant.objects.unguarded(WHY).filter(meeting__state=MeetingState.CONFIRMED)
    told = {one.style: one.calendar_sequence for one in seats if one.user_id}
    assert told[InvitationStyle.NEUTRAL] == 0
    assert told[InvitationStyle.NOT_ASKED] is None


def check_the_people_with_buttons_still_have_something_to_do() -> None:
    """Nothing is signed yet by the representative and the expert on the letter that is open."""
    letter = Letter.objects.unguarded(WHY).get(state=LetterState.OPEN, language="en")
    signers = set(
        Signatory.objects.unguarded(WHY).of(letter).values_list("signed_by__email", flat=True)
    )
    assert not signers & {"representative@demo.example", "expert@demo.example"}


def check_every_link_that_a_page_offers_opens_for_who_sees_it() -> None:
    """No dead end, no error, no inline code, for a stranger and each of the eight."""
    wrong = {}
    for box in ["", *(person.box for person in BUTTONS)]:
        statuses, texts = crawl(box)
        assert len(statuses) > 12, f"{box or 'a stranger'} reaches only {len(statuses)} pages"
        wrong |= {(box, path): status for path, status in statuses.items() if status >= 400}
        wrong |= {
            (box, path): inline_code(text)
            for path, text in texts.items()
            # A letter that is taken away as one file brings its style along; no code either.
            if inline_code(text) and not path.endswith("/html/")
        }
    assert wrong == {}


@pytest.mark.urls("demo.urls")
def test_the_demo_data_are_complete(loaded: None) -> None:
    """One load for all checks: loading takes seconds, looking takes none."""
    for name, check in list(globals().items()):
        if name.startswith("check_"):
            check()


def test_no_name_of_the_reference_letter_is_in_the_demo() -> None:
    """Its people are real; ours are invented. Skipped where the letter is not at hand."""
    import csv

    folder = Path(
        os.environ.get("REFERENCE_DIR", settings_of_django.BASE_DIR.parent / "shared/reference")
    )
    file = folder / "signatories.csv"
    if not file.is_file():
        pytest.skip("the reference letter is not here")
    root = settings_of_django.BASE_DIR / "demo"
    ours = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py")).casefold()
    with file.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            for column in ("person", "organisation"):
                name = (row.get(column) or "").strip().casefold()
                assert len(name) < 5 or name not in ours, "a name of the reference letter"
