"""What the Office has done with delivered letters: acknowledged, their asks marked and answered."""

from __future__ import annotations

from datetime import datetime

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.people import Staff
from demo.filling.recommendations import OUT, Asks
from demo.filling.words import Words
from letters.actions.answering import ITSELF
from letters.asks import Passage, passages
from letters.enums import LetterState
from letters.models import Ask, Letter

ANSWERED = ["submit", "assign", *OUT]
OPEN = (["submit"], ["submit", "assign"])


class Answering:
    """Leads delivered letters on; their asks are the numbered items of the text."""

    def __init__(self, draw: Draw, copier: Copier, log: Log, staff: Staff, asks: Asks) -> None:
        self._draw, self._copier, self._log, self._asks = draw, copier, log, asks
        self._staff = staff

    def work_on(self, letter: Letter, words: Words, subjects: list[int], at: datetime) -> None:
        """Take a letter that was delivered at `at` to its state; `subjects` says what it asks."""
        draw = self._draw
        acknowledged, marked = draw.moments(at, 2, longest=20)
        letter.owner = draw.one(self._staff.officers)
        letter.acknowledged_at = letter.changed_at = acknowledged
        self._log.record(acknowledged, "letters.acknowledged", letter, letter.owner)
        if letter.state == LetterState.ACKNOWLEDGED:
            return
        items = [one for one in passages(letter.body) if one.is_item]
        ends = [
            self._mark(letter, words, subject, number, items[number - 1], marked, len(subjects))
            for number, subject in enumerate(subjects, start=1)
        ]
        letter.changed_at = max(ends)
        if letter.state == LetterState.ANSWERED:
            letter.answered_at = letter.changed_at
            self._log.record(letter.answered_at, "letters.answered", letter, ITSELF)

    def _mark(
        self, letter: Letter, words: Words, subject: int, number: int, here: Passage,
        at: datetime, count: int,
    ) -> datetime:  # fmt: skip
        """Mark one ask and lead it on; the last one of a letter under review stays open."""
        draw, by = self._draw, letter.owner
        still_open = letter.state == LetterState.UNDER_REVIEW and (
            number == count or draw.happens(50)
        )
        steps = draw.one(OPEN) if still_open else ANSWERED
        moments = [at, *draw.moments(at, len(steps) - 1)]
        item = self._asks.from_letter(letter, words, subject, here.text, steps, moments)
        ask = Ask(
            id=draw.id(), letter=letter, recommendation=item, number=str(number), position=number,
            place=here.place, marked_by=by, marked_at=at,
        )  # fmt: skip
        self._copier.add(ask)
        facts = {"number": ask.number, "recommendation": item.pk}
        self._log.record(at, "letters.ask_marked", letter, by, **facts)
        return moments[-1]
