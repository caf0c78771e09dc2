"""Who is reminded of a deadline: asked by the clock, and again at the moment of sending."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from foundation.confidentiality import vault
from letters import secrecy
from letters.models import Letter, NoReminder, Signatory, SignOnInvitation

WHY = "the clock asks who is to be reminded; nothing of it is shown"


def open_invitations(letter: Letter) -> Any:
    """Return the invitations to sign the letter that stand and were not declined."""
    return SignOnInvitation.objects.unguarded(WHY).of(letter).standing().not_declined()


def wanted_by(user_id: str, letter: Letter) -> Any | None:
    """Return the user if a reminder of the letter is still wanted: who takes mail, is invited, and
    did not answer in whatever mode; else None."""
    users: Any = get_user_model().objects
    user = users.filter(pk=user_id, is_active=True).first()
    if user is None or not user.wants_mail:
        return None
    if Signatory.objects.unguarded(WHY).of(letter).standing().signed_by_person(user).exists():
        return None
    own = open_invitations(letter).for_the_word_of(user).with_the_invited()
    return user if any(not has_answered(one) for one in own) else None


def has_answered(invitation: SignOnInvitation) -> bool:
    """Tell whether who is invited declined, signed in any mode, or took a signature back."""
    if invitation.declined_at is not None:
        return True
    letter_id, expert = invitation.letter_id, invitation.expert
    names = Signatory.objects.unguarded(WHY).filter(letter_id=letter_id)
    who: Any
    if invitation.address_key:
        who = invitation.address_key
        keys = {"address_key": who}
    elif expert is not None:
        who = expert.user_id
        keys = {"person_key": secrecy.person_key(letter_id, who), "organization_key": ""}
    else:
        who = invitation.organization_id
        keys = {"organization_key": secrecy.organization_key(letter_id, who)}
    if names.standing().filter(**keys).exists():
        return True
    if names.filter(invalidation__isnull=False, withdrawn_at=None, **keys).exists():
        return True  # set apart by the coordinators: an answer all the same
    taken_back = NoReminder.objects.unguarded(WHY).filter(key=quiet_key(letter_id, who))
    return bool(taken_back.exists())


def quiet_key(letter_id: Any, who: Any) -> str:
    """Return the blind key under which stands that somebody is reminded of the letter no more."""
    return vault.blind("letters.no_reminder", str(letter_id), str(who))
