"""What waits, what time does, what is told, and the tables that must be complete."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import resolve

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import actions as known_actions
from foundation.confidentiality import SystemActor, retention
from foundation.notifications.models import Notice
from foundation.notifications.registry import Notification, registered
from foundation.workflow import NotYours
from organizations import actions, presenters, tasks
from organizations.enums import RegistrationState as S
from organizations.models import (
    Network,
    NetworkMembership,
    Organization,
    OrganizationKind,
    Pillar,
)
from organizations.waiting import organizations_waiting_for
from tests.factories import (
    make_approver,
    make_membership,
    make_network,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_what_waits_is_said_to_those_for_whom_it_waits() -> None:
    owner, officer, approver = make_user(), make_officer(), make_approver()
    make_organization(state=S.DRAFT, representative=owner, name="Unfinished")
    submitted = make_organization(state=S.SUBMITTED, representative=owner, name="To vet")
    make_organization(state=S.APPEALED, name="Appealed")
    make_organization(expired=True, representative=owner, name="Over")
    network = make_network()
    make_network_membership(network, submitted, confirmed=False)

    def said(user: Any) -> list[str]:
        return [item.sentence for item in organizations_waiting_for(user)]

    assert set(said(owner)) == {
        "Finish the registration of Unfinished",
        "The vetting of Over has ended: look it through and send it again",
        f"Say whether To vet belongs to the network {network.name}",
    }
    assert set(said(officer)) == {"Vet To vet", "Decide the appeal of Appealed"}
    assert said(approver) == ["Decide the appeal of Appealed"]
    assert said(make_user()) == []


def test_clock_expires_and_reminds_once() -> None:
    owner = make_user()
    make_organization(expired=True, representative=owner)
    soon = make_organization(representative=make_user())
    soon.valid_until = soon.created_at.date()
    soon.save()
    assert tasks.expire_vettings() == 1 and tasks.expire_vettings() == 0
    tasks.remind_of_expiry()
    tasks.remind_of_expiry()
    assert Notice.objects.filter(kind="organizations.expiring").count() == 2


def test_every_personal_field_has_its_law() -> None:
    assert list(retention.missing()) == []
    assert retention.retention_is_complete(None) == []


def test_field_without_a_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: without the rows of one model the check names its fields."""
    rows = [row for row in retention.table() if row.model is not Network]
    monkeypatch.setattr(retention, "_rows", rows)
    assert (Network, "name") in list(retention.missing())
    assert retention.retention_is_complete(None)[0].id == "confidentiality.E001"


def test_every_event_of_this_room_has_a_sentence() -> None:
    assert set(presenters.SENTENCES) <= set(known_actions())
    for action in presenters.SENTENCES:
        event = AuditEvent(action=action, facts={"level": 30})
        assert presenters.say(event).endswith(".")


def test_step_by_system_is_only_expiry() -> None:
    organization = make_organization(state=S.SUBMITTED)
    with pytest.raises(NotYours):
        actions.decide(registration=organization, step="accept", reason="x", by=SystemActor("x"))


def test_networks_said_in_a_draft_are_asked_when_it_is_sent() -> None:
    owner, coordinator = make_user(), make_user()
    network = make_network(coordinators=(coordinator,))
    organization = make_organization(state=S.DRAFT, representative=owner)
    actions.ask_networks(organization=organization, networks=[network], by=owner)
    told = Notice.objects.filter(kind="organizations.network_asks")
    assert not told.exists() and not Organization.objects.visible_to(coordinator).exists()
    actions.submit(registration=organization, by=owner)
    assert told.get().recipient_id == coordinator.pk
    assert Organization.objects.visible_to(coordinator).count() == 1


def test_network_that_is_no_longer_said_is_left() -> None:
    owner = make_user()
    network, other = make_network(), make_network()
    organization = make_organization(state=S.DRAFT, representative=owner)
    actions.ask_networks(organization=organization, networks=[network, other], by=owner)
    actions.ask_networks(organization=organization, networks=[other], by=owner)
    present = NetworkMembership.objects.visible_to(owner).present()
    assert [membership.network for membership in present] == [other]


def test_proposal_of_a_network_is_not_refused_by_saving_a_form() -> None:
    owner = make_user()
    organization = make_organization(representative=owner)
    network = make_network()
    make_network_membership(network, organization, confirmed=False)
    actions.ask_networks(organization=organization, networks=[], by=owner)
    assert NetworkMembership.objects.visible_to(owner).to_confirm().count() == 1
    actions.ask_networks(organization=organization, networks=[network], by=owner)
    assert NetworkMembership.objects.visible_to(owner).standing().count() == 1


def test_contributor_writes_the_draft_and_a_representative_sends_it() -> None:
    contributor = make_user()
    organization = make_organization(state=S.DRAFT, representative=make_user())
    make_membership(contributor, organization, role="contributor")
    values = {"about": "Written by a contributor."}
    written = actions.describe(
        registration=organization, values=values, version=organization.version, by=contributor
    )
    assert written.about == values["about"]
    with pytest.raises(NotYours):
        actions.submit(registration=organization, by=contributor)


@pytest.mark.parametrize(
    "message",
    [m for m in registered() if m.kind.startswith("organizations.")],
    ids=lambda message: message.kind,
)
def test_message_is_neutral_and_leads_somewhere(message: Notification) -> None:
    entry = make_organization(name="Zenobia House", representative=make_user(name="Zenobia"))
    body = message.body(make_user(), str(entry.pk))
    assert resolve(message.path(str(entry.pk)))
    for said in (message.subject(), body, message.notice()):
        assert "Zenobia" not in said and "COV" not in said and "Kenya" not in said
    assert message.notice().endswith(".")


def test_seed_holds_the_four_pillars_and_the_kinds() -> None:
    import_module("organizations.migrations.0002_seed_pillars_and_kinds").seed(apps, None)
    assert [pillar.numeral for pillar in Pillar.objects.all()] == ["I", "II", "III", "IV"]
    assert OrganizationKind.objects.count() == 15
