"""Two officers mark the same ask; the last two answers come at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError

from foundation.workflow import Refused
from letters.actions import answering, asks
from letters.actions.asks import AlreadyMarked
from letters.enums import LetterState as S
from letters.models import Ask, Letter
from recommendations import actions as recommendations
from recommendations.models import Recommendation
from tests.factories import make_approver, make_officer
from tests.letters.factories import make_ask, make_letter
from tests.races import together
from tests.recommendations.factories import make_word

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(pk: Any) -> Letter:
    """What an action would have without the lock."""
    return Letter.objects.unguarded("test").get(pk=pk)


def mark_at_once(letter: Letter, officers: list[Any]) -> list[str]:
    """Let each officer mark ask 3.b; returns how each of them fared, sorted."""

    def mark(number: int) -> str:
        try:
            make_ask(letter, number="3.b", by=officers[number])
            return "marked"
        except (AlreadyMarked, IntegrityError) as error:
            return type(error).__name__

    return sorted(together(mark, threads=len(officers)))


def words() -> None:
    """Make the words of the lists before threads ask for them."""
    from recommendations.models import ActionAsked, Addressee, Topic

    make_word(Addressee, "office", "The Office")
    make_word(ActionAsked, "engage", "Engage or consult")
    make_word(Topic, "country-visits", "Country visits")


def test_ask_marked_by_ten_at_once_is_marked_once_and_nine_are_told() -> None:
    words()
    letter, officers = make_letter(state=S.ACKNOWLEDGED), [make_officer() for _ in range(10)]
    assert mark_at_once(letter, officers) == ["AlreadyMarked"] * 9 + ["marked"]
    assert Ask.objects.unguarded("test").count() == 1
    assert Recommendation.objects.unguarded("test").count() == 1


def test_without_the_lock_somebody_would_meet_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: without the lock all see nothing marked, and the constraint fires."""
    words()
    letter, officers = make_letter(state=S.ACKNOWLEDGED), [make_officer() for _ in range(10)]
    gate, put = Barrier(10), asks.enter_from_letter

    def all_at_once(**kwargs: Any) -> Any:
        wait(gate)
        return put(**kwargs)

    monkeypatch.setattr(asks, "lock", unlocked)
    monkeypatch.setattr(asks, "begin_marking", lambda letter, by: None)
    monkeypatch.setattr(asks, "enter_from_letter", all_at_once)
    assert mark_at_once(letter, officers) == ["IntegrityError"] * 9 + ["marked"]


def wait(gate: Barrier) -> None:
    """Wait for the others, or for a while: where the lock is in, they cannot come."""
    with suppress(BrokenBarrierError):
        gate.wait(timeout=3)


def cleared(ask: Ask) -> Recommendation:
    """Lead the ask's recommendation to a cleared answer."""
    officer, approver = make_officer(), make_approver()
    item = Recommendation.objects.unguarded("test").get(pk=ask.recommendation_id)
    recommendations.assign(recommendation=item, owner=officer, answer_by=item.answer_by, by=officer)
    values = {"position": "accepted", "language": "en", "text": "We will."}
    recommendations.draft_answer(recommendation=item, values=values, version=0, by=officer)
    recommendations.propose_answer(recommendation=item, by=officer)
    return recommendations.clear_answer(recommendation=item, by=approver)


@contextmanager
def both_hear_before_either_ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the two answers meet where the letter asks whether it is answered."""
    gate, settle = Barrier(2), answering.settle

    def settle_together(letter: Letter, by: Any) -> bool:
        found = settle(letter, by)
        wait(gate)
        return found

    monkeypatch.setattr(answering, "settle", settle_together)
    yield


def answer_both_at_once(letter: Letter) -> str:
    """Publish the last two answers in two threads; returns the letter's state afterwards."""
    items = [cleared(make_ask(letter)) for _ in range(2)]
    officers = [make_officer() for _ in range(2)]

    def publish(number: int) -> None:
        recommendations.publish_answer(recommendation=items[number], by=officers[number])

    together(publish, threads=2)
    return Letter.objects.unguarded("test").get(pk=letter.pk).state


def test_letter_is_answered_when_its_last_two_answers_come_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED)
    with both_hear_before_either_ends(monkeypatch):
        assert answer_both_at_once(letter) == S.ANSWERED


def test_without_the_lock_neither_would_be_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: each sees the other's ask still open."""
    letter = make_letter(state=S.ACKNOWLEDGED)
    monkeypatch.setattr(answering, "lock", unlocked)
    with both_hear_before_either_ends(monkeypatch):
        assert answer_both_at_once(letter) == S.UNDER_REVIEW


def test_answer_published_twice_at_once_is_told_once() -> None:
    from foundation.notifications.models import Notice

    letter = make_letter(state=S.ACKNOWLEDGED)
    make_ask(letter)
    item, officers = cleared(make_ask(letter)), [make_officer() for _ in range(8)]

    def publish(number: int) -> str:
        try:
            recommendations.publish_answer(recommendation=item, by=officers[number])
            return "published"
        except Refused:
            return "refused"

    assert sorted(together(publish, threads=8)) == ["published"] + ["refused"] * 7
    assert Notice.objects.filter(kind="letters.ask_answered").count() == 1


def test_taking_back_while_the_answer_goes_out_ends_one_way() -> None:
    """Both lock the recommendation first, then the letter: no deadlock, and one of them wins."""
    letter = make_letter(state=S.ACKNOWLEDGED)
    made = [make_ask(letter) for _ in range(4)]
    items = [cleared(ask) for ask in made]
    officers = [make_officer() for _ in range(8)]

    def race(number: int) -> str:
        at = number // 2
        try:
            if number % 2:
                asks.undo_ask(ask=made[at], reason="x", by=officers[number])
            else:
                recommendations.publish_answer(recommendation=items[at], by=officers[number])
            return "done"
        except Refused:
            return "refused"

    assert sorted(together(race, threads=8)) == ["done"] * 4 + ["refused"] * 4
