"""From delivery to the end: the steps of the transition table that follow on closing, one function
each. Each is written down with who took it and when (DeliveryStep)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import SystemActor, person
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused, WrongState
from letters import signals
from letters.actions.approving import must_be_approved
from letters.actions.parts import NotReady, lock, must_not_be_paused, note_step
from letters.documents import current_document, main_copy
from letters.documents.receipt import request_receipt
from letters.enums import ApprovedStep
from letters.models import Ask, Letter
from letters.notifications import tell_office, tell_signatories, tell_those_who_ask
from letters.rules import office_for, roles_of, works_on
from letters.transitions import LETTER

WHY = "an action looks at every ask of the letter that it holds"


@transaction.atomic
def deliver(*, letter: Letter, by: Any) -> Letter:
    """Say that the letter was handed to the Office, which can read it from now on."""
    letter = lock(letter.pk)
    LETTER.move(letter, "deliver", by=by)
    must_not_be_paused(letter)
    file_hash = _must_be_sealed(letter)
    must_be_approved(letter, ApprovedStep.DELIVER, by)
    letter.delivered_at = timezone.now()
    letter.save(update_fields=["state", "delivered_at", "changed_at"])
    note_step(letter, by, file_hash=file_hash)
    record("letters.delivered", letter, by=by)
    tell_signatories(letter, "letters.delivered")
    tell_office(office_for(letter, StaffRole.ENGAGEMENT_OFFICER), letter)
    signals.letter_delivered.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def receive(*, letter: Letter, by: Any) -> Letter:
    """Say for the Office that somebody there has opened it; who says so owns it, if nobody does."""
    letter = lock(letter.pk)
    LETTER.move(letter, "receive", by=by)
    letter.owner = letter.owner or by
    letter.save(update_fields=["state", "owner", "changed_at"])
    note_step(letter, by)
    record("letters.opened_at_the_office", letter, by=by)
    return letter


@transaction.atomic
def acknowledge(*, letter: Letter, by: Any) -> Letter:
    """Say for the Office that it has the letter, opened or not; who says so owns it from now on, if
    nobody does."""
    letter = lock(letter.pk)
    LETTER.move(letter, "acknowledge", by=by)
    note_acknowledged(letter, by)
    return letter


def note_acknowledged(letter: Letter, by: Any) -> None:
    """Note that the Office has read the letter, and tell; the caller holds the lock and saves no
    state of its own."""
    letter.owner = letter.owner or person(by)
    letter.acknowledged_at = timezone.now()
    letter.save(update_fields=["state", "owner", "acknowledged_at", "changed_at"])
    note_step(letter, by)
    record("letters.acknowledged", letter, by=by)
    request_receipt(letter, by=by)
    tell_those_who_ask(letter, "letters.acknowledged")
    signals.letter_acknowledged.send(Letter, letter=letter, by=by)


@transaction.atomic
def begin_review(*, letter: Letter, by: Any) -> Letter:
    """Say that the Office works on it; also on one that was closed without an answer."""
    letter = lock(letter.pk)
    LETTER.move(letter, "review", by=by)
    note_review(letter, by)
    return letter


def note_review(letter: Letter, by: Any) -> None:
    """Note that the Office works on the letter; the caller holds the lock."""
    letter.answered_at = None
    letter.save(update_fields=["state", "answered_at", "changed_at"])
    note_step(letter, by)
    record("letters.under_review", letter, by=by)


@transaction.atomic
def close_unanswered(*, letter: Letter, reason: str, by: Any) -> Letter:
    """Close a letter without an answer, for a reason that those who signed read.

    Every ask gets an answer: a letter with asks that wait for theirs is not closed so (NotReady).
    Nor is one that was replied to.
    """
    letter = lock(letter.pk)
    LETTER.move(letter, "close_unanswered", by=by)
    if not reason.strip():
        raise Refused(_("Say why: those who signed read it."))
    asks = Ask.objects.unguarded(WHY).of(letter).standing()
    if asks.exists():
        raise NotReady(
            _(
                "Asks are marked in this letter, and each of them gets an answer: answer them, one "
                "by one. “Not accepted” is an answer too."
            )
        )
    letter.save(update_fields=["state", "changed_at"])
    note_step(letter, by, reason=reason)
    record("letters.closed_unanswered", letter, by=by)
    tell_those_who_ask(
        letter, "letters.no_answer", dedupe=f"{letter.pk}:{letter.changed_at.isoformat()}"
    )
    return letter


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


def _must_be_sealed(letter: Letter) -> str:
    """Return the SHA-256 of the sealed copy of this very list; NotReady unless it is there."""
    sealed = current_document(main_copy(letter), SystemActor("letters"), letter)
    if sealed is None or not sealed.is_ready:
        raise NotReady(_("Make the sealed PDF first: it is what you hand over."))
    return sealed.file_hash
