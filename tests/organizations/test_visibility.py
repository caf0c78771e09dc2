"""Who sees which entry, member, paper, network. Every negative case has a row that could leak."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Audience, Level, SystemActor, UnguardedRead
from organizations.enums import FileKind, MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import (
    EvidenceFile,
    Expert,
    Invitation,
    Membership,
    NamedReader,
    Network,
    NetworkCoordinator,
    NetworkMembership,
    Organization,
    VettingDecision,
    Vouch,
)
from organizations.rules import (
    coordinates,
    is_coordinator,
    is_vetted_participant,
    is_vetted_representative,
)
from tests.factories import (
    make_approver,
    make_decision,
    make_expert,
    make_membership,
    make_network,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db

GUARDED = [
    EvidenceFile,
    Expert,
    Invitation,
    Membership,
    NamedReader,
    Network,
    NetworkCoordinator,
    NetworkMembership,
    Organization,
    VettingDecision,
    Vouch,
]
ALL = {"everyone", "stranger", "member", "coordinator", "officer", "approver", "named", "public"}
SENT = {"member", "coordinator", "officer", "approver", "named"}
CLOSED = {"member", "coordinator", "approver", "named"}


@pytest.mark.parametrize("model", GUARDED)
def test_reading_without_a_viewer_raises(model: Any) -> None:
    with pytest.raises(UnguardedRead):
        list(model.objects.all())


@pytest.mark.parametrize(
    ("state", "level", "seen_by"),
    [
        (S.DRAFT, Level.PUBLIC, {"member"}),
        (S.DRAFT, Level.OFFICE, {"member"}),
        (S.DRAFT, Level.NAMED_OFFICERS, {"member"}),
        *((state, Level.PUBLIC, SENT) for state in S.values if state not in ("draft", "vetted")),
        (S.VETTED, Level.PUBLIC, ALL),
        *((state, Level.OFFICE, SENT) for state in S.values if state != "draft"),
        *((state, Level.NAMED_OFFICERS, CLOSED) for state in S.values if state != "draft"),
    ],
)
def test_entry_is_seen_by_whom_its_level_and_state_say(
    state: str, level: int, seen_by: set[str]
) -> None:
    organization = make_organization(state=state, level=level)
    named = make_officer()
    NamedReader(organization=organization, user=named, named_by=named).save()
    member, coordinator = make_user(), make_user()
    make_membership(member, organization, role=MemberRole.CONTRIBUTOR)
    make_network(coordinators=(coordinator,), members=(organization,))
    viewers = {
        "everyone": AnonymousUser(),
        "stranger": make_user(),
        "member": member,
        "coordinator": coordinator,
        "officer": make_officer(),
        "approver": make_approver(),
        "named": named,
        "public": Audience(Level.PUBLIC),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "system": SystemActor("relay"),
        "former": make_user(),
    }
    make_membership(viewers["former"], organization, ended=True)
    found = {who for who, v in viewers.items() if Organization.objects.visible_to(v).exists()}
    expected = seen_by | (
        {"auditor", "administrator", "system", "former"} if seen_by == ALL else set()
    )
    assert found == expected


def test_vetting_that_ended_yesterday_is_public_no_more() -> None:
    make_organization(level=Level.PUBLIC, expired=True)
    assert not Organization.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("level", "states"),
    [(Level.PUBLIC, 1), (Level.UNNAMED, 1), (Level.OFFICE, 2), (Level.NAMED_OFFICERS, 3)],
)
def test_document_reads_up_to_its_audience(level: int, states: int) -> None:
    for one in (Level.PUBLIC, Level.OFFICE, Level.NAMED_OFFICERS):
        make_organization(level=one)
    assert Organization.objects.visible_to(Audience(Level(level))).count() == states


def test_coordinator_sees_no_organization_that_did_not_confirm() -> None:
    coordinator = make_user()
    network = make_network(coordinators=(coordinator,))
    organization = make_organization()
    membership = make_network_membership(network, organization, confirmed=False)
    assert not Organization.objects.visible_to(coordinator).exists()
    assert not NetworkMembership.objects.visible_to(coordinator).exists()
    membership.confirmed_at = membership.created_at
    membership.save()
    assert Organization.objects.visible_to(coordinator).count() == 1
    assert not Organization.objects.seen_inside_by(coordinator).exists()


def test_papers_and_decisions_of_a_public_entry_are_not_public() -> None:
    organization = make_organization(level=Level.PUBLIC)
    officer = make_officer()
    make_decision(organization, officer)
    paper = make_paper(organization, officer)
    coordinator = make_user()
    make_network(coordinators=(coordinator,), members=(organization,))
    for outsider in (AnonymousUser(), make_user(), coordinator, make_user("", "auditor")):
        assert Organization.objects.visible_to(outsider).count() == 1
        for model in (EvidenceFile, VettingDecision, Membership):
            assert not model.objects.visible_to(outsider).exists()
    assert EvidenceFile.objects.visible_to(officer).get() == paper
    assert Client().get(reverse("organizations:paper", args=[paper.pk])).status_code == 302


def test_people_of_an_organization_know_each_other_and_nobody_else_knows_them() -> None:
    one, two = make_user(), make_user()
    mine = make_organization(representative=one)
    make_membership(two, mine, role=MemberRole.CONTRIBUTOR)
    make_organization(representative=make_user())
    assert Membership.objects.visible_to(one).count() == 2
    assert Membership.objects.visible_to(two).count() == 2
    assert Membership.objects.visible_to(make_user()).count() == 0
    assert Membership.objects.visible_to(make_officer()).count() == 3


def test_office_network_is_known_to_its_people_only() -> None:
    coordinator, member = make_user(), make_user()
    organization = make_organization(representative=member)
    make_network(level=Level.OFFICE, coordinators=(coordinator,), members=(organization,))
    for insider in (coordinator, member, make_officer()):
        assert Network.objects.visible_to(insider).count() == 1
    for outsider in (AnonymousUser(), make_user(), Audience(Level.PUBLIC)):
        assert Network.objects.visible_to(outsider).count() == 0


def test_public_network_does_not_tell_its_closed_members() -> None:
    make_network(members=(make_organization(), make_organization(level=Level.PUBLIC)))
    assert NetworkMembership.objects.visible_to(AnonymousUser()).count() == 1


def test_names_of_coordinators_are_not_public() -> None:
    coordinator = make_user(name="Zenobia Hartwell")
    network = make_network(coordinators=(coordinator,))
    for browser in (Client(), signed_in(make_user())):
        page = browser.get(network.get_absolute_url())
        assert page.status_code == 200 and b"Zenobia" not in page.content


def test_only_who_holds_a_mandate_in_a_vetted_organization_may_sign() -> None:
    signer = make_user()
    good = make_organization(representative=signer)
    for other in (
        make_organization(state=S.SUBMITTED),
        make_organization(expired=True),
        make_organization(state=S.REFUSED),
    ):
        make_membership(signer, other)
    make_membership(signer, make_organization(), mandate=False)
    make_membership(signer, make_organization(), role=MemberRole.CONTRIBUTOR)
    make_membership(signer, make_organization(), ended=True)
    assert [m.organization for m in Membership.objects.may_sign_for(signer)] == [good]
    assert list(Organization.objects.signable_by(signer)) == [good]
    assert is_vetted_representative(signer) and is_vetted_participant(signer)
    assert not Membership.objects.may_sign_for(AnonymousUser()).exists()


@pytest.mark.parametrize("state", [s for s in S.values if s != S.VETTED])
def test_expert_signs_only_while_vetted(state: str) -> None:
    assert not is_vetted_participant(make_expert(state=state).user)
    assert not is_vetted_participant(make_expert(expired=True).user)
    assert is_vetted_participant(make_expert().user)


def test_coordinator_is_one_while_named_and_while_the_network_stands() -> None:
    user = make_user()
    network, other = make_network(coordinators=(user,)), make_network()
    assert is_coordinator(user) and coordinates(user, network) and not coordinates(user, other)
    assert list(Network.objects.coordinated_by(user)) == [network]
    NetworkCoordinator.objects.unguarded("test").update(ended_at="2026-01-01T00:00Z")
    assert not is_coordinator(user)
    assert not is_coordinator(AnonymousUser())


def test_invisible_and_missing_answer_alike() -> None:
    organization = make_organization()
    missing = "00000000-0000-4000-8000-000000000000"
    for browser, status in ((Client(), 302), (signed_in(make_user()), 404)):
        hidden = browser.get(reverse("organizations:detail", args=[organization.pk]))
        none = browser.get(reverse("organizations:detail", args=[missing]))
        assert hidden.status_code == none.status_code == status
        assert strip(hidden.content) == strip(none.content)
        assert hidden.headers.keys() == none.headers.keys()


def test_str_of_guarded_rows_names_nobody() -> None:
    organization = make_organization(name="Zenobia House", representative=make_user())
    expert = make_expert(name="Zenobia Hartwell")
    for row in (organization, expert, make_network(name="Zenobia Network"), make_user()):
        assert "Zenobia" not in str(row)


def make_paper(organization: Organization, by: Any) -> EvidenceFile:
    """Return a paper that is kept with the organization."""
    paper = EvidenceFile(
        organization=organization, title="Statute", kind=FileKind.PDF, size=4, sha256="0" * 64
    )
    paper.uploaded_by = by
    paper.file.save("", ContentFile(b"%PDF"), save=False)
    paper.save()
    return paper


def signed_in(user: Any) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def strip(content: bytes) -> bytes:
    """Return a page without the token that differs on every answer."""
    import re

    return re.sub(rb"[A-Za-z0-9]{64}", b"", content)
