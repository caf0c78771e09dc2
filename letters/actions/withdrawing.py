"""Taking one's name back after delivery: the letter stays as it was delivered, and it is said."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours
from letters import secrecy, signals
from letters.actions.parts import lock, lock_name, take_off
from letters.actions.versions import note_list_version
from letters.enums import ListReason, Mode
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
    signatory = lock_name(signatory.pk)
    if not may_withdraw_after_delivery(by, signatory):
        raise NotYours(_("This name cannot be taken back here."))
    take_back_late(letter, signatory, reason, by)
    return signatory


def take_back_late(letter: Letter, signatory: Signatory, reason: str, by: Any) -> None:
    """Take the name off the list of a delivered letter and say so; the caller holds both locks and
    has asked whose it is. `by`: None for somebody without an account."""
    versions = ListVersion.objects.unguarded("is there one?").of(letter)
    if not signatory.is_hidden and not versions.exists():
        note_list_version(letter, ListReason.CLOSED)  # it was closed before versions were kept
    take_off(signatory, reason, by)
    secrecy.note_hidden_sign_on()
    actor = Pseudonym(uuid.uuid4()) if signatory.is_hidden or by is None else by
    record("letters.withdrawn_late", letter, by=actor, signatory=signatory.pk)
    if not signatory.is_hidden:
        note_list_version(letter, ListReason.WITHDRAWN)
        signals.list_changed.send(Letter, letter=letter, by=actor)
    _tell(letter, signatory, by)


def _tell(letter: Letter, signatory: Signatory, by: Any) -> None:
    """Tell those who knew of the name, and no others: the coordinators, the Office.

    Where it was public, the person too, and not the person as a coordinator; where it was hidden,
    no message may say by its reader whose it was.
    """
    key = f"letters.withdrawn_late:{signatory.pk}"
    if not signatory.is_hidden and by is not None:
        notify("letters.took_back_late", to=by, about=letter, dedupe=key)
    if signatory.mode != Mode.NOT_COUNTED:
        but = None if signatory.is_hidden else by
        tell_coordinators(letter, "letters.withdrawn_late", but=but, dedupe=key)
    if signatory.mode in (Mode.PUBLIC, Mode.OFFICE):
        officers = {one.pk: one for one in office_for(letter, StaffRole.ENGAGEMENT_OFFICER)}
        if letter.owner_id:
            officers[letter.owner_id] = letter.owner
        tell_office_of_withdrawal(officers.values(), letter, dedupe=key)
