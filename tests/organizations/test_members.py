"""Invitations, roles, mandates, leaving; networks said by both sides; vouching by a code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.notifications.models import Notice, SecurityMail
from foundation.workflow import NotYours, Refused
from organizations import actions
from organizations.actions.members import find_invitation
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import (
    Invitation,
    Membership,
    Network,
    NetworkCoordinator,
    NetworkMembership,
    Organization,
    Vouch,
)
from tests.factories import (
    make_membership,
    make_network,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.organizations.test_writing import fill, hidden, signed_in

pytestmark = pytest.mark.django_db
R, C = MemberRole.REPRESENTATIVE, MemberRole.CONTRIBUTOR


def invited(owner: Any, organization: Organization, email: str, role: str = C) -> str:
    """Invite `email` and return the token that its mail carries."""
    actions.invite(organization=organization, email=email, role=role, by=owner)
    return token_in(SecurityMail.objects.latest("created_at").body)


def token_in(body: str) -> str:
    found = re.search(r"/invitation/([^/\s]+)/", body)
    assert found
    return found[1]


def test_invitation_is_neutral_and_accepted_by_its_address_only() -> None:
    owner, guest, other = make_user(), make_user("guest@tests.example"), make_user()
    organization = make_organization(representative=owner, name="House of Voices")
    browser = signed_in(owner)
    url = reverse("organizations:members", args=[organization.pk])
    after = fill(browser, url, email="Guest@Tests.example", role=C)
    assert "The invitation leaves now" in after.content.decode()
    mail = SecurityMail.objects.get()
    assert mail.address == "guest@tests.example"
    for said in (mail.subject, mail.body):
        assert "Voices" not in said and owner.email not in said
    page = reverse("organizations:invitation", args=[token_in(mail.body)])
    assert Client().get(page).status_code == 302
    stranger = signed_in(other)
    assert "House of Voices" not in stranger.get(page).content.decode()
    assert stranger.post(page, {"token": ""}, follow=True).status_code == 200
    assert not Membership.objects.unguarded("test").filter(user=other).exists()
    shown = signed_in(guest)
    assert "House of Voices" in shown.get(page).content.decode()
    fill(shown, page)
    assert Membership.objects.unguarded("test").get(user=guest).role == C
    assert "No open invitation" in shown.get(page).content.decode()
    assert Notice.objects.filter(
        kind="organizations.members_changed", recipient_id=owner.pk
    ).exists()


def test_address_that_is_not_verified_cannot_accept() -> None:
    owner, guest = make_user(), make_user()
    token = invited(owner, make_organization(representative=owner), guest.email)
    EmailAddress.objects.filter(user=guest).update(verified=False)
    assert find_invitation(token=token, by=guest) is None
    with pytest.raises(NotYours):
        actions.accept_invitation(token=token, by=guest)


@pytest.mark.parametrize("end", ["expired", "revoked", "closed", "replaced"])
def test_invitation_that_is_over_cannot_be_accepted(end: str) -> None:
    owner, guest = make_user(), make_user()
    organization = make_organization(representative=owner)
    token = invited(owner, organization, guest.email)
    everything = Invitation.objects.unguarded("test")
    if end == "expired":
        everything.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "revoked":
        actions.revoke_invitation(invitation=everything.get(), by=owner)
    elif end == "closed":
        actions.archive(registration=organization, by=owner)
    else:
        invited(owner, organization, guest.email)
    with pytest.raises(NotYours):
        actions.accept_invitation(token=token, by=guest)


def test_contributor_invites_nobody_and_twenty_is_the_most() -> None:
    owner, contributor = make_user(), make_user()
    organization = make_organization(representative=owner)
    make_membership(contributor, organization, role=C)
    with pytest.raises(NotYours):
        invited(contributor, organization, "a@tests.example")
    for number in range(20):
        invited(owner, organization, f"a{number}@tests.example")
    with pytest.raises(Refused, match="Twenty"):
        invited(owner, organization, "one.more@tests.example")


def test_last_representative_cannot_leave_nor_become_a_contributor() -> None:
    owner, second = make_user(), make_user()
    organization = make_organization()
    last = make_membership(owner, organization)
    make_membership(second, organization, role=C)
    with pytest.raises(Refused, match="last representative"):
        actions.end_membership(membership=last, by=owner)
    with pytest.raises(Refused, match="last representative"):
        actions.change_member(membership=last, role=C, by=owner)
    make_membership(make_user(), organization)
    actions.end_membership(membership=last, by=owner)
    assert not Organization.objects.owned_by(owner).exists()


def test_removed_member_is_told_and_sees_nothing_more() -> None:
    owner, member = make_user(), make_user()
    organization = make_organization(representative=owner)
    membership = make_membership(member, organization, role=C)
    url = reverse("organizations:end_member", args=[membership.pk])
    fill(signed_in(owner), url)
    assert Notice.objects.filter(
        kind="organizations.membership_ended", recipient_id=member.pk
    ).exists()
    assert signed_in(member).get(organization.get_absolute_url()).status_code == 404
    assert actions.end_membership(membership=membership, by=owner) is None


@pytest.mark.parametrize("page", ["member", "mandate", "end_member"])
def test_contributor_manages_nobody(page: str) -> None:
    owner, contributor = make_user(), make_user()
    organization = make_organization()
    theirs = make_membership(owner, organization)
    make_membership(make_user(), organization)
    make_membership(contributor, organization, role=C)
    url = reverse(f"organizations:{page}", args=[theirs.pk])
    values = {"role": C, "given_by": "me", "given_on": "2026-01-01"}
    after = fill(signed_in(contributor), url, **values)
    assert after.status_code == 422 and "Only somebody who acts for it" in after.content.decode()
    assert Membership.objects.unguarded("test").get(pk=theirs.pk).is_representative


def test_member_that_becomes_a_representative_signs_once_the_mandate_is_stated() -> None:
    owner, member = make_user(), make_user()
    organization = make_organization(representative=owner)
    membership = make_membership(member, organization, role=C)
    browser = signed_in(owner)
    fill(browser, reverse("organizations:member", args=[membership.pk]), role=R)
    assert not Membership.objects.may_sign_for(member).exists()
    url = reverse("organizations:mandate", args=[membership.pk])
    fill(browser, url, given_by="the assembly", given_on="2026-02-03")
    assert Membership.objects.may_sign_for(member).exists()
    page = browser.get(reverse("organizations:members", args=[organization.pk]))
    assert "the assembly on 3 February 2026" in page.content.decode()


def test_network_membership_stands_when_both_sides_said_yes() -> None:
    coordinator, representative = make_user(), make_user()
    network = make_network(coordinators=(coordinator,), level=Level.OFFICE)
    organization = make_organization(representative=representative)
    page = reverse("organizations:propose", args=[network.pk])
    told = fill(signed_in(coordinator), page, reference=organization.reference.lower())
    same = fill(signed_in(coordinator), page, reference="ORG-2026-ZZZZZZ")
    sentence = "If there is an organization with this reference"
    assert sentence in told.content.decode() and sentence in same.content.decode()
    assert organization.name not in told.content.decode()
    membership = NetworkMembership.objects.unguarded("test").get()
    assert not NetworkMembership.objects.visible_to(representative).standing().exists()
    browser = signed_in(representative)
    shown = browser.get(network.get_absolute_url())
    assert "Waiting for your word" in shown.content.decode()
    yes = reverse("organizations:answer", args=[membership.pk, "yes"])
    browser.post(yes, hidden(shown))
    assert NetworkMembership.objects.visible_to(coordinator).standing().exists()
    assert (
        organization.name in signed_in(coordinator).get(network.get_absolute_url()).content.decode()
    )


def test_coordinator_cannot_confirm_in_the_organizations_place() -> None:
    coordinator = make_user()
    network = make_network(coordinators=(coordinator,))
    membership = make_network_membership(network, make_organization(), confirmed=False)
    with pytest.raises(NotYours):
        actions.answer_network(membership=membership, by=coordinator)
    actions.leave_network(membership=membership, by=coordinator)
    assert not NetworkMembership.objects.unguarded("test").present().exists()


def test_officer_makes_a_network_and_names_its_coordinator() -> None:
    officer, person = make_officer(), make_user()
    browser = signed_in(officer)
    fill(
        browser,
        reverse("organizations:make_network"),
        name="Open Table",
        level=Level.PUBLIC.value,
        version=0,
    )
    network = Network.objects.visible_to(officer).get()
    url = reverse("organizations:add_coordinator", args=[network.pk])
    wrong = fill(browser, url, email="nobody@tests.example")
    assert "no account with this address" in wrong.content.decode()
    staff = fill(browser, url, email=make_officer().email)
    assert "Staff do not coordinate" in staff.content.decode()
    fill(browser, url, email=person.email)
    assert Network.objects.coordinated_by(person).get() == network
    coordinator = NetworkCoordinator.objects.visible_to(person).get()
    shown = signed_in(person).get(network.get_absolute_url())
    end = reverse("organizations:end_coordinator", args=[coordinator.pk])
    signed_in(person).post(end, hidden(shown))
    assert not Network.objects.coordinated_by(person).exists()


@pytest.mark.parametrize("page", ["make_network", "edit_network", "add_coordinator"])
def test_only_officers_make_networks(page: str) -> None:
    coordinator = make_user()
    network = make_network(coordinators=(coordinator,))
    args = [] if page == "make_network" else [network.pk]
    assert (
        signed_in(coordinator).get(reverse(f"organizations:{page}", args=args)).status_code == 404
    )


def test_vouching_needs_the_code_and_a_mandate() -> None:
    voucher = make_user()
    vouching = make_organization(representative=voucher)
    organization = make_organization(state=S.DRAFT, without_papers=True, representative=make_user())
    other = make_organization(state=S.DRAFT)
    page = reverse("organizations:vouch", args=[organization.vouch_code])
    assert signed_in(make_user()).get(page).status_code == 404
    browser = signed_in(voucher)
    unasked = reverse("organizations:vouch", args=[other.vouch_code])
    assert browser.get(unasked).status_code == 404
    code = organization.vouch_code.lower()
    assert browser.post(reverse("organizations:vouch_code"), {"code": code}).url == page
    fill(browser, page, by_organization=str(vouching.pk), text="We know it since 2019.")
    given = Vouch.objects.visible_to(voucher).get()
    again = fill(browser, page, by_organization=str(vouching.pk), text="Again.")
    assert "has vouched already" in again.content.decode()
    shown = browser.get(page)
    browser.post(reverse("organizations:withdraw_vouch", args=[given.pk]), hidden(shown))
    assert not Vouch.objects.visible_to(voucher).standing().exists()
