"""Legal holds: an operator keeps all that belongs to a letter, on the order of staff."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.workflow import NotYours, WrongState
from letters.actions.parts import lock
from letters.models import LegalHold, Letter

MAY_ORDER = (StaffRole.APPROVER, StaffRole.ADMINISTRATOR)


@transaction.atomic
def place_hold(*, letter: Letter, reason: str, ordered_by: Any, by: Any) -> LegalHold:
    """Keep what belongs to the letter from being forgotten. Raises NotYours, WrongState."""
    _must_order(ordered_by)
    lock(letter.pk)
    if _standing(letter).exists():
        raise WrongState(_("A hold stands on this letter already."))
    hold = LegalHold.objects.create(letter=letter, reason=reason, ordered_by=ordered_by)
    record("letters.hold_placed", letter, by=by, ordered_by=ordered_by.pk, hold=hold.pk)
    return hold


@transaction.atomic
def lift_hold(*, letter: Letter, ordered_by: Any, by: Any) -> LegalHold:
    """End the hold; what is due is forgotten the next night. Raises NotYours, WrongState."""
    _must_order(ordered_by)
    lock(letter.pk)
    hold = _standing(letter).first()
    if hold is None:
        raise WrongState(_("No hold stands on this letter."))
    hold.lifted_at, hold.lifted_by = timezone.now(), ordered_by
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record("letters.hold_lifted", letter, by=by, ordered_by=ordered_by.pk, hold=hold.pk)
    return hold


def _must_order(person: Any) -> None:
    if not person.has_role(*MAY_ORDER):
        raise NotYours(_("Only approvers and administrators order a legal hold."))


def _standing(letter: Letter) -> Any:
    return LegalHold.objects.filter(letter=letter, lifted_at=None)
