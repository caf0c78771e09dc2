"""Signing a letter, and taking one's name back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused, WrongState
from letters import signals
from letters.actions.locking import hold_open
from letters.enums import LetterState, Method
from letters.models import (
    FrozenText,
    Letter,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)
from letters.rules import may_withdraw
from letters.text.declarations import DECLARATION_VERSION, declaration_for
from organizations.models import Expert, Membership, Organization

# Names that were signed here follow those that were entered, in the order of signing.
AFTER_ENTERED = 1_000_000


class AlreadySigned(Refused):
    """This organization or person stands under the letter already."""


@transaction.atomic
def sign_letter(
    *,
    letter: Letter,
    text: FrozenText,
    level: int,
    by: Any,
    organization: Organization | None = None,
) -> Signatory:
    """Put a name under the frozen `text`: the organization's, or the expert's own.

    `by` must hold the mandate of the vetted `organization`, or be a vetted expert without one.
    Raises NotYours, WrongState (closed meanwhile), AlreadySigned.
    """
    if hold_open(letter.pk) != LetterState.OPEN or letter.is_past_deadline:
        raise WrongState(_("The sign-on of this letter has ended."))
    if text.letter_id != letter.pk:
        raise WrongState(_("This is not the text of the letter."))
    signatory = Signatory(
        letter=letter,
        text=text,
        method=Method.SIGNED,
        level=level,
        position=AFTER_ENTERED,
        organization=organization,
        signed_by=by,
        declaration=declaration_for(organization, letter.language),
        declaration_version=DECLARATION_VERSION,
        **_name_of(organization, by),
    )
    try:
        signatory.save(force_insert=True)
    except IntegrityError as error:  # raised on, so that this function's own savepoint suffices
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


def _name_of(organization: Organization | None, by: Any) -> dict[str, Any]:
    """Return the parts of the line for the organization, or for the expert; NotYours without the
    mandate or the vetting."""
    if organization is None:
        own = Expert.objects.unguarded("the person's own entry").signable_by(by).first()
        if own is None:
            raise NotYours(_("Only vetted experts sign in their own name."))
        return parts_of_expert(own)
    mandates = Membership.objects.unguarded("the person's own mandate").may_sign_for(by)
    if not mandates.filter(organization=organization).exists():
        raise NotYours(_("You do not hold the mandate to sign for this organization."))
    return parts_of_organization(organization)
