"""Signing a letter, and taking one's name back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym, person
from foundation.confidentiality.prepared import Prepared, insert, one_exchange
from foundation.notifications.outbox import notify, notify_pseudonym
from foundation.workflow import NotYours, Refused, WrongState
from letters import secrecy, signals
from letters.actions.parts import hold_open, lock_name, take_off
from letters.actions.reminding import remind_no_more
from letters.enums import Method
from letters.models import (
    Letter,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)
from letters.notifications.hidden import hidden_kind
from letters.rules import PRINTED, may_withdraw
from letters.text.declarations import DECLARATION_VERSION, declaration_for
from organizations.models import Expert, Organization
from organizations.querysets.parts import today

# Names that were signed here follow those that were entered, in the order of signing.
AFTER_ENTERED = 1_000_000
# How an expert's line is printed, beyond name, title and country.
STYLE = ("other_script", "capacity", "organization_name", "affiliation_only")

ASKED_OF_A_LETTER = ("state", "paused_at", "deadline", "language", "frozen")

# Asked at each signature; vetting ends by the day, so the question is put anew each day.
MANDATED = Prepared(
    lambda pk, user_id: Organization.objects.mandated_to(user_id).only(*PRINTED).filter(pk=pk),
    count=2,
    valid_for=today,
)

# The letter, while it is open, kept from changing until the transaction ends. A shared lock: a
# thousand people sign at the same time without waiting for each other, while closing the letter
# waits for all of them, and they for it.
HELD = Prepared(
    lambda pk: Letter.objects.shown_to_participants().only(*ASKED_OF_A_LETTER).filter(pk=pk),
    count=1,
    lock="FOR SHARE",
)


class AlreadySigned(Refused):
    """This organization or person stands under the letter already."""


@transaction.atomic(savepoint=False)
def sign(
    *,
    letter: Letter,
    mode: str,
    by: Any,
    organization_id: uuid.UUID | None = None,
    style: Mapping[str, Any] = MappingProxyType({}),
) -> Signatory:
    """Put a name under the frozen text of `letter`: the organization's, or without one the expert's own.

    `mode`: a `Mode`, who learns of it. `style`: how it is printed, of STYLE. `by` must hold the
    mandate of the vetted organization, or be a vetted expert.
    Raises NotYours, WrongState (closed meanwhile), AlreadySigned; after any of them the
    transaction it was called in can only be rolled back (no savepoint: signing is the busiest act).
    """
    held = HELD.first(letter.pk)
    if held is None or held.is_paused or held.is_past_deadline:
        raise WrongState(_("The sign-on of this letter has ended."))
    letter = held
    signatory = name_to_sign(letter, mode, organization_id, style, by)
    signatory.text_id = letter.frozen_id
    signatory.claim()
    if signatory.is_hidden:
        signatory.hide()
    try:
        with one_exchange():  # all that is written, at once: signing is the busiest act
            insert(signatory)
            _note(signatory, letter, by)
    except IntegrityError as error:  # raised on: the caller's transaction ends with it
        raise AlreadySigned(_("This name stands under the letter already.")) from error
    signals.letter_signed.send(Letter, letter=letter, signatory=signatory)
    return signatory


def name_to_sign(
    letter: Letter,
    mode: str,
    organization_id: uuid.UUID | None,
    style: Mapping[str, Any],
    by: Any,
) -> Signatory:
    """Return the name as it would stand, not saved: to sign it, or to show it before. NotYours."""
    organization, parts = _sign_as(organization_id, by)
    if organization is None:
        parts |= {name: style[name] for name in STYLE if name in style}
    elif style.get("other_script"):
        parts["other_script"] = style["other_script"]
    return Signatory(
        letter=letter,
        method=Method.SIGNED,
        mode=mode,
        position=AFTER_ENTERED,
        organization=organization,
        signed_by=by,
        declaration=declaration_for(organization, letter.language),
        declaration_version=DECLARATION_VERSION,
        **parts,
    )


def _note(signatory: Signatory, letter: Letter, by: Any) -> None:
    """Put the act on record and send the receipt; where the name is hidden, neither says whose."""
    if not signatory.is_hidden:
        record("letters.signed", letter, by=by, signatory=signatory.pk, mode=signatory.mode)
        notify("letters.receipt", to=by, about=letter, dedupe=f"letters.receipt:{signatory.pk}")
        return
    secrecy.note_hidden_sign_on()
    unnamed = Pseudonym(uuid.uuid4())
    record("letters.signed", letter, by=unnamed, signatory=signatory.pk, mode=signatory.mode)
    notify_pseudonym(hidden_kind("letters.receipt"), about=signatory, dedupe=str(signatory.pk))


@transaction.atomic
def withdraw(*, signatory: Signatory, reason: str, by: Any) -> Signatory:
    """Take one's name back before delivery: the line goes, the row stays with reason and time."""
    hold_open(signatory.letter_id)
    signatory = lock_name(signatory.pk)
    if not may_withdraw(by, signatory):
        raise NotYours(_("This name can no longer be taken back here. Write to the coordinators."))
    remind_no_more(signatory=signatory)
    take_off(signatory, reason, by)
    actor = Pseudonym(uuid.uuid4()) if signatory.is_hidden else by
    secrecy.note_hidden_sign_on()
    record("letters.withdrawn", signatory.letter, by=actor, signatory=signatory.pk)
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
