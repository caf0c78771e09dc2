"""The asks of a letter: marked in its text, taken back, acknowledged where they are offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import SystemActor
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.answering import settle
from letters.actions.delivering import note_acknowledged, note_review
from letters.actions.parts import lock
from letters.asks import passage, stands_in
from letters.asks.table import NUMBER
from letters.enums import AT_THE_OFFICE, TO_ACKNOWLEDGE, LetterState
from letters.models import Ask, Letter
from letters.rules import roles_of
from letters.transitions import LETTER
from recommendations.actions import enter_from_letter
from recommendations.actions import withdraw as withdraw_recommendation
from recommendations.models import Recommendation

WHY = "an action looks at every ask of the letter that it holds"


class AlreadyMarked(Refused):
    """An ask with this number stands already: somebody was faster."""


@transaction.atomic
def mark_ask(
    *,
    letter: Letter,
    number: str,
    place: str,
    quote: str,
    values: Mapping[str, Any],
    by: Any,
    owner: Any = None,
) -> Ask:
    """Make one ask of a delivered letter a recommendation, traced to its paragraph.

    `place` and `quote` say where it stands ("" where that is not known; "" for the whole
    paragraph). `values`: as `enter_from_letter`. Who marks an ask has read the letter: it is
    acknowledged by that, if it was not yet. Raises NotYours, WrongState, AlreadyMarked, and
    Refused for a number or a quote that cannot be.
    """
    letter = lock(letter.pk)
    begin_marking(letter, by)
    return put_ask(letter, number, place, quote, values=values, by=by, owner=owner)


def begin_marking(letter: Letter, by: Any) -> None:
    """Take the letter under review; the caller holds its lock."""
    before = letter.state
    LETTER.move(letter, "mark", by=by)
    if before in TO_ACKNOWLEDGE:
        letter.state = LetterState.ACKNOWLEDGED
        note_acknowledged(letter, by)
        letter.state = LetterState.UNDER_REVIEW
    if before != LetterState.UNDER_REVIEW:
        note_review(letter, by)


def put_ask(
    letter: Letter,
    number: str,
    place: str,
    quote: str,
    *,
    values: Mapping[str, Any],
    by: Any,
    owner: Any = None,
) -> Ask:
    """Make the recommendation and the ask; the letter is locked and under review."""
    asks = Ask.objects.unguarded(WHY).of(letter)
    _must_be_free(asks, number)
    _must_stand_there(letter, place, quote)
    item = enter_from_letter(
        level=letter.level,
        sender_as_stated=sender_of(letter),
        received_on=(letter.delivered_at or timezone.now()).date(),
        values={**values, "language": letter.language[:2]},
        by=by,
        owner=owner,
    )
    ask = Ask.objects.create(
        letter=letter,
        recommendation=item,
        number=number,
        position=(asks.aggregate(Max("position"))["position__max"] or 0) + 1,
        place=place,
        quote=quote,
        marked_by=None if isinstance(by, SystemActor) else by,
    )
    record("letters.ask_marked", letter, by=by, number=number, recommendation=item.pk)
    return ask


def _must_be_free(asks: Any, number: str) -> None:
    """Raise Refused for what is no number, AlreadyMarked for one that an ask bears."""
    if not NUMBER.fullmatch(number):
        raise Refused(_("A number has letters, digits, points and hyphens: 3.b"))
    if asks.standing().filter(number=number).exists():
        raise AlreadyMarked(
            _("%(number)s is marked already. Look at it before you mark another one.")
            % {"number": number}
        )


def sender_of(letter: Letter) -> str:
    """Return who asks, as the recommendation says it: the letter and its network."""
    return f"{letter.reference}, {letter.network.printed_name()}"[:250]


def _must_stand_there(letter: Letter, place: str, quote: str) -> None:
    if not place:
        return
    found = passage(letter.text().body, place)
    if found is None:
        raise Refused(_("The letter has no such paragraph."))
    if quote and not stands_in(quote, found.text):
        raise Refused(_("These words do not stand in that paragraph."))


@transaction.atomic
def undo_ask(*, ask: Ask, reason: str, by: Any) -> Ask:
    """Take back an ask that was marked by mistake, with its recommendation; both rows stay.

    Possible until an answer went out, or an offer was acknowledged. Raises NotYours, WrongState.
    """
    if "officer" not in roles_of(by, ask.letter):
        raise NotYours(_("You may not do this."))
    # The recommendation first, then the letter: in the order in which an answer locks them.
    item = (
        Recommendation.objects.unguarded(WHY)
        .select_for_update(no_key=True, of=("self",))
        .get(pk=ask.recommendation_id)
    )
    if item.published_at is not None or ask.acknowledged_at is not None:
        raise WrongState(_("It was answered: what was said stays where it was said."))
    withdraw_recommendation(recommendation=item, by=by)
    ask = Ask.objects.unguarded(WHY).get(pk=ask.pk)
    ask.withdrawal_reason = reason
    ask.save(update_fields=["withdrawal_reason"])
    return ask


@transaction.atomic
def drop_ask(*, recommendation: Recommendation, by: Any) -> None:
    """Take the ask back whose recommendation was withdrawn; nothing where it is none."""
    ask = Ask.objects.unguarded(WHY).became(recommendation).standing().first()
    if ask is None:
        return
    letter = lock(ask.letter_id)
    ask.withdrawn_at = timezone.now()
    ask.withdrawn_by = None if isinstance(by, SystemActor) else by
    ask.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("letters.ask_withdrawn", letter, by=by, number=ask.number)
    settle(letter, by)


@transaction.atomic
def acknowledge_offer(*, ask: Ask, by: Any) -> Ask:
    """Say that the Office knows of an offer; an offer needs no answer. NotYours, WrongState."""
    letter = lock(ask.letter_id)
    if "officer" not in roles_of(by, letter):
        raise NotYours(_("You may not do this."))
    ask = Ask.objects.unguarded(WHY).with_recommendation().get(pk=ask.pk)
    if letter.state not in AT_THE_OFFICE or ask.withdrawn_at or not ask.is_offer:
        raise WrongState(_("Only an offer that stands is acknowledged; an ask is answered."))
    if ask.acknowledged_at is not None:
        raise WrongState(_("This offer was acknowledged already."))
    ask.acknowledged_at, ask.acknowledged_by = timezone.now(), by
    ask.save(update_fields=["acknowledged_at", "acknowledged_by"])
    record("letters.offer_acknowledged", letter, by=by, number=ask.number)
    settle(letter, by)
    return ask
