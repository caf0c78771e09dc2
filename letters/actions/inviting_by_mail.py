"""Inviting people without an account by mail, and their saying no by the link of that mail."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.notifications.outbox import notify_pseudonym
from foundation.workflow import Refused, WrongState
from letters import secrecy
from letters.actions.by_mail import token_hash
from letters.actions.inviting import lock_invitation
from letters.actions.parts import lock, must_coordinate
from letters.models import Letter, SignOnInvitation
from letters.rules import accepts_signatures
from letters.text.addresses import canonical_address

MOST_ADDRESSES = 50  # of one form
MOST_OF_A_LETTER = 500  # the portal is no mailing machine
WHY = "the link or the address is the key to it"


@transaction.atomic
def invite_addresses(*, letter: Letter, addresses: Iterable[str], by: Any) -> int:
    """Invite mail addresses to an open letter whose door is open; return how many were new.

    An address that is invited, or said no before, is passed over; whether it has signed is not
    asked. Raises NotYours, WrongState (not open), Refused (door closed, too many).
    """
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if not accepts_signatures(letter):
        raise WrongState(_("The sign-on of this letter is not open."))
    if not letter.open_to_outsiders:
        raise Refused(_("Open the letter to people without an account first."))
    wanted = {secrecy.address_key(letter.pk, canonical_address(one)): one for one in addresses}
    rows = SignOnInvitation.objects.unguarded(WHY).of(letter).exclude(address_key="")
    if len(wanted) > MOST_ADDRESSES or rows.count() + len(wanted) > MOST_OF_A_LETTER:
        raise Refused(_("These are too many addresses."))
    known = rows.filter(address_key__in=wanted)
    asked = {one.address_key for one in known if one.taken_back_at is None or one.declined_at}
    new = {key: address for key, address in wanted.items() if key not in asked}
    for key, address in new.items():
        _invite(letter, key, address, by)
    return len(new)


def _invite(letter: Letter, key: str, address: str, by: Any) -> None:
    token = secrets.token_urlsafe(32)
    one = SignOnInvitation(
        letter=letter, address_key=key, token_hash=token_hash(token), invited_by=by
    )
    facts = {"address": address, "language": letter.language, "token": token}
    one.sealed = secrecy.seal(one, facts)
    one.save(force_insert=True)
    record("letters.invited", letter, by=by, invitation=one.pk)
    notify_pseudonym("letters.invited_by_mail", about=one, dedupe="1")


def invitation_of(token: str) -> SignOnInvitation | None:
    """Return the standing invitation that a link opens, None where there is none."""
    found = SignOnInvitation.objects.unguarded(WHY).standing().filter(sealed__isnull=False)
    one: SignOnInvitation | None = (
        found.filter(token_hash=token_hash(token)).select_related("letter__network").first()
    )
    return one


@transaction.atomic
def answer_by_link(*, invitation: SignOnInvitation, declines: bool) -> None:
    """Say no by the link of the mail, or take that back, while the letter is open. WrongState."""
    invitation = lock_invitation(invitation)
    if not accepts_signatures(invitation.letter):
        raise WrongState(_("The sign-on of this letter is not open."))
    if declines == (invitation.declined_at is not None):
        return
    invitation.declined_at = timezone.now() if declines else None
    invitation.save(update_fields=["declined_at"])
    action = "letters.invitation_declined" if declines else "letters.invitation_decline_undone"
    nobody = Pseudonym(invitation.pk)
    record(action, invitation.letter, by=nobody, invitation=invitation.pk)
