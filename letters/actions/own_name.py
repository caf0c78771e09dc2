"""The name of somebody without an account, opened by the link to the mailbox: to sign it, to see it,
to change who sees it, to take it back. A GET shows, only a POST signs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.notifications.outbox import notify_pseudonym
from foundation.workflow import NotYours, WrongState
from letters import secrecy, signals
from letters.actions.by_mail import WHY, lock_request, open_text
from letters.actions.parts import hold_open, lock, lock_name, take_off
from letters.actions.reminding import remind_no_more
from letters.actions.sign_on import AFTER_ENTERED
from letters.actions.withdrawing import take_back_late
from letters.enums import Kind, LetterState, Method
from letters.models import Letter, Signatory, SignOnRequest
from letters.models.signatories import day_of
from letters.text.declarations import DECLARATION_VERSION, declaration_for

BEFORE_DELIVERY = (LetterState.OPEN, LetterState.CLOSED)


class Corrected(WrongState):
    """The text is not the one that was shown: the new one is to be read and agreed to."""


def name_asked_for(request: SignOnRequest) -> Signatory:
    """Return the name as it would stand, not saved; for the page before signing."""
    facts = secrecy.unseal(request)
    parts = facts["parts"]
    is_body = parts["kind"] == Kind.ORGANIZATION
    return Signatory(
        letter=request.letter,
        method=Method.EMAIL,
        mode=facts["mode"],
        position=AFTER_ENTERED,
        declaration=declaration_for(parts if is_body else None, request.letter.language),
        declaration_version=DECLARATION_VERSION,
        **parts,
    )


def name_of(request: SignOnRequest) -> Signatory | None:
    """Return the name of this address under the letter that was not taken back, opened; None
    where there is none. It may stand under an earlier text."""
    names = Signatory.objects.unguarded(WHY).of(request.letter).select_related("letter")
    name: Signatory | None = names.filter(
        address_key=request.address_key, withdrawn_at=None
    ).first()
    if name is not None:
        name.open()
    return name


@transaction.atomic
def sign_by_link(*, request: SignOnRequest, text_id: int) -> Signatory:
    """Put the name under the text `text_id` that was shown, and return it; a second time it is the
    same name. A name under an earlier text gives way to the new one.

    Raises WrongState (closed, paused, past its deadline, door closed), Corrected.
    """
    if open_text(request.letter) != text_id:
        raise Corrected(_("The text was corrected. Please read it as it stands now, then sign."))
    request = lock_request(request.pk)
    if request.sealed is None or request.is_over or request.is_held:
        raise NotYours(_("This link is over. Please ask for a new one."))
    standing = name_of(request)
    if standing is None or standing.text_id != text_id:
        if standing is not None:
            take_off(lock_name(standing.pk), _("Signed the corrected text."), None)
        standing = _put(request, text_id)
    request.signatory = standing
    request.confirmed_at = request.confirmed_at or timezone.now()
    if standing.is_hidden:  # as in the row of the name: the hour would point at a person
        request.confirmed_at = day_of(request.confirmed_at)
        request.created_at = day_of(request.created_at)
    request.save(update_fields=["signatory", "confirmed_at", "created_at"])
    return standing


def _put(request: SignOnRequest, text_id: int) -> Signatory:
    """Write the name, its address sealed in every mode; where another link of this address was
    faster, return what it wrote."""
    facts, name = secrecy.unseal(request), name_asked_for(request)
    name.text_id, name.address_key = text_id, request.address_key
    _close(name, facts)
    try:
        with transaction.atomic():
            name.save(force_insert=True)
    except IntegrityError:
        faster = name_of(request)
        if faster is None:
            raise
        return faster
    secrecy.note_hidden_sign_on()
    record("letters.signed", request.letter, by=Pseudonym(uuid.uuid4()), signatory=name.pk,
           mode=name.mode)  # fmt: skip
    notify_pseudonym("letters.receipt_by_mail", about=request, dedupe=str(name.pk))
    signals.letter_signed.send(Letter, letter=request.letter, signatory=name)
    return name


def _close(name: Signatory, facts: Mapping[str, Any]) -> None:
    """Seal what is not to stand in clear: the address always, the parts where the name is hidden."""
    kept = {key: facts.get(key) for key in ("address", "language", "wants_news")}
    if name.is_hidden:
        name.hide(**kept)
    else:
        name.sealed = secrecy.seal(name, kept)


@transaction.atomic
def withdraw_by_link(*, request: SignOnRequest, reason: str) -> Signatory:
    """Take the name of this address back: the line goes, the row stays with reason and time; after
    delivery the letter stays as it was and its pages say so. Raises NotYours (there is none)."""
    request.letter.refresh_from_db(fields=["state"])
    if request.letter.is_at_the_office:
        letter = lock(request.letter_id)
        name = lock_name(_standing(request).pk)
        take_back_late(letter, name, reason, None)
        return name
    name = _own_name(request)
    remind_no_more(signatory=name)
    take_off(name, reason, None)
    _note(name, "letters.withdrawn")
    return name


@transaction.atomic
def change_mode_by_link(*, request: SignOnRequest, mode: str) -> Signatory:
    """Let the owner of the address choose anew who sees the name. Raises NotYours, WrongState.

    A new row takes its place and the old one is emptied; who saw the name before, has seen it.
    """
    name = _own_name(request)
    if name.mode == mode:
        return name
    key, was, facts = name.address_key, name.mode, name.open()
    changed = Signatory(
        mode=mode, address_key=key, letter=name.letter, text_id=name.text_id, method=name.method,
        position=name.position, declaration=name.declaration,
        declaration_version=name.declaration_version, **name.parts(),
    )  # fmt: skip
    take_off(name, "", None)
    name.forget()
    if name.is_hidden:
        name.kind = ""  # it had come out of the box
    name.save()
    _close(changed, facts)
    changed.save(force_insert=True)
    _note(changed, "letters.mode_changed", was=was, mode=mode)
    SignOnRequest.objects.unguarded(WHY).filter(signatory=name).update(signatory=changed)
    return changed


def _own_name(request: SignOnRequest) -> Signatory:
    state = hold_open(request.letter_id)
    name = _standing(request)
    if state not in BEFORE_DELIVERY:
        raise WrongState(_("The letter was delivered: who sees the name can no longer change."))
    return lock_name(name.pk)


def _standing(request: SignOnRequest) -> Signatory:
    name = name_of(request)
    if name is None:
        raise NotYours(_("There is no name of this address under the letter."))
    return name


def _note(name: Signatory, action: str, **facts: Any) -> None:
    secrecy.note_hidden_sign_on()
    record(action, name.letter, by=Pseudonym(uuid.uuid4()), signatory=name.pk, **facts)
