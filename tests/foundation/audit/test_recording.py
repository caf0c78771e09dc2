"""An event lies in the caller's transaction and holds ids, codes and numbers only."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import StaffRole
from accounts.models import User
from foundation.audit import UnsafeFact, record, record_read
from foundation.audit.models import AuditEvent
from foundation.audit.presenting import actor, actor_names
from foundation.audit.recording import clean_fact
from foundation.confidentiality import Audience, Level, Pseudonym, SystemActor

RELAY = SystemActor("relay")


@pytest.mark.django_db
def test_record_of_a_person_names_ids_only() -> None:
    user = User.objects.create_user("amina@example.org")
    event = record("accounts.role_granted", user, by=user, role=StaffRole.AUDITOR, count=3)
    event.refresh_from_db()
    assert (event.actor_kind, event.actor_id) == ("user", str(user.pk))
    assert (event.object_type, event.object_id) == ("accounts.user", str(user.pk))
    assert event.facts == {"role": "auditor", "count": 3}
    assert event.at.tzinfo is not None


@pytest.mark.django_db
def test_record_of_system_and_stranger() -> None:
    assert record("outbox.drained", None, by=RELAY).actor_id == "relay"
    stranger = record_read("documents.verified", User, by=AnonymousUser())
    assert (stranger.actor_kind, stranger.actor_id) == ("anonymous", "")
    assert (stranger.object_type, stranger.object_id) == ("accounts.user", "")


@pytest.mark.django_db
def test_record_of_a_protected_name_holds_a_number_and_the_day_only() -> None:
    number = uuid.uuid4()
    event = record("letters.signed", None, by=Pseudonym(number), mode="office")
    event.refresh_from_db()
    assert (event.actor_kind, event.actor_id) == ("pseudonym", str(number))
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert event.at == midnight
    assert actor(event, {str(number): "Canary Name"}) == "somebody whose name is protected"
    assert actor_names([event]) == {}
    assert record("letters.signed", None, by=RELAY).at > midnight  # the control


@pytest.mark.django_db
def test_kind_of_actor_that_nobody_knows_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.create(action="letters.signed", actor_kind="ghost")


@pytest.mark.django_db
@pytest.mark.parametrize("by", [None, "relay", Audience(Level.PUBLIC)])
def test_record_without_an_actor_is_refused(by: object) -> None:
    with pytest.raises(TypeError):
        record("outbox.drained", None, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["", "frozen", "Letters.frozen", "letters.frozen now"])
def test_record_of_an_unspeakable_action_is_refused(action: str) -> None:
    with pytest.raises(ValueError, match=r"room\.past_tense"):
        record(action, None, by=RELAY)


@pytest.mark.parametrize(
    "value",
    ["a@b.example", "Amina Okoro", "x" * 81, "Zoë", "a\nb", b"bytes", {"a": 1}, [["nested"]],
     float("nan"), float("inf"), range(3), ["ok", "not ok"], list(range(101))],
)  # fmt: skip
def test_fact_that_may_be_personal_is_refused(value: object) -> None:
    with pytest.raises(UnsafeFact) as refusal:
        clean_fact("field", value)
    assert "Amina" not in str(refusal.value)  # the refusal itself goes into logs


def test_fact_that_is_an_id_or_number_passes() -> None:
    some = uuid.uuid4()
    assert clean_fact("f", some) == str(some)
    assert clean_fact("f", {"b", "a"}) == ["a", "b"]
    assert clean_fact("f", (StaffRole.AUDITOR, 1, 1.5, None, True)) == [
        "auditor",
        1,
        1.5,
        None,
        True,
    ]
    assert clean_fact("f", datetime.date(2018, 1, 24)) == "2018-01-24"
    assert clean_fact("f", "LTR-2026-7K3QXP") == "LTR-2026-7K3QXP"
    assert clean_fact("f", Level.OFFICE) == 30


@pytest.mark.django_db(transaction=True)
def test_event_of_a_transaction_that_fails_is_gone() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("letters.frozen", None, by=RELAY)
        raise ZeroDivisionError
    assert not AuditEvent.objects.exists()
    record("letters.frozen", None, by=RELAY)  # the control: without failure it stays
    assert AuditEvent.objects.count() == 1
