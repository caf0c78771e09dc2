"""Who a person is to a letter."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import SystemActor
from foundation.web.policies import Predicate, signed_in, staff
from letters.models import Letter, Reply, Signatory
from letters.transitions import LETTER, REPLY
from organizations.models import NetworkCoordinator
from organizations.rules import is_coordinator, is_vetted_participant

OFFICE = staff(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
APPROVER = staff(StaffRole.APPROVER)
coordinates_some_network = signed_in & Predicate("coordinates a network", is_coordinator)


@LETTER.roles
def roles_of(user: Any, letter: Letter) -> set[str]:
    """Return the words of the transition table that hold for `user` towards `letter`."""
    if isinstance(user, SystemActor):
        return {"system"}
    if not user.is_authenticated or not user.is_active:
        return set()
    roles = set()
    if coordinates(user, letter):
        roles.add("coordinator")
    if user.is_office and not has_stake(user, letter):
        roles.add("officer")
        if user.has_role(StaffRole.APPROVER):
            roles.add("approver")
    if is_vetted_participant(user):
        roles.add("participant")
    return roles


@REPLY.roles
def reply_roles_of(user: Any, reply: Reply) -> set[str]:
    """Return the words of the reply's table that hold for `user`: nobody clears what they wrote."""
    roles = roles_of(user, reply.letter)
    words = roles & {"officer"}
    if "approver" in roles and not reply.writers.filter(pk=user.pk).exists():
        words.add("clearer")
    return words


def coordinates(user: Any, letter: Letter) -> bool:
    """Tell whether `user` coordinates the network of `letter`."""
    return (
        NetworkCoordinator.objects.unguarded("a question about the asking person")
        .present()
        .filter(network_id=letter.network_id, user_id=user.pk)
        .exists()
    )


def has_stake(user: Any, letter: Letter) -> bool:
    """Tell whether the letter is the person's own: who signed or coordinates it does not work on it
    for the Office."""
    own = Signatory.objects.unguarded("a question about the asking person").of(letter).standing()
    return own.signed_by_person(user).exists() or coordinates(user, letter)


def works_on(user: Any, letter: Letter) -> bool:
    """Tell whether the person works on the letter for the Office."""
    return letter.is_at_the_office and "officer" in roles_of(user, letter)


def may_follow(user: Any, letter: Letter) -> bool:
    """Tell whether the person sees all that the letter asks: who signed or coordinates it, and the
    Office; others see what is public."""
    return user.is_office or has_stake(user, letter)


def office_for(letter: Letter, *roles: str) -> list[Any]:
    """Return the staff with one of `roles` who may work on the letter."""
    return [one for one in User.objects.with_role(*roles) if works_on(one, letter)]
