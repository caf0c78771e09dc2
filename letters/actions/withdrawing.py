"""Taking one's name back after delivery: the letter stays as it was delivered, and it is said."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours
from letters import signals
from letters.actions.parts import lock
from letters.actions.versions import note_list_version
from letters.enums import ListReason
from letters.models import Letter, ListVersion, Signatory
from letters.notifications import tell_coordinators, tell_office_of_withdrawal
from letters.rules import may_withdraw_after_delivery, office_for


@transaction.atomic
def withdraw_after_delivery(*, signatory: Signatory, reason: str, by: Any) -> Signatory:
    """Take one's name back from a letter that was delivered.

    The letter, its text and its sealed files stay as they were delivered. The list has a new
    version without the name, and the letter's pages say so: with the name where it was public,
    not at all where it was not. Raises NotYours (also before delivery: there is `withdraw`).
    """
    letter = lock(signatory.letter_id)
    signatory = (
        Signatory.objects.unguarded("locked for the person who signed it")
        .select_related("letter")
        .select_for_update(of=("self",))
        .get(pk=signatory.pk)
    )
    if not may_withdraw_after_delivery(by, signatory):
        raise NotYours(_("This name cannot be taken back here."))
    if not ListVersion.objects.unguarded("is there one?").of(letter).exists():
        note_list_version(letter, ListReason.CLOSED)  # it was closed before versions were kept
    signatory.withdrawn_at, signatory.withdrawn_by = timezone.now(), by
    signatory.withdrawal_reason = reason
    signatory.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    record("letters.withdrawn_late", letter, by=by, signatory=signatory.pk)
    if signatory.level == Level.PUBLIC:
        note_list_version(letter, ListReason.WITHDRAWN)
        signals.list_changed.send(Letter, letter=letter, by=by)
    _tell(letter, signatory, by)
    return signatory


def _tell(letter: Letter, signatory: Signatory, by: Any) -> None:
    """Tell the person that it is done, the coordinators, and the Office where it knew the name."""
    key = f"letters.withdrawn_late:{signatory.pk}"
    notify("letters.took_back_late", to=by, about=letter, dedupe=key)
    tell_coordinators(letter, "letters.withdrawn_late", but=by, dedupe=key)
    if signatory.level <= Level.OFFICE:
        officers = {one.pk: one for one in office_for(letter, StaffRole.ENGAGEMENT_OFFICER)}
        if letter.owner_id and letter.owner_id not in officers:
            officers |= {letter.owner_id: letter.owner}
        tell_office_of_withdrawal(officers.values(), letter, dedupe=key)
