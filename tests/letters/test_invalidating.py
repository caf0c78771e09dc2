"""A wave of names leaves the list after its number was seen, and comes back whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.counting import count_names
from letters.actions.invalidating import Conditions, OtherNumber, matching
from letters.actions.sign_on import AlreadySigned
from letters.enums import LetterState as S
from letters.enums import Method, Mode
from letters.models import Invalidation, Letter, LetterCount, Signatory
from tests.factories import make_user
from tests.letters.factories import make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db
ATTACK = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0) - timedelta(days=2)
WINDOW = Conditions(since=ATTACK, until=ATTACK + timedelta(hours=1))


def name_at(letter: Letter, minutes: int, title: str, **fields: Any) -> Signatory:
    moment = ATTACK + timedelta(minutes=minutes)
    return make_name(letter, organization_name=title, created_at=moment, **fields)


@pytest.fixture
def letter() -> Letter:
    """Three names of one hour, one before, one after."""
    one = make_letter(state=S.OPEN)
    for number in range(3):
        name_at(one, 10 + number, f"Bot {number}")
    name_at(one, -5, "Earlier House")
    name_at(one, 60, "Later House")
    return one


def standing(letter: Letter) -> list[str]:
    names = actions.read_names(letter=letter, by=letter.created_by)
    return sorted(name.organization_name for name in names)


def set_apart(letter: Letter, conditions: Conditions = WINDOW, shown: int = 3) -> Invalidation:
    return actions.invalidate(
        letter=letter, conditions=conditions, reason="A program", shown=shown, by=letter.created_by
    )


def found(letter: Letter, **conditions: Any) -> list[str]:
    names = matching(letter=letter, conditions=Conditions(**conditions), by=letter.created_by)
    return [(name.open() and name.organization_name) or name.organization_name for name in names]


def test_the_wave_leaves_the_list_and_every_row_stays(letter: Letter) -> None:
    set_apart(letter)
    assert standing(letter) == ["Earlier House", "Later House"]
    rows = Signatory.objects.unguarded("test").of(letter)
    assert rows.count() == 5
    assert not rows.filter(withdrawn_at__isnull=False).exists()
    count_names()
    assert LetterCount.objects.get(letter=letter).organizations == 2


def test_it_comes_back_whole(letter: Letter) -> None:
    before = list(Signatory.objects.unguarded("test").of(letter).order_by("pk").values())
    made = set_apart(letter)
    actions.revert_invalidation(invalidation=made, reason="People", by=letter.created_by)
    assert list(Signatory.objects.unguarded("test").of(letter).order_by("pk").values()) == before
    assert len(standing(letter)) == 5
    with pytest.raises(WrongState):
        actions.revert_invalidation(invalidation=made, reason="", by=letter.created_by)


def test_who_took_the_name_back_meanwhile_stays_away(letter: Letter) -> None:
    signer, organization = make_signer()
    name = actions.sign(letter=letter, mode=Mode.PUBLIC, by=signer, organization_id=organization.pk)
    made = set_apart(letter, Conditions(methods=(Method.SIGNED,)), 1)
    actions.withdraw(signatory=name, reason="", by=signer)
    actions.revert_invalidation(invalidation=made, reason="", by=letter.created_by)
    assert organization.name not in standing(letter)


def test_its_place_stays_taken_so_that_undoing_works(letter: Letter) -> None:
    signer, organization = make_signer()
    as_before = {"mode": Mode.PUBLIC, "by": signer, "organization_id": organization.pk}
    actions.sign(letter=letter, **as_before)
    made = set_apart(letter, Conditions(methods=(Method.SIGNED,)), 1)
    with pytest.raises(AlreadySigned), transaction.atomic():
        actions.sign(letter=letter, **as_before)
    actions.revert_invalidation(invalidation=made, reason="", by=letter.created_by)
    assert organization.name in standing(letter)


def test_a_number_that_moved_is_asked_again(letter: Letter) -> None:
    name_at(letter, 30, "Came meanwhile")
    with pytest.raises(OtherNumber) as refusal:
        set_apart(letter, shown=3)
    assert refusal.value.count == 4
    assert len(standing(letter)) == 6
    with pytest.raises(Refused, match="No name"):
        set_apart(letter, Conditions(since=timezone.now()), 0)


def test_conditions_are_all_asked_for(letter: Letter) -> None:
    name_at(letter, 15, "Imported in the hour", method=Method.IMPORTED)
    assert len(found(letter, since=WINDOW.since, until=WINDOW.until)) == 4
    assert found(letter, since=WINDOW.since, until=WINDOW.until, methods=(Method.IMPORTED,)) == [
        "Imported in the hour"
    ]
    assert found(letter, until=ATTACK) == ["Earlier House"]


def test_a_batch_can_be_meant() -> None:
    letter = make_letter()
    batch = actions.add_batch(
        letter=letter, source="Aldern Law Clinic, Kenya", mode=Mode.PUBLIC, by=letter.created_by
    )
    actions.commit_batch(batch=batch, by=letter.created_by)
    make_name(letter, organization_name="Of no batch")
    assert found(letter, batch=batch.pk) == ["Aldern Law Clinic"]


def test_a_mail_domain_is_found_inside_what_is_sealed_and_kept_as_a_hash(letter: Letter) -> None:
    for number, domain in enumerate(["Bots.example", "people.example"]):
        hidden = Signatory(
            letter=letter, text=letter.frozen, mode=Mode.OFFICE, method=Method.EMAIL,
            kind="individual", person=f"Person {number}", declaration="I sign.",
        )  # fmt: skip
        hidden.hide(address=f"x{number}@{domain}")
        hidden.save(force_insert=True)
    assert found(letter, domain="@bots.example") == []  # hidden ones only where asked for
    conditions = Conditions(domain="@bots.example", hidden=True)
    assert len(matching(letter=letter, conditions=conditions, by=letter.created_by)) == 1
    kept = str(set_apart(letter, conditions, 1).conditions)
    assert "bots" not in kept.lower()


def test_hidden_names_are_meant_by_the_day_and_only_when_asked_for(letter: Letter) -> None:
    name_at(letter, 20, "Hidden that day", mode=Mode.OFFICE)
    name_at(letter, 20 + 24 * 60, "Hidden the day after", mode=Mode.COORDINATORS)
    name_at(letter, 20, "In no list", mode=Mode.NOT_COUNTED)
    window = {"since": WINDOW.since, "until": WINDOW.until}
    assert not [name for name in found(letter, **window) if "Hidden" in name]
    assert [name for name in found(letter, **window, hidden=True) if "Bot" not in name] == [
        "Hidden that day"
    ]


@pytest.mark.parametrize("state", [S.DELIVERED, S.ANSWERED])
def test_a_delivered_list_is_not_changed(state: str) -> None:
    letter = make_letter(state=state)
    name_at(letter, 10, "Bot")
    with pytest.raises(WrongState):
        set_apart(letter, shown=1)


def test_only_coordinators_do_it_and_it_is_on_record(letter: Letter) -> None:
    with pytest.raises(NotYours):
        matching(letter=letter, conditions=WINDOW, by=make_user())
    made = set_apart(letter)
    with pytest.raises(NotYours):
        actions.revert_invalidation(invalidation=made, reason="", by=make_user())
    event = AuditEvent.objects.get(action="letters.invalidated")
    assert (event.facts["names"], event.facts["invalidation"]) == (3, str(made.pk))
    assert made.reason == "A program"


def test_the_database_asks_who_undid_it(letter: Letter) -> None:
    made = set_apart(letter)
    made.reverted_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_the_page_shows_the_number_before_anything_happens(letter: Letter) -> None:
    client = Client()
    client.force_login(letter.created_by)
    page = reverse("letters:invalidate", args=[letter.pk])
    data = {"since": WINDOW.since, "until": WINDOW.until, "reason": "A program"}
    sent = {
        k: v.strftime("%Y-%m-%dT%H:%M") if hasattr(v, "strftime") else v for k, v in data.items()
    }
    counted = client.post(page, sent)
    text = counted.content.decode()
    assert "3 names match." in text and "Bot 1" in text and "Take 3 names out" in text
    assert len(standing(letter)) == 5
    assert "one condition at least" in client.post(page, {"reason": "x"}).content.decode()
    done = client.post(page, {**sent, "shown": "3", "decide": "yes"})
    assert done.status_code == 302
    assert len(standing(letter)) == 2
    made = Invalidation.objects.unguarded("test").get()
    shown = client.get(page).content.decode()
    back = reverse("letters:revert", args=[made.pk])
    assert back in shown and "A program" in shown
    client.post(back, {"reason": "They were people"})
    assert len(standing(letter)) == 5
    assert "They were people" in client.get(page).content.decode()


def test_a_page_that_is_old_takes_nothing_out(letter: Letter) -> None:
    client = Client()
    client.force_login(letter.created_by)
    page = reverse("letters:invalidate", args=[letter.pk])
    sent = {"methods": ["entered"], "reason": "A program", "shown": "4", "decide": "yes"}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "5 names match now" in answer.content.decode()
    assert len(standing(letter)) == 5
