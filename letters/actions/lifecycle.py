"""Opening, closing, delivering, acknowledging: the steps of the transition table, one function each."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import SystemActor
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused, WrongState
from letters import signals
from letters.actions.parts import bind_entered_names, lock
from letters.actions.texts import freeze
from letters.documents import current_document, main_copy
from letters.enums import Arrangement
from letters.models import Letter, Signatory, SignatoryBatch
from letters.notifications import (
    tell_coordinators,
    tell_members,
    tell_office,
    tell_signatories,
    tell_those_who_ask,
)
from letters.rules import office_for, roles_of, works_on
from letters.text import undefined_notes
from letters.transitions import LETTER


class NotReady(Refused):
    """The letter lacks something that this step needs; the text says what, and what to do."""


@transaction.atomic
def open_for_sign_on(*, letter: Letter, by: Any) -> Letter:
    """Fix the text and collect signatures. Raises Refused (NotYours, WrongState, NotReady)."""
    letter = lock(letter.pk)
    LETTER.move(letter, "open", by=by)
    _must_be_complete(letter, notes=True)
    letter.frozen = freeze(letter, letter.drafted_text(), by=by)
    letter.opened_at = timezone.now()
    letter.save(update_fields=["state", "frozen", "opened_at", "changed_at"])
    bind_entered_names(letter)
    record("letters.opened", letter, by=by, sha256=letter.frozen.sha256)
    tell_members(letter, "letters.open_for_sign_on")
    signals.letter_opened.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def file_as_sent(*, letter: Letter, by: Any) -> Letter:
    """File a letter that was sent before it came here: closed, marked "imported"."""
    letter = lock(letter.pk)
    LETTER.move(letter, "file_as_sent", by=by)
    _must_be_complete(letter, notes=False)
    letter.imported = True
    letter.arrangement = Arrangement.AS_PRINTED
    letter.frozen = freeze(letter, letter.drafted_text(), by=by)
    letter.closed_at = timezone.now()
    fields = ["state", "frozen", "imported", "arrangement", "closed_at", "changed_at"]
    letter.save(update_fields=fields)
    bind_entered_names(letter)
    record("letters.filed_as_sent", letter, by=by, sha256=letter.frozen.sha256)
    return letter


@transaction.atomic
def close(*, letter: Letter, by: Any) -> Letter:
    """End the sign-on. Waits for everyone who is signing at this moment."""
    letter = lock(letter.pk)
    LETTER.move(letter, "close", by=by)
    if not Signatory.objects.unguarded("is there any name?").of(letter).standing().exists():
        raise NotReady(
            _("Nobody has signed yet. A letter is closed when there is a name under it.")
        )
    letter.closed_at = timezone.now()
    letter.save(update_fields=["state", "closed_at", "changed_at"])
    record("letters.closed", letter, by=by)
    tell_coordinators(letter, "letters.closed", but=by)
    signals.letter_closed.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def deliver(*, letter: Letter, by: Any) -> Letter:
    """Say that the letter was handed to the Office, which can read it from now on."""
    letter = lock(letter.pk)
    LETTER.move(letter, "deliver", by=by)
    _must_be_sealed(letter)
    letter.delivered_at = timezone.now()
    letter.save(update_fields=["state", "delivered_at", "changed_at"])
    record("letters.delivered", letter, by=by)
    tell_signatories(letter, "letters.delivered")
    tell_office(office_for(letter, StaffRole.ENGAGEMENT_OFFICER), letter)
    signals.letter_delivered.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def acknowledge(*, letter: Letter, by: Any) -> Letter:
    """Say for the Office that it has the letter; who says so owns it from now on, if nobody does."""
    letter = lock(letter.pk)
    LETTER.move(letter, "acknowledge", by=by)
    letter.owner = letter.owner or by
    note_acknowledged(letter, by)
    return letter


def note_acknowledged(letter: Letter, by: Any) -> None:
    """Note that the Office has read the letter, and tell; the caller holds the lock and saves no
    state of its own."""
    letter.acknowledged_at = timezone.now()
    letter.save(update_fields=["state", "owner", "acknowledged_at", "changed_at"])
    record("letters.acknowledged", letter, by=by)
    tell_those_who_ask(letter, "letters.acknowledged")
    signals.letter_acknowledged.send(Letter, letter=letter, by=by)


@transaction.atomic
def assign(*, letter: Letter, owner: Any, by: Any) -> Letter:
    """Give a delivered letter to an officer, oneself or another. NotYours, WrongState, Refused."""
    letter = lock(letter.pk)
    if "officer" not in roles_of(by, letter):
        raise NotYours(_("You may not do this."))
    if not letter.is_at_the_office:
        raise WrongState(_("The letter was not delivered yet."))
    if not owner.is_active or not works_on(owner, letter):
        raise Refused(_("Only staff of the Office without a stake in it can own it."))
    before, letter.owner = letter.owner_id, owner
    letter.save(update_fields=["owner", "changed_at"])
    record("letters.assigned", letter, by=by, owner=owner.pk)
    if owner.pk not in (before, by.pk):
        notify("letters.assigned", to=owner, about=letter)
    return letter


@transaction.atomic
def set_aside(*, letter: Letter, by: Any) -> Letter:
    """Put a draft away. Nothing is deleted."""
    return _plain_step(letter, "set_aside", by)


@transaction.atomic
def take_up(*, letter: Letter, by: Any) -> Letter:
    """Take a draft up again."""
    return _plain_step(letter, "take_up", by)


def _plain_step(letter: Letter, step: str, by: Any) -> Letter:
    letter = lock(letter.pk)
    LETTER.move(letter, step, by=by)
    letter.save(update_fields=["state", "changed_at"])
    record(f"letters.{step}", letter, by=by)
    return letter


def _must_be_complete(letter: Letter, *, notes: bool) -> None:
    """Raise NotReady with the first thing that is missing; without `notes`, lost notes pass."""
    if not (letter.addressee and letter.subject and letter.body):
        raise NotReady(_("A letter needs an addressee, a subject and a text before it is fixed."))
    missing = undefined_notes(letter.body, letter.notes)
    if missing and notes:
        numbers = ", ".join(str(number) for number in missing)
        raise NotReady(
            _("The text calls note %(numbers)s, which has no text. Write it, or take the call out.")
            % {"numbers": numbers}
        )
    batches = SignatoryBatch.objects.unguarded("is a batch still open?").filter(letter=letter)
    if batches.in_review().exists():
        raise NotReady(_("Pasted names still wait for your review. Add them or take them back."))


def _must_be_sealed(letter: Letter) -> None:
    """Raise NotReady unless the sealed copy of this very list is there."""
    sealed = current_document(main_copy(letter), SystemActor("letters"), letter)
    if sealed is None or not sealed.is_ready:
        raise NotReady(_("Make the sealed PDF first: it is what you hand over."))
