"""The door to an open letter for people without an account: an unlisted address."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import WrongState
from letters.actions.parts import lock, must_coordinate
from letters.enums import LetterState
from letters.models import Letter


@transaction.atomic
def open_door(*, letter: Letter, by: Any) -> Letter:
    """Let people without an account sign an open letter, over a new unlisted address: an earlier
    one ends. Raises NotYours, WrongState."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.state != LetterState.OPEN:
        raise WrongState(_("The sign-on of this letter is not open."))
    letter.open_to_outsiders, letter.outsiders_secret = True, secrets.token_urlsafe(32)
    letter.save(update_fields=["open_to_outsiders", "outsiders_secret"])
    record("letters.door_opened", letter, by=by)
    return letter


@transaction.atomic
def close_door(*, letter: Letter, by: Any) -> Letter:
    """Let nobody without an account sign any more; names that stand are not touched."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    letter.open_to_outsiders, letter.outsiders_secret = False, ""
    letter.save(update_fields=["open_to_outsiders", "outsiders_secret"])
    record("letters.door_closed", letter, by=by)
    return letter


def letter_behind(secret: str) -> Letter | None:
    """Return the open letter behind an unlisted address, None where there is none."""
    if len(secret) < 40:
        return None
    found = Letter.objects.unguarded("the address is the key to it").select_related(
        "network", "frozen"
    )
    letter: Letter | None = found.filter(
        outsiders_secret=secret, open_to_outsiders=True, state=LetterState.OPEN
    ).first()
    return letter
