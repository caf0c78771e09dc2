"""The public register: each side agrees for itself, and can take that back at any time."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.parts import lock
from letters.enums import Side
from letters.models import Letter
from letters.rules import roles_of


@transaction.atomic
def agree_to_listing(*, letter: Letter, side: str, by: Any) -> Letter:
    """Agree for one side that a public letter stands in the register; agreed already, nothing
    happens. NotYours, WrongState before delivery, Refused for a letter that is not public."""
    letter = _locked_for(letter, side, by)
    if not letter.is_at_the_office:
        raise WrongState(_("A letter comes on the register once it is delivered."))
    if letter.level != Level.PUBLIC:
        raise Refused(_("This letter is for the Office only. It is never on the register."))
    if _agreed(letter, side):
        return letter
    _write(letter, side, timezone.now(), by)
    record("letters.listing_agreed", letter, by=by, side=str(side))
    return letter


@transaction.atomic
def revoke_listing(*, letter: Letter, side: str, by: Any) -> Letter:
    """Take that back for one side: the letter leaves the register at once."""
    letter = _locked_for(letter, side, by)
    if not _agreed(letter, side):
        return letter
    _write(letter, side, None, None)
    record("letters.listing_revoked", letter, by=by, side=str(side))
    return letter


def _locked_for(letter: Letter, side: str, by: Any) -> Letter:
    letter = lock(letter.pk)
    needed = "coordinator" if side == Side.NETWORK else "officer"
    if needed not in roles_of(by, letter):
        raise NotYours(_("You may not do this."))
    return letter


def _agreed(letter: Letter, side: str) -> bool:
    return getattr(letter, f"{Side(side).value}_lists_at") is not None


def _write(letter: Letter, side: str, at: Any, by: Any) -> None:
    name = Side(side).value
    setattr(letter, f"{name}_lists_at", at)
    setattr(letter, f"{name}_lists_by", by)
    letter.save(update_fields=[f"{name}_lists_at", f"{name}_lists_by", "changed_at"])
