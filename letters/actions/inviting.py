"""Inviting organizations and experts to sign, and their saying no."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.parts import lock, must_coordinate
from letters.models import Letter, SignOnInvitation
from letters.rules import accepts_signatures, may_answer
from organizations.models import Expert, Organization
from organizations.rules import owners_of

MOST_AT_ONCE = 500  # of one form; a network is smaller, a form that was made by hand is not
WHY = "the rules of inviting are about all invitations of the letter"


@transaction.atomic
def invite_to_sign(
    *,
    letter: Letter,
    by: Any,
    organizations: Iterable[uuid.UUID] = (),
    experts: Iterable[uuid.UUID] = (),
) -> int:
    """Invite vetted organizations and experts that `by` may see; return how many were new.

    Who is invited already, is not vetted or is not visible to `by` is passed over without a word.
    Their representatives are told once. Raises NotYours, WrongState (not open), Refused (too many).
    """
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    _must_be_open(letter)
    wanted = {"organization": set(organizations), "expert": set(experts)}
    if sum(map(len, wanted.values())) > MOST_AT_ONCE:
        raise Refused(_("These are too many at once. Invite them in several steps."))
    found: list[Any] = []
    for column, model in (("organization", Organization), ("expert", Expert)):
        standing = SignOnInvitation.objects.unguarded(WHY).of(letter).standing()
        invited = standing.exclude(**{column: None}).values(f"{column}_id")
        visible = model.objects.visible_to(by).vetted().filter(pk__in=wanted[column])
        found += visible.exclude(pk__in=invited).order_by("pk")
    for one in found:
        _invite(letter, one, by)
    return len(found)


def _invite(letter: Letter, one: Any, by: Any) -> None:
    invitation = SignOnInvitation.objects.create(letter=letter, invited_by=by, **{one.column: one})
    record("letters.invited", letter, by=by, invitation=invitation.pk)
    for user in owners_of(one):
        if user.is_active:
            notify("letters.invited", to=user, about=letter, dedupe=str(invitation.pk))


@transaction.atomic
def take_invitation_back(*, invitation: SignOnInvitation, by: Any) -> None:
    """End an invitation: no reminder follows. Nothing is said to the invited; their right to sign
    an open letter does not hang on it. Raises NotYours, WrongState (taken back already)."""
    letter = lock(invitation.letter_id)
    must_coordinate(by, letter)
    invitation = lock_invitation(invitation)
    invitation.taken_back_at = timezone.now()
    invitation.save(update_fields=["taken_back_at"])
    record("letters.invitation_taken_back", letter, by=by, invitation=invitation.pk)


@transaction.atomic
def decline(*, invitation: SignOnInvitation, reason: str, by: Any) -> None:
    """Say for the invited organization, or as the invited expert, that one does not sign.

    The coordinators see it, with the reason if there is one. Raises NotYours, WrongState.
    """
    invitation = lock_invitation(invitation)
    _must_be_theirs(invitation, by)
    if invitation.declined_at is not None:
        raise WrongState(_("This invitation was declined already."))
    invitation.declined_at, invitation.declined_by = timezone.now(), by
    invitation.decline_reason = reason
    invitation.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    record("letters.invitation_declined", invitation.letter, by=by, invitation=invitation.pk)


@transaction.atomic
def undo_decline(*, invitation: SignOnInvitation, by: Any) -> None:
    """Take a no back while the letter is open. Raises NotYours, WrongState."""
    invitation = lock_invitation(invitation)
    _must_be_theirs(invitation, by)
    if invitation.declined_at is None:
        return
    invitation.declined_at, invitation.declined_by, invitation.decline_reason = None, None, ""
    invitation.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    record("letters.invitation_decline_undone", invitation.letter, by=by, invitation=invitation.pk)


def lock_invitation(invitation: SignOnInvitation) -> SignOnInvitation:
    """Return the invitation, locked; WrongState where it was taken back."""
    locked: SignOnInvitation = (
        SignOnInvitation.objects.unguarded("locked for an action")
        .select_related("letter", "organization", "expert")
        .select_for_update(of=("self",))
        .get(pk=invitation.pk)
    )
    if locked.taken_back_at is not None:
        raise WrongState(_("This invitation was taken back."))
    return locked


def _must_be_theirs(invitation: SignOnInvitation, by: Any) -> None:
    if not may_answer(by, invitation):
        raise NotYours(_("Only a representative of who is invited answers an invitation."))
    _must_be_open(invitation.letter)


def _must_be_open(letter: Letter) -> None:
    if not accepts_signatures(letter):
        raise WrongState(_("The sign-on of this letter is not open."))
