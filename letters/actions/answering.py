"""What the letter does when one of its asks is answered, or something became of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.audit.recording import record
from foundation.confidentiality import SystemActor
from letters import signals
from letters.actions.parts import lock, note_step
from letters.enums import LetterState
from letters.models import Ask, Letter, Reply
from letters.notifications import tell_those_who_ask
from letters.transitions import LETTER
from recommendations.enums import Side
from recommendations.models import Answer, ProgressReport, Recommendation

WHY = "an action looks at every ask of the letter that it holds"
ITSELF = SystemActor("letters")


@transaction.atomic
def hear_answer(*, recommendation: Recommendation, answer: Answer, by: Any) -> None:
    """Tell those who ask that one of the asks of their letter was answered, each answer once; with
    the last one the letter is answered, and they are told that instead."""
    ask = Ask.objects.unguarded(WHY).became(recommendation).standing().first()
    if ask is None:
        return
    letter = lock(ask.letter_id)
    if not settle(letter, by):
        tell_those_who_ask(letter, "letters.ask_answered", dedupe=str(answer.pk))


@transaction.atomic
def hear_progress(*, recommendation: Recommendation, report: ProgressReport, by: Any) -> None:
    """Tell those who ask that the Office reports on something that their letter asks."""
    ask = Ask.objects.unguarded(WHY).became(recommendation).standing().first()
    if ask is None or report.side != Side.OFFICE:
        return
    letter = Letter.objects.unguarded(WHY).get(pk=ask.letter_id)
    tell_those_who_ask(letter, "letters.ask_moved", dedupe=str(report.pk))


def settle(letter: Letter, by: Any) -> bool:
    """Call the letter answered if every ask that stands is, or where none is marked the Office has
    replied; True if that was so just now.

    The caller holds the letter's lock: of two last answers at the same time, the second one waits
    here and sees the first.
    """
    if letter.state != LetterState.UNDER_REVIEW:
        return False
    asks = list(Ask.objects.unguarded(WHY).of(letter).standing().with_recommendation())
    replied = Reply.objects.unguarded(WHY).of(letter).filed().exists()
    if not all(ask.is_settled for ask in asks) or not (asks or replied):
        return False
    LETTER.move(letter, "answer", by=ITSELF)
    letter.answered_at = timezone.now()
    letter.save(update_fields=["state", "answered_at", "changed_at"])
    note_step(letter, ITSELF)
    record("letters.answered", letter, by=ITSELF)
    if asks:  # else it was the reply that answers it, and they are told of that
        key = f"{letter.pk}:{letter.answered_at.isoformat()}"
        tell_those_who_ask(letter, "letters.answered", dedupe=key)
    signals.letter_answered.send(Letter, letter=letter, by=by)
    return True
