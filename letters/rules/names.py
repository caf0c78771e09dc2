"""Who may sign or take back a name, and in which names."""

from __future__ import annotations

from typing import Any

from foundation.confidentiality import Level
from letters.enums import LetterState, Mode
from letters.models import (
    Letter,
    Signatory,
    SignOnInvitation,
    parts_of_expert,
    parts_of_organization,
)
from letters.secrecy import organization_key
from organizations.models import Expert, Organization
from organizations.rules import OWN, Hat, is_owner


def accepts_signatures(letter: Letter) -> bool:
    """Tell whether the letter collects signatures at this moment."""
    return letter.state == LetterState.OPEN and not letter.is_past_deadline and not letter.is_paused


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


def may_answer(user: Any, invitation: SignOnInvitation) -> bool:
    """Tell whether `user` says yes or no for who is invited: a representative, or the expert."""
    return invitation.invited is not None and is_owner(user, invitation.invited)


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
