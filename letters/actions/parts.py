"""What several actions of this room do: lock, hold, refuse."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from foundation.confidentiality import person
from foundation.workflow import NotYours, Refused
from letters.models import DeliveryStep, Letter
from letters.rules import coordinates


class NotReady(Refused):
    """The letter lacks something that this step needs; the text says what, and what to do."""


def lock(letter_id: uuid.UUID) -> Letter:
    """Return the letter, locked against every other change until the transaction ends."""
    return (
        Letter.objects.unguarded("an action locks what its caller has seen")
        .select_for_update(no_key=True)
        .get(pk=letter_id)
    )


def hold_open(letter_id: uuid.UUID) -> str:
    """Return the letter's state and keep it from changing until the transaction ends.

    A shared lock: a thousand people sign at the same time without waiting for each other, while
    closing the letter waits for all of them, and they for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM letters_letter WHERE id = %s FOR SHARE", [letter_id])
        return str(cursor.fetchone()[0])


def hold_for_signing(letter_id: uuid.UUID) -> tuple[str, int | None]:
    """As `hold_open`; return the letter's state and the id of its fixed text, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.state, t.id FROM letters_letter l"
            " LEFT JOIN letters_frozen_text t ON t.letter_id = l.id WHERE l.id = %s FOR SHARE OF l",
            [letter_id],
        )
        state, text_id = cursor.fetchone()
        return str(state), text_id


def must_coordinate(by: Any, letter: Letter) -> None:
    """Raise NotYours unless `by` coordinates the letter's network."""
    if not coordinates(by, letter):
        raise NotYours(_("Only a coordinator of the network may do this."))


def note_step(letter: Letter, by: Any, *, reason: str = "", file_hash: str = "") -> DeliveryStep:
    """Write down that the letter has reached its present state, who brought it there and when; the
    caller holds its lock and has saved the state."""
    return DeliveryStep.objects.create(
        letter=letter, state=letter.state, by=person(by), reason=reason, file_hash=file_hash
    )
