"""What several actions of this room do: lock, hold, refuse."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.confidentiality import person
from foundation.workflow import NotYours, Refused, WrongState
from letters import secrecy
from letters.models import DeliveryStep, DraftedText, Letter, Signatory, SignatoryBatch
from letters.rules import coordinates
from letters.text import undefined_notes


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
    """As `hold_open`; return the letter's state ("paused" while it is) and the id of the text in
    force, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN paused_at IS NULL THEN state ELSE 'paused' END, frozen_id"
            " FROM letters_letter WHERE id = %s FOR SHARE",
            [letter_id],
        )
        state, text_id = cursor.fetchone()
        return str(state), text_id


def must_coordinate(by: Any, letter: Letter) -> None:
    """Raise NotYours unless `by` coordinates the letter's network."""
    if not coordinates(by, letter):
        raise NotYours(_("Only a coordinator of the network may do this."))


def must_not_be_paused(letter: Letter) -> None:
    """Raise WrongState while a lead has paused the letter."""
    if letter.is_paused:
        raise WrongState(_("A lead has paused this letter. It takes no step until it is resumed."))


def must_be_complete(letter: Letter, draft: DraftedText, *, notes: bool) -> None:
    """Raise NotReady with the first thing that is missing in the `draft` of a text of `letter`;
    without `notes`, lost notes pass."""
    if not (draft.addressee and draft.subject and draft.body):
        raise NotReady(_("A letter needs an addressee, a subject and a text before it is fixed."))
    missing = undefined_notes(draft.body, draft.notes)
    if missing and notes:
        numbers = ", ".join(str(number) for number in missing)
        raise NotReady(
            _("The text calls note %(numbers)s, which has no text. Write it, or take the call out.")
            % {"numbers": numbers}
        )
    batches = SignatoryBatch.objects.unguarded("is a batch still open?").filter(letter=letter)
    if batches.in_review().exists():
        raise NotReady(_("Pasted names still wait for your review. Add them or take them back."))


def take_off(signatory: Signatory, reason: str, by: Any) -> None:
    """Take a name off its letter; the row stays with time and reason, sealed where it is hidden."""
    signatory.withdrawn_at = timezone.now()
    # Without keys, whoever signs anew in another mode is not found out by the row that went.
    signatory.person_key = signatory.organization_key = signatory.address_key = ""
    fields = ["withdrawn_at", "person_key", "organization_key", "address_key"]
    if signatory.is_hidden:
        facts = secrecy.unseal(signatory)
        signatory.sealed = secrecy.seal(signatory, {**facts, "withdrawal_reason": reason})
        fields.append("sealed")
    else:
        signatory.withdrawn_by, signatory.withdrawal_reason = by, reason
        fields += ["withdrawn_by", "withdrawal_reason"]
    signatory.save(update_fields=fields)


def lock_name(pk: uuid.UUID) -> Signatory:
    """Return a name with its letter, locked until the transaction ends."""
    return (
        Signatory.objects.unguarded("an action locks what its caller has seen")
        .select_related("letter")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )


def bind_entered_names(letter: Letter) -> None:
    """Put the names that were entered before there was a text under the one that was just fixed."""
    names = Signatory.objects.unguarded("they stand under no other text").of(letter)
    names.filter(text__isnull=True).update(text_id=letter.frozen_id)


def note_step(letter: Letter, by: Any, *, reason: str = "", file_hash: str = "") -> DeliveryStep:
    """Write down that the letter has reached its present state, who brought it there and when; the
    caller holds its lock and has saved the state."""
    return DeliveryStep.objects.create(
        letter=letter, state=letter.state, by=person(by), reason=reason, file_hash=file_hash
    )
