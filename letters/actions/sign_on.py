"""Signing a letter, and taking one's name back."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import person
from foundation.confidentiality.prepared import Prepared
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused, WrongState
from letters import signals
from letters.actions.parts import hold_for_signing, hold_open
from letters.enums import LetterState, Method
from letters.models import (
    Letter,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)
from letters.rules import PRINTED, may_withdraw
from letters.text.declarations import DECLARATION_VERSION, declaration_for
from organizations.models import Expert, Organization
from organizations.querysets.parts import today

# Names that were signed here follow those that were entered, in the order of signing.
AFTER_ENTERED = 1_000_000

# Asked at each signature; vetting ends by the day, so the question is put anew each day.
MANDATED = Prepared(
    lambda pk, user_id: Organization.objects.mandated_to(user_id).only(*PRINTED).filter(pk=pk),
    count=2,
    valid_for=today,
)

OPEN_LETTER = Prepared(
    lambda pk: (
        Letter.objects.shown_to_participants().only("state", "deadline", "language").filter(pk=pk)
    ),
    count=1,
)


class AlreadySigned(Refused):
    """This organization or person stands under the letter already."""


@transaction.atomic(savepoint=False)
def sign(
    *,
    letter: Letter,
    level: int,
    by: Any,
    organization_id: uuid.UUID | None = None,
) -> Signatory:
    """Put a name under the frozen text of `letter`: the organization's, or without one the expert's own.

    `by` must hold the mandate of the vetted organization, or be a vetted expert.
    Raises NotYours, WrongState (closed meanwhile), AlreadySigned; after any of them the
    transaction it was called in can only be rolled back (no savepoint: signing is the busiest act).
    """
    state, text_id = hold_for_signing(letter.pk)
    if state != LetterState.OPEN or letter.is_past_deadline:
        raise WrongState(_("The sign-on of this letter has ended."))
    organization, parts = _sign_as(organization_id, by)
    signatory = Signatory(
        letter=letter,
        text_id=text_id,
        method=Method.SIGNED,
        level=level,
        position=AFTER_ENTERED,
        organization=organization,
        signed_by=by,
        declaration=declaration_for(organization, letter.language),
        declaration_version=DECLARATION_VERSION,
        **parts,
    )
    try:
        signatory.save(force_insert=True)
    except IntegrityError as error:  # raised on: the caller's transaction ends with it
        raise AlreadySigned(_("This name stands under the letter already.")) from error
    record("letters.signed", letter, by=by, signatory=signatory.pk, level=level)
    notify("letters.receipt", to=by, about=letter, dedupe=f"letters.receipt:{signatory.pk}")
    signals.letter_signed.send(Letter, letter=letter, signatory=signatory, by=by)
    return signatory


@transaction.atomic
def withdraw(*, signatory: Signatory, reason: str, by: Any) -> Signatory:
    """Take one's name back before delivery: the line goes, the row stays with reason and time."""
    hold_open(signatory.letter_id)
    signatory = (
        Signatory.objects.unguarded("locked for the person who signed it")
        .select_related("letter")
        .select_for_update(of=("self",))
        .get(pk=signatory.pk)
    )
    if not may_withdraw(by, signatory):
        raise NotYours(_("This name can no longer be taken back here. Write to the coordinators."))
    signatory.withdrawn_at, signatory.withdrawn_by = timezone.now(), by
    signatory.withdrawal_reason = reason
    signatory.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    record("letters.withdrawn", signatory.letter, by=by, signatory=signatory.pk)
    return signatory


def _sign_as(
    organization_id: uuid.UUID | None, by: Any
) -> tuple[Organization | None, dict[str, Any]]:
    """Return the organization and the parts of the line, or None and those of the expert.

    NotYours without the mandate or the vetting.
    """
    if organization_id is None:
        expert = next(iter(Expert.objects.signable_by(by)), None)
        if expert is None:
            raise NotYours(_("Only vetted experts sign in their own name."))
        return None, parts_of_expert(expert)
    organization = MANDATED.first(organization_id, by.pk) if person(by) else None
    if organization is None:
        raise NotYours(_("You do not hold the mandate to sign for this organization."))
    return organization, parts_of_organization(organization)
