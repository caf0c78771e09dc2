"""Plain functions that make what tests need, with traits as arguments; invented names only."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.enums import StaffRole
from accounts.models import RoleGrant, User
from foundation.confidentiality import Level
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import (
    Expert,
    Membership,
    Network,
    NetworkCoordinator,
    NetworkMembership,
    Organization,
    OrganizationKind,
    VettingDecision,
)

_numbers = itertools.count(1)


def make_user(email: str = "", *roles: str, name: str = "", **fields: Any) -> User:
    """Return a person with a verified address and these staff roles (then with a second factor)."""
    email = email or f"person{next(_numbers)}@tests.example"
    user = User.objects.create_user(email, "a long enough password", name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role)
    if roles:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def make_officer(**fields: Any) -> User:
    """Return an engagement officer."""
    return make_user("", StaffRole.ENGAGEMENT_OFFICER, **fields)


def make_approver(**fields: Any) -> User:
    """Return an approver."""
    return make_user("", StaffRole.APPROVER, **fields)


def make_organization(
    *,
    state: str = S.VETTED,
    level: int = Level.OFFICE,
    representative: User | None = None,
    expired: bool = False,
    **fields: Any,
) -> Organization:
    """Return an organization in `state`; with `representative`, one who holds a mandate.

    `expired`: still marked vetted, its last day was yesterday.
    """
    organization = Organization(
        **_entry(state, expired),
        **{
            "name": f"Centre for Open Valleys {next(_numbers)}",
            "acronym": "COV",
            "about": "We listen to people of the valleys.",
            "country_of_registration": "KE",
            "countries_of_work": ["KE"],
            "level": level,
            **fields,
        },
    )
    organization.save()
    organization.kinds.add(make_kind())
    if representative is not None:
        make_membership(representative, organization)
    return organization


def make_kind() -> OrganizationKind:
    """Return the first kind of the list, made again where a test has emptied the table."""
    words = {"label": "Community-based organization", "position": 1}
    return OrganizationKind.objects.get_or_create(key="community", defaults=words)[0]


def make_expert(
    *, user: User | None = None, state: str = S.VETTED, expired: bool = False, **fields: Any
) -> Expert:
    """Return an independent expert in `state`."""
    expert = Expert(
        **_entry(state, expired),
        **{
            "user": user or make_user(),
            "name": f"Dr. Ilse Morgenrot {next(_numbers)}",
            "title": "Senior Lecturer",
            "about": "Law of assembly.",
            "country_of_residence": "AT",
            **fields,
        },
    )
    expert.save()
    return expert


def make_membership(
    user: User,
    organization: Organization,
    *,
    role: str = MemberRole.REPRESENTATIVE,
    mandate: bool = True,
    ended: bool = False,
) -> Membership:
    """Return a membership; a representative has a mandate unless `mandate` is False."""
    mandated = mandate and role == MemberRole.REPRESENTATIVE
    membership = Membership(
        user=user,
        organization=organization,
        role=role,
        mandate_by="the board" if mandated else "",
        mandate_on=timezone.now().date() if mandated else None,
        ended_at=timezone.now() if ended else None,
    )
    membership.save()
    return membership


def make_network(
    *,
    level: int = Level.PUBLIC,
    coordinators: tuple[User, ...] = (),
    members: tuple[Organization, ...] = (),
    **fields: Any,
) -> Network:
    """Return a network with coordinators and standing members."""
    network = Network(**{"name": f"Open Table Network {next(_numbers)}", "level": level, **fields})
    network.save()
    for user in coordinators:
        NetworkCoordinator(network=network, user=user, named_by=user).save()
    for organization in members:
        make_network_membership(network, organization)
    return network


def make_network_membership(
    network: Network, organization: Organization, *, accepted: bool = True, confirmed: bool = True
) -> NetworkMembership:
    """Return a membership of a network, accepted by it and confirmed by the organization."""
    now = timezone.now()
    membership = NetworkMembership(
        network=network,
        organization=organization,
        accepted_at=now if accepted else None,
        confirmed_at=now if confirmed else None,
    )
    membership.save()
    return membership


def make_decision(registration: Any, reviewer: User, step: str = "refuse") -> VettingDecision:
    """Return a decision on an entry, as if `reviewer` had taken it."""
    decision = VettingDecision(
        **{registration.column: registration}, step=step, reason="Papers.", reviewer=reviewer
    )
    decision.save()
    return decision


def _entry(state: str, expired: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {"state": state}
    today = timezone.now().date()
    if state != S.DRAFT:
        fields["submitted_at"] = timezone.now()
    if state in (S.SUBMITTED, S.APPEALED):
        fields["decide_by"] = today + timedelta(days=30)
    if state in (S.VETTED, S.EXPIRED):
        fields["valid_until"] = today + timedelta(days=365)
    if expired or state == S.EXPIRED:
        fields["valid_until"] = today - timedelta(days=1)
    return fields
