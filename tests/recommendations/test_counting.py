"""Consent to be counted: asked with the level, for the Office's level only, taken back at any time."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level, SystemActor
from foundation.workflow import NotYours
from recommendations import actions
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation
from tests.factories import make_officer
from tests.recommendations.factories import make_contributor, make_recommendation, make_submitter

pytestmark = pytest.mark.django_db


def countable(**fields: Any) -> int:
    seen = Recommendation.objects.visible_to(SystemActor("numbers"))
    return seen.countable().filter(**fields).count()


@pytest.mark.parametrize("agreed", [True, False])
@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("state", S.values)
def test_item_is_counted(state: str, level: int, agreed: bool) -> None:
    """Say it once more: public always, the Office's with consent, named officers' never."""
    if state == S.JOINED and level == Level.NAMED_OFFICERS:
        return  # there is no such item: a constraint of the table
    agreed = agreed and level == Level.OFFICE
    item = make_recommendation(state=state, level=level, may_be_counted=agreed)
    sent = state not in (S.DRAFT, S.WITHDRAWN)
    assert countable(pk=item.pk) == int(sent and (agreed or level in (Level.PUBLIC, Level.UNNAMED)))


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.UNNAMED, Level.NAMED_OFFICERS])
def test_consent_is_for_the_level_of_the_office_even_in_the_database(level: int) -> None:
    item = make_recommendation(level=level)
    rows = Recommendation.objects.unguarded("test").filter(pk=item.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(may_be_counted=True)
    _user, organization = make_submitter()
    draft = actions.begin(
        level=level,
        organization=organization,
        may_be_counted=True,
        by=make_contributor(organization),
    )
    assert draft.may_be_counted is False


def test_consent_is_not_given_unless_somebody_ticks_it(client: Client) -> None:
    user, organization = make_submitter()
    client.force_login(user)
    path = reverse("recommendations:begin")
    assert client.get(path).context["form"]["may_be_counted"].value() in (None, False)
    for ticked in ({}, {"may_be_counted": "on"}):
        form = {"level": 30, "hat": str(organization.pk), "token": uuid.uuid4(), **ticked}
        client.post(path, form)
    given = Recommendation.objects.unguarded("test").values_list("may_be_counted", flat=True)
    assert sorted(given) == [False, True]


def test_consent_is_taken_back_after_it_was_sent_and_given_again(client: Client) -> None:
    item = make_recommendation(state=S.ASSIGNED, may_be_counted=True)
    client.force_login(item.created_by)
    path = reverse("recommendations:visibility", args=[item.pk])
    assert b"checked" in client.get(path).content.split(b'name="may_be_counted"')[1][:80]
    assert "counted in public numbers" in client.get(item.get_absolute_url()).content.decode()
    for version, (ticked, count) in enumerate([({}, 0), ({"may_be_counted": "on"}, 1)]):
        form = {"level": 30, "version": version, "token": uuid.uuid4(), **ticked}
        assert client.post(path, form).status_code == 302
        assert countable() == count
    told = AuditEvent.objects.filter(action="recommendations.counting_changed")
    assert sorted(event.facts["counted"] for event in told) == [False, True]


def test_item_closed_further_is_counted_no_more() -> None:
    item = make_recommendation(may_be_counted=True)
    actions.choose_level(
        recommendation=item, level=Level.NAMED_OFFICERS, version=0, may_be_counted=True,
        by=item.created_by,
    )  # fmt: skip
    assert countable() == 0


def test_only_a_representative_decides_on_it() -> None:
    item = make_recommendation()
    for other in (make_officer(), make_contributor(item.organization)):
        with pytest.raises(NotYours):
            actions.choose_level(
                recommendation=item, level=30, version=0, may_be_counted=True, by=other
            )
