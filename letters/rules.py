"""Small named questions about a person and a letter."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import Level, SystemActor
from foundation.web.policies import Predicate, signed_in, staff
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, parts_of_expert, parts_of_organization
from letters.secrecy import organization_key
from letters.transitions import LETTER
from organizations.models import Expert, NetworkCoordinator, Organization
from organizations.rules import (
    OWN,
    Hat,
    is_coordinator,
    is_vetted_participant,
)

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


def accepts_signatures(letter: Letter) -> bool:
    """Tell whether the letter collects signatures at this moment."""
    return letter.state == LetterState.OPEN and not letter.is_past_deadline


def may_withdraw(user: Any, signatory: Any) -> bool:
    """Tell whether `user` may take this name back: who signed it, until the letter is delivered."""
    return (
        signatory.belongs_to(user)
        and signatory.withdrawn_at is None
        and signatory.letter.state in (LetterState.OPEN, LetterState.CLOSED)
    )


def may_withdraw_after_delivery(user: Any, signatory: Any) -> bool:
    """Tell whether `user` may take this name back from a delivered letter: who signed it here, and
    stands under the text that was delivered."""
    return (
        signatory.belongs_to(user)
        and signatory.was_signed_here
        and signatory.withdrawn_at is None
        and signatory.letter.is_at_the_office
        and signatory.text_id == signatory.letter.frozen_id
    )


# What a line under a letter is made of; an organization's other fields are left where they are.
PRINTED = (
    "name",
    "acronym",
    "level",
    "place_as_stated",
    "country_of_registration",
    "countries_of_work",
)


def hats_of(user: Any) -> list[Hat]:
    """Return the names in which `user` may sign letters today."""
    hats = [
        _hat(str(organization.pk), parts_of_organization(organization), organization)
        for organization in Organization.objects.signable_by(user).only(*PRINTED)
    ]
    own = next(iter(Expert.objects.signable_by(user)), None)
    if own:
        hats.append(_hat(OWN, parts_of_expert(own), None, own.level))
    return hats


def unused_hats(user: Any, letter: Letter) -> list[Hat]:
    """Return the names in which `user` may still sign `letter`."""
    standing = list(Signatory.objects.visible_to(user).of(letter).standing())
    taken = {name.organization_id for name in standing if name.organization_id}
    hidden = {name.organization_key for name in standing if name.organization_key}
    own = [name for name in standing if name.belongs_to(user)]
    alone = any(not (name.organization_id or name.organization_key) for name in own)

    def used(hat: Hat) -> bool:
        if hat.organization is None:
            return alone
        key = organization_key(letter.pk, hat.organization.pk)
        return hat.organization.pk in taken or key in hidden

    return [hat for hat in hats_of(user) if not used(hat)]


def _hat(
    key: str, parts: dict[str, Any], organization: Organization | None, level: int | None = None
) -> Hat:
    stands_at = organization.level if organization is not None else level
    shown = Level.PUBLIC if stands_at == Level.PUBLIC else Level.OFFICE
    return Hat(key, Signatory(**parts).display_line(), shown, organization)


def usual_mode(hats: list[Hat]) -> str:
    """Return the mode that is offered first: as closed as the most closed of the names."""
    public = bool(hats) and all(hat.level == Level.PUBLIC for hat in hats)
    return Mode.PUBLIC if public else Mode.OFFICE
