"""Small named predicates of this room, and the words of its machine."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from foundation.confidentiality import Level, SystemActor, person
from foundation.web.policies import Predicate, signed_in
from organizations.models import (
    Expert,
    Membership,
    NamedOfficer,
    Network,
    Registration,
    VettingDecision,
)
from organizations.transitions import REGISTRATION

WHY = "a rule asks about the person's own standing; nothing of it is shown"
DECISIONS_ON_APPEAL = ("grant_appeal", "dismiss_appeal")


def is_member(user: Any, registration: Registration) -> bool:
    """Tell whether the entry is the person's own: a present member, or the expert."""
    if isinstance(registration, Expert):
        return registration.user_id == user.pk
    return Membership.objects.unguarded(WHY).of(user).filter(organization=registration).exists()


def is_owner(user: Any, registration: Registration) -> bool:
    """Tell whether the person acts for the entry: a present representative, or the expert."""
    if isinstance(registration, Expert):
        return registration.user_id == user.pk
    mine = Membership.objects.unguarded(WHY).representatives().filter(user_id=user.pk)
    return mine.filter(organization=registration).exists()


def is_vetted_representative(user: Any) -> bool:
    """Tell whether the person may sign for at least one organization today."""
    return Membership.objects.may_sign_for(user).exists()


def is_vetted_expert(user: Any) -> bool:
    """Tell whether the person may sign in a personal capacity today."""
    return Expert.objects.signable_by(user).exists()


def is_vetted_participant(user: Any) -> bool:
    """Tell whether the person may sign today, for an organization or as an expert."""
    return is_vetted_representative(user) or is_vetted_expert(user)


def is_coordinator(user: Any) -> bool:
    """Tell whether the person coordinates any network."""
    return Network.objects.coordinated_by(user).exists()


def coordinates(user: Any, network: Network) -> bool:
    """Tell whether the person coordinates this network."""
    return Network.objects.coordinated_by(user).filter(pk=network.pk).exists()


def may_look_into(user: Any, registration: Registration) -> bool:
    """Tell whether the person may see the entry's inside."""
    return type(registration).objects.seen_inside_by(user).filter(pk=registration.pk).exists()


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
    return {"owner"} if last in DECISIONS_ON_APPEAL else {"owner", "appellant"}


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
    named = NamedOfficer.objects.unguarded(WHY).about(registration)
    return named.filter(user_id=user.pk).exists()
