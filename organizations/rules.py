"""Small named predicates of this room, and the words of its machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import Level, SystemActor, person
from foundation.web.policies import Predicate, signed_in, staff
from organizations.models import (
    Expert,
    Membership,
    NamedReader,
    Network,
    Organization,
    Registration,
    VettingDecision,
    Vouch,
)
from organizations.transitions import REGISTRATION

WHY = "a rule asks about the person's own standing; nothing of it is shown"
OFFICE = staff(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
APPROVER = staff(StaffRole.APPROVER)
DECISIONS_ON_APPEAL = ("grant_appeal", "dismiss_appeal")
OWN = "own-name"


@dataclass(frozen=True)
class Hat:
    """A name in which one may act: its key in a form, its words, its level, and whose it is."""

    key: str
    line: str
    level: int
    organization: Organization | None = None
    expert: Expert | None = None
    network: Network | None = None


def is_member(user: Any, registration: Registration) -> bool:
    """Tell whether the entry is the person's own: a present member, or the expert."""
    if isinstance(registration, Expert):
        return registration.user_id == user.pk
    return (
        Membership.objects.unguarded(WHY).of(user).filter(organization_id=registration.pk).exists()
    )


def is_owner(user: Any, registration: Registration) -> bool:
    """Tell whether the person acts for the entry: a present representative, or the expert."""
    if isinstance(registration, Expert):
        return registration.user_id == user.pk
    mine = Membership.objects.unguarded(WHY).representatives().filter(user_id=user.pk)
    return mine.filter(organization_id=registration.pk).exists()


def is_vetted_representative(user: Any) -> bool:
    """Tell whether the person may sign for at least one organization today."""
    return Membership.objects.may_sign_for(user).exists()


def is_vetted_expert(user: Any) -> bool:
    """Tell whether the person may sign in a personal capacity today."""
    return Expert.objects.signable_by(user).exists()


def is_vetted_participant(user: Any) -> bool:
    """Tell whether the person may sign today, for an organization or as an expert."""
    return is_vetted_representative(user) or is_vetted_expert(user)


def takes_part(user: Any) -> bool:
    """Tell whether the person belongs to a vetted organization, in any role, or is a vetted expert:
    who may read what is meant for those who take part."""
    own = Organization.objects.owned_by(user).vetted()
    return own.exists() or is_vetted_expert(user)


def is_coordinator(user: Any) -> bool:
    """Tell whether the person coordinates any network."""
    return Network.objects.coordinated_by(user).exists()


def coordinates(user: Any, network: Network) -> bool:
    """Tell whether the person coordinates this network."""
    return Network.objects.coordinated_by(user).filter(pk=network.pk).exists()


def may_look_into(user: Any, registration: Registration) -> bool:
    """Tell whether the person may see the entry's inside."""
    manager: Any = type(registration)._default_manager
    return manager.seen_inside_by(user).filter(pk=registration.pk).exists()


coordinator = Predicate("coordinator", lambda user: bool(signed_in(user) and is_coordinator(user)))
vetted_representative = Predicate(
    "vetted representative", lambda user: bool(signed_in(user) and is_vetted_representative(user))
)


@REGISTRATION.roles
def roles_of(user: Any, registration: Registration) -> set[str]:
    """Return the words of the table that hold for `user` towards `registration`.

    Who belongs to an entry never decides on it, whatever staff role the person has.
    """
    if isinstance(user, SystemActor):
        return {"system"}
    if person(user) is None:
        return set()
    if is_member(user, registration):
        return _owner_roles(user, registration)
    return _staff_roles(user, registration)


def _owner_roles(user: Any, registration: Registration) -> set[str]:
    if not is_owner(user, registration):
        return set()
    decisions = VettingDecision.objects.unguarded(WHY).about(registration)
    last = decisions.order_by("-decided_at").values_list("step", flat=True).first()
    words = {"owner"} if last in DECISIONS_ON_APPEAL else {"owner", "appellant"}
    return words | {"returning"} if isinstance(registration, Expert) else words


def _staff_roles(user: Any, registration: Registration) -> set[str]:
    if not user.is_office or not _reaches(user, registration):
        return set()
    words = {"officer"}
    if user.has_role(StaffRole.APPROVER):
        words.add("approver")
        decided = VettingDecision.objects.unguarded(WHY).about(registration)
        if not decided.filter(reviewer_id=user.pk).exists():
            words.add("judge")
    return words


def _reaches(user: Any, registration: Registration) -> bool:
    if registration.level < Level.NAMED_OFFICERS or user.has_role(StaffRole.APPROVER):
        return True
    named = NamedReader.objects.unguarded(WHY).about(registration)
    return named.filter(user_id=user.pk).exists()


# Who is told, and what is still missing -------------------------------------------------------
def owners_of(registration: Registration) -> list[Any]:
    """Return the people who act for an entry: its present representatives, or the expert."""
    if isinstance(registration, Expert):
        return [registration.user]
    held = (
        Membership.objects.unguarded(WHY).representatives().filter(organization_id=registration.pk)
    )
    return [membership.user for membership in held.select_related("user")]


def office_for(registration: Registration, *roles: str) -> list[Any]:
    """Return the staff with one of `roles` who may see the entry and have no stake in it."""
    return [
        person
        for person in User.objects.with_role(*roles)
        if "officer" in roles_of(person, registration)
    ]


def missing(registration: Registration) -> list[str]:
    """Return what an entry still lacks before it can be sent, in words for its owner."""
    found = []
    if not registration.name:
        found.append(_("the name"))
    if not registration.about:
        found.append(_("what you do, in a few lines"))
    if not registration.printed_country() and not getattr(registration, "countries_of_work", ()):
        found.append(_("a country or a place"))
    if not isinstance(registration, Organization):
        return found
    if not registration.kinds.exists():
        found.append(_("what kind of organization it is"))
    mandated = (
        Membership.objects.unguarded(WHY)
        .representatives()
        .filter(organization=registration, mandate_on__isnull=False)
    )
    if not mandated.exists():
        found.append(_("who gave you the mandate, and when"))
    return found


def standing_vouches(registration: Registration) -> int:
    """Return how many vetted organizations vouch for the entry today."""
    if isinstance(registration, Expert):
        return 0
    return Vouch.objects.unguarded(WHY).standing().filter(organization_id=registration.pk).count()
