"""The order of the names by hand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import Refused, WrongState
from letters.actions.parts import lock, must_coordinate
from letters.enums import Arrangement
from letters.models import Letter, Signatory


@transaction.atomic
def order_names(*, letter: Letter, order: Sequence[uuid.UUID], by: Any) -> Letter:
    """Put the names that the coordinators see in the order of their ids, and print them so from now
    on. Names that came in meanwhile follow. Raises NotYours, WrongState after delivery, Refused
    for an id that is not among them."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.is_at_the_office:
        raise WrongState(_("The letter was delivered: its list stays in the order that it had."))
    names = Signatory.objects.visible_to(by).of(letter).standing().in_bulk()
    if len(set(order)) != len(order) or not set(order) <= set(names):
        raise Refused(_("The list has changed meanwhile. Look at it again."))
    for position, pk in enumerate(order, start=1):
        names[pk].position = position
    Signatory.objects.unguarded("the order of names that the coordinator sees").bulk_update(
        [names[pk] for pk in order], ["position"]
    )
    letter.arrangement = Arrangement.AS_PRINTED
    letter.save(update_fields=["arrangement", "changed_at"])
    record("letters.names_ordered", letter, by=by, names=len(order))
    return letter
