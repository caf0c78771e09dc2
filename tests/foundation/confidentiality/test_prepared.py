"""A prepared read says the same as the QuerySet that it was made from."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from foundation.confidentiality import Level, UnguardedRead
from foundation.confidentiality.prepared import Prepared, PreparedRows
from letters.actions.sign_on import MANDATED
from letters.rules import PRINTED
from organizations.enums import RegistrationState
from organizations.models import Network, Organization
from tests.factories import make_membership, make_network, make_organization, make_user

pytestmark = pytest.mark.django_db


def by_orm(pk: uuid.UUID, user_id: uuid.UUID) -> Organization | None:
    """The same question, its SQL made anew."""
    rows = Organization.objects.mandated_to(user_id).only(*PRINTED).filter(pk=pk)
    return next(iter(rows), None)


@pytest.mark.parametrize("case", ["mandated", "no mandate", "ended", "contributor", "not vetted"])
def test_prepared_question_has_the_answer_of_the_query_set(case: str) -> None:
    user = make_user()
    vetted = case != "not vetted"
    organization = make_organization(
        state=RegistrationState.VETTED if vetted else RegistrationState.SUBMITTED
    )
    make_membership(
        user,
        organization,
        role="contributor" if case == "contributor" else "representative",
        mandate=case != "no mandate",
        ended=case == "ended",
    )
    for pk in (organization.pk, uuid.uuid4()):
        for user_id in (user.pk, make_user().pk):
            found, expected = MANDATED.first(pk, user_id), by_orm(pk, user_id)
            assert found == expected
            if found is not None:
                assert [getattr(found, n) for n in PRINTED] == [
                    getattr(expected, n) for n in PRINTED
                ]
    assert (MANDATED.first(organization.pk, user.pk) is not None) is (case == "mandated")


def test_prepared_question_is_put_anew_each_day() -> None:
    user = make_user()
    organization = make_organization(representative=user)
    assert MANDATED.first(organization.pk, user.pk) == organization
    last = organization.valid_until
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        assert timezone.now().date() > last
        assert MANDATED.first(organization.pk, user.pk) is None


def test_prepared_read_that_says_not_for_whom_is_refused() -> None:
    prepared = Prepared(lambda pk: Organization.objects.only("name").filter(pk=pk), count=1)
    with pytest.raises(UnguardedRead):
        prepared.first(uuid.uuid4())


def test_id_that_the_query_does_not_ask_for_is_an_error() -> None:
    def build(pk: uuid.UUID, other: uuid.UUID) -> object:
        return Organization.objects.unguarded("test").only("name").filter(pk=pk)

    with pytest.raises(ValueError, match="no parameters"):
        Prepared(build, count=2).first(uuid.uuid4(), uuid.uuid4())


def test_rows_are_read_as_they_lie_and_differ_as_soon_as_one_column_does() -> None:
    network = make_network(name="Open Fords")
    rows = PreparedRows(lambda: Network.objects.visible_to(AnonymousUser()).order_by("pk"))
    before = rows.read()
    assert "Open Fords" in before[0] and rows.read() == before
    network.acronym = "OF"
    network.save()
    assert rows.read() != before
    network.level = Level.OFFICE
    network.save()
    assert rows.read() == []


def test_rows_that_say_not_for_whom_are_refused() -> None:
    with pytest.raises(UnguardedRead):
        PreparedRows(lambda: Network.objects.order_by("pk")).read()


@pytest.mark.django_db
def test_prepared_insert_writes_what_save_would_write() -> None:
    from foundation.confidentiality.prepared import insert
    from letters.models import Signatory
    from tests.letters.factories import make_letter

    letter = make_letter(state="open")
    values = {"letter": letter, "text": letter.frozen, "mode": "public", "method": "entered",
              "kind": "organization", "organization_name": "Aldern", "countries": ["DE", "KE"]}  # fmt: skip
    saved, inserted = Signatory(**values), Signatory(**values)
    inserted.created_at = saved.created_at
    saved.save(force_insert=True)
    for _again in range(2):
        insert(inserted)
        assert not inserted._state.adding
        rows = Signatory.objects.unguarded("test")
        left, right = (rows.values().get(pk=row.pk) for row in (saved, inserted))
        assert {**left, "id": 0} == {**right, "id": 0}
        inserted = Signatory(**values, created_at=saved.created_at)  # by the SQL made before


@pytest.mark.django_db
def test_one_exchange_sends_everything_at_once_and_nothing_after_an_error() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from foundation.audit import record
    from foundation.audit.models import AuditEvent
    from foundation.confidentiality import SystemActor
    from foundation.confidentiality.prepared import one_exchange

    with CaptureQueriesContext(connection) as asked, one_exchange():
        record("letters.closed", None, by=SystemActor("clock"), names=1)
        record("letters.closed", None, by=SystemActor("clock"), names=2)
    assert len(asked) == 1
    assert AuditEvent.objects.filter(action="letters.closed").count() == 2
    with pytest.raises(ZeroDivisionError), one_exchange():
        record("letters.closed", None, by=SystemActor("clock"), names=3)
        raise ZeroDivisionError
    assert AuditEvent.objects.filter(action="letters.closed").count() == 2
    assert record("letters.closed", None, by=SystemActor("clock")).pk  # and so it goes on
