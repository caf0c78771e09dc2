"""Telling coordinators that names came in: gathered, so that a busy letter is not a mail a minute."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from letters.actions.parts import lock
from letters.enums import Method
from letters.models import Letter, Signatory
from letters.notifications import tell_coordinators


@transaction.atomic
def tell_of_new_names(*, letter: Letter, by: Any) -> bool:
    """Tell the coordinators if names were signed since they were last told; True if so.

    `by` is the clock. The letter's row is locked, so two clocks tell once.
    """
    letter = lock(letter.pk)
    names = Signatory.objects.visible_to(by).of(letter).standing().filter(method=Method.SIGNED)
    if letter.told_at is not None:
        names = names.filter(created_at__gt=letter.told_at)
    if not names.exists():
        return False
    letter.told_at = timezone.now()
    letter.save(update_fields=["told_at"])
    tell_coordinators(
        letter, "letters.new_names", dedupe=f"{letter.pk}:{letter.told_at.isoformat()}"
    )
    return True
