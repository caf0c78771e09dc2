"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.waiting import Waiting, end_of_day
from letters.enums import LetterState
from letters.models import Letter, Signatory, SignatoryBatch
from organizations.rules import is_vetted_participant


def letters_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should sign, review, close, deliver, acknowledge or mark."""
    if user.is_office:
        yield from _at_the_desk(user)
    yield from _to_coordinate(user)
    if is_vetted_participant(user):
        yield from _to_sign(user)


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    waits = Q(state=LetterState.DELIVERED) | Q(state=LetterState.ACKNOWLEDGED, owner_id=user.pk)
    letters = Letter.objects.visible_to(user).for_the_desk(user).filter(waits)
    sentences = {
        LetterState.DELIVERED: _("Acknowledge the letter “%(subject)s”"),
        LetterState.ACKNOWLEDGED: _("Mark what “%(subject)s” asks"),
    }
    for letter in letters.longest_waiting_first()[:10]:
        waiting = letter.state == LetterState.DELIVERED
        yield Waiting(
            sentences[LetterState(letter.state)] % {"subject": letter.subject},
            reverse("letters:item", args=[letter.pk]),
            letter.state_label,
            end_of_day(letter.acknowledge_by) if waiting else None,
        )


def _to_sign(user: Any) -> Iterator[Waiting]:
    signed = Signatory.objects.visible_to(user).standing().signed_by_person(user)
    letters = Letter.objects.visible_to(user).open_for_sign_on()
    for letter in letters.exclude(pk__in=signed.values("letter_id")).newest_first()[:10]:
        if not letter.is_past_deadline:
            yield Waiting(
                _("Sign or leave it: “%(subject)s”") % {"subject": letter.subject},
                letter.get_absolute_url(),
                letter.state_label,
                letter.deadline,
            )


def _to_coordinate(user: Any) -> Iterator[Waiting]:
    letters = Letter.objects.visible_to(user).coordinated_by(user)
    batches = SignatoryBatch.objects.visible_to(user).in_review()
    reviewing = set(batches.values_list("letter_id", flat=True))
    active = letters.in_state(LetterState.DRAFT, LetterState.OPEN, LetterState.CLOSED)
    for letter in active.newest_first()[:20]:
        sentence = _next_step(letter, letter.pk in reviewing)
        if sentence:
            yield Waiting(
                sentence % {"subject": letter.subject},
                letter.get_absolute_url(),
                letter.state_label,
                letter.deadline,
            )


def _next_step(letter: Letter, reviewing: bool) -> str:
    """Return the sentence for the coordinator, or nothing where the letter waits for others."""
    if reviewing:
        return _("Review the names for “%(subject)s”")
    if letter.state == LetterState.DRAFT:
        return _("Finish the draft “%(subject)s”")
    if letter.state == LetterState.CLOSED:
        return _("Export and deliver “%(subject)s”")
    return (
        _("Close the sign-on of “%(subject)s”: its time is over") if letter.is_past_deadline else ""
    )
