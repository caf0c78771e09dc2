"""Asks of a letter: marked, taken back, acknowledged, answered; who is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.confidentiality import Level
from foundation.notifications.models import Notice, Outbox
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.enums import LetterState as S
from letters.enums import Method, Mode
from letters.models import Ask, Letter
from letters.notifications.hidden import hidden_kind
from recommendations import actions as recommendations
from recommendations.models import Recommendation
from tests.factories import (
    make_approver,
    make_officer,
    make_user,
)
from tests.letters.factories import (
    answer_ask,
    make_ask,
    make_letter,
    make_name,
    make_offer,
    make_signer,
)

pytestmark = pytest.mark.django_db
TEST = "test"


def now(letter: Letter) -> Letter:
    """Return the letter as it stands in the database."""
    return Letter.objects.unguarded(TEST).get(pk=letter.pk)


def item_of(ask: Ask) -> Recommendation:
    return Recommendation.objects.unguarded(TEST).get(pk=ask.recommendation_id)


def take_back(name: Any) -> None:
    """Take a name off its letter."""
    name.withdrawn_at = timezone.now()
    name.save()


def told(kind: str) -> set[Any]:
    """Return whom the portal told, each of them once."""
    ids = list(Notice.objects.filter(kind=kind).values_list("recipient_id", flat=True))
    assert len(ids) == len(set(ids)), "somebody was told twice"
    return set(ids)


@pytest.fixture
def letter() -> Letter:
    """A letter that the Office has acknowledged, public, with a coordinator."""
    return make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC)


# Marking --------------------------------------------------------------------------------------
def test_marked_ask_is_a_recommendation_with_the_office(letter: Letter) -> None:
    officer = make_officer()
    ask = make_ask(
        letter, by=officer, number="3.b", place="3.b", quote="what became of what they said"
    )
    item = item_of(ask)
    assert (item.state, item.source, item.level) == ("submitted", "letter", Level.PUBLIC)
    assert item.title == item.text == "Meet independent organizations on every visit."
    assert item.created_by == officer
    assert letter.reference in item.sender_as_stated
    assert letter.network.name in item.sender_as_stated
    assert item.answer_by is not None
    assert (ask.marked_by, ask.place, ask.quote) == (
        officer,
        "3.b",
        "what became of what they said",
    )
    assert now(letter).state == S.UNDER_REVIEW


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_level_of_the_recommendation_is_that_of_the_letter(level: int) -> None:
    assert item_of(make_ask(make_letter(state=S.DELIVERED, level=level))).level == level


def test_language_of_the_recommendation_is_that_of_the_letter() -> None:
    letter = make_letter(state=S.DELIVERED, language="zh-hans")
    assert item_of(make_ask(letter)).language == "zh"


def test_ask_with_an_owner_is_assigned_at_once(letter: Letter) -> None:
    owner = make_officer()
    item = item_of(make_ask(letter, owner=owner))
    assert (item.state, item.owner) == ("assigned", owner)
    assert told("recommendations.assigned") == {owner.pk}


def test_long_ask_keeps_every_word_under_a_short_title(letter: Letter) -> None:
    text = " ".join(["Meet them, and say afterwards what became of it;"] * 9)
    item = item_of(make_ask(letter, text=text))
    assert item.text == text
    assert len(item.title) <= 200
    assert item.title.endswith("…")


def test_who_marks_before_acknowledging_acknowledges_and_owns() -> None:
    letter, officer = make_letter(state=S.DELIVERED), make_officer()
    make_ask(letter, by=officer)
    assert (now(letter).state, now(letter).owner) == (S.UNDER_REVIEW, officer)
    assert now(letter).acknowledged_at is not None
    assert told("letters.acknowledged") == {letter.created_by_id}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"number": "3.b"}, "is marked already"),
        ({"number": "a b"}, "A number has"),
        ({"number": ""}, "A number has"),
        ({"number": "x" * 13}, "A number has"),
        ({"place": "99"}, "no such paragraph"),
        ({"place": "3.z"}, "no such paragraph"),
        ({"quote": "words of another letter"}, "do not stand"),
        ({"text": "  "}, "in a sentence"),
    ],
)
def test_ask_that_cannot_be_is_refused(letter: Letter, where: dict, words: str) -> None:
    make_ask(letter, number="3.b")
    with pytest.raises(Refused, match=words):
        make_ask(letter, **where)
    assert (
        Ask.objects.unguarded(TEST).count() == Recommendation.objects.unguarded(TEST).count() == 1
    )


def test_same_number_in_another_letter_is_another_ask(letter: Letter) -> None:
    make_ask(letter, number="1")
    make_ask(make_letter(state=S.DELIVERED), number="1")
    assert Ask.objects.unguarded(TEST).count() == 2


def test_ask_found_later_opens_an_answered_letter_again(letter: Letter) -> None:
    answer_ask(make_ask(letter))
    assert now(letter).state == S.ANSWERED
    make_ask(letter)
    assert (now(letter).state, now(letter).answered_at) == (S.UNDER_REVIEW, None)


# Taking back ----------------------------------------------------------------------------------
def test_ask_marked_by_mistake_is_taken_back_and_both_rows_stay(letter: Letter) -> None:
    ask, officer = make_ask(letter, number="7"), make_officer()
    actions.undo_ask(ask=ask, reason="It is a strength, no ask.", by=officer)
    row = Ask.objects.unguarded(TEST).get()
    assert (row.withdrawn_by, row.withdrawal_reason) == (officer, "It is a strength, no ask.")
    assert item_of(ask).state == "withdrawn"
    make_ask(letter, number="7")  # the number is free again


def test_ask_is_taken_back_once(letter: Letter) -> None:
    ask, officer = make_ask(letter), make_officer()
    actions.undo_ask(ask=ask, reason="x", by=officer)
    with pytest.raises(WrongState):
        actions.undo_ask(ask=ask, reason="y", by=officer)


def test_answered_ask_is_not_taken_back(letter: Letter) -> None:
    ask = make_ask(letter)
    answer_ask(ask)
    with pytest.raises(WrongState, match="was answered"):
        actions.undo_ask(ask=ask, reason="x", by=make_officer())


def test_withdrawn_recommendation_takes_its_ask_along(letter: Letter) -> None:
    ask, other = make_ask(letter), make_ask(letter)
    answer_ask(other)
    recommendations.withdraw(recommendation=item_of(ask), by=make_officer())
    assert Ask.objects.unguarded(TEST).standing().get() == other
    assert now(letter).state == S.ANSWERED  # what is left is answered


@pytest.mark.parametrize("who", ["coordinator", "stranger", "signer", "auditor", "officer signed"])
def test_only_officers_without_a_stake_mark_undo_acknowledge(letter: Letter, who: str) -> None:
    ask, offer = make_ask(letter), make_offer(letter)
    signer = make_officer() if who == "officer signed" else make_user()
    make_name(letter, signed_by=signer)
    people = {"coordinator": letter.created_by, "stranger": make_user(),
              "auditor": make_user("", "auditor")}  # fmt: skip
    by = people.get(who, signer)
    for do in (
        lambda: make_ask(letter, by=by),
        lambda: actions.undo_ask(ask=ask, reason="x", by=by),
        lambda: actions.acknowledge_offer(ask=offer, by=by),
        lambda: actions.assign(letter=letter, owner=make_officer(), by=by),
        lambda: actions.acknowledge(letter=make_copy(letter), by=by),
    ):
        with pytest.raises(NotYours):
            do()


def make_copy(letter: Letter) -> Letter:
    """Return the letter, put back to where it was delivered."""
    Letter.objects.unguarded(TEST).filter(pk=letter.pk).update(state=S.DELIVERED)
    return now(letter)


# Owner ----------------------------------------------------------------------------------------
def test_who_acknowledges_owns_the_letter_and_can_give_it_on() -> None:
    letter, officer, other = make_letter(state=S.DELIVERED), make_officer(), make_approver()
    actions.acknowledge(letter=letter, by=officer)
    assert now(letter).owner == officer
    actions.assign(letter=letter, owner=other, by=officer)
    assert now(letter).owner == other
    assert told("letters.assigned") == {other.pk}


@pytest.mark.parametrize("who", ["stranger", "auditor", "coordinator"])
def test_letter_is_not_given_to(letter: Letter, who: str) -> None:
    people = {"stranger": make_user(), "auditor": make_user("", "auditor"),
              "coordinator": letter.created_by}  # fmt: skip
    with pytest.raises(Refused):
        actions.assign(letter=letter, owner=people[who], by=make_officer())


def test_closed_letter_is_given_to_nobody() -> None:
    with pytest.raises(WrongState):
        actions.assign(letter=make_letter(state=S.CLOSED), owner=make_officer(), by=make_officer())


# Answered -------------------------------------------------------------------------------------
@pytest.mark.parametrize("position", ["accepted", "noted"])
def test_last_answer_answers_the_letter_unless_it_notes(letter: Letter, position: str) -> None:
    first, last = make_ask(letter), make_ask(letter)
    answer_ask(first)
    assert now(letter).state == S.UNDER_REVIEW
    answer_ask(last, position=position)
    assert now(letter).state == (S.ANSWERED if position == "accepted" else S.UNDER_REVIEW)


def test_offer_is_acknowledged_and_needs_no_answer(letter: Letter) -> None:
    ask, offer = make_ask(letter), make_offer(letter)
    answer_ask(ask)
    assert now(letter).state == S.UNDER_REVIEW
    actions.acknowledge_offer(ask=offer, by=make_officer())
    assert now(letter).state == S.ANSWERED
    with pytest.raises(WrongState):
        actions.acknowledge_offer(ask=offer, by=make_officer())


def test_demand_is_not_acknowledged_away(letter: Letter) -> None:
    with pytest.raises(WrongState, match="is answered"):
        actions.acknowledge_offer(ask=make_ask(letter), by=make_officer())


def test_offer_is_never_late(letter: Letter) -> None:
    make_offer(letter, owner=make_officer())
    late = make_ask(letter, owner=make_officer())
    Recommendation.objects.unguarded(TEST).update(answer_by=timezone.now().date())
    found = Recommendation.objects.unguarded(TEST).due_within(timezone.now().date())
    assert [item.pk for item in found] == [late.recommendation_id]


# Who is told ----------------------------------------------------------------------------------
def test_signatories_and_coordinators_are_told_of_each_answer_once(letter: Letter) -> None:
    signer, hidden, gone = make_user(), make_user(), make_user()
    make_name(letter, signed_by=signer)
    make_name(letter, signed_by=signer, organization=make_signer()[1])  # and for a house
    name = make_name(
        letter, signed_by=hidden, mode=Mode.OFFICE, method=Method.SIGNED, text=letter.frozen,
        declaration="I sign.",
    )  # fmt: skip
    take_back(make_name(letter, signed_by=gone))
    make_name(letter)  # without an account
    first, last = make_ask(letter), make_ask(letter)
    everyone = {signer.pk, letter.created_by_id}
    answer_ask(first)
    assert told("letters.ask_answered") == everyone
    mail = Outbox.objects.get(kind=hidden_kind("letters.ask_answered"))  # to no one by name
    assert (mail.about_id, mail.recipient_id != hidden.pk) == (str(name.pk), True)
    report = {"progress": "done", "text": "It was done."}
    recommendations.report_progress(recommendation=item_of(first), by=make_officer(), **report)
    assert told("letters.ask_moved") == everyone
    answer_ask(last)
    assert told("letters.answered") == everyone
    assert Notice.objects.filter(kind="letters.ask_answered").count() == 2  # not for the last one


def test_ask_that_is_answered_with_another_answers_its_letter(letter: Letter) -> None:
    main_letter = make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC)
    main, ask, officer = make_ask(main_letter), make_ask(letter), make_officer()
    recommendations.join(recommendation=item_of(ask), main=item_of(main), by=officer)
    assert now(letter).state == S.UNDER_REVIEW
    answer_ask(main)
    assert (now(letter).state, now(main_letter).state) == (S.ANSWERED, S.ANSWERED)
    assert told("letters.answered") == {letter.created_by_id, main_letter.created_by_id}
    report = {"progress": "done", "text": "It was done."}
    recommendations.report_progress(recommendation=item_of(main), by=officer, **report)
    assert told("letters.ask_moved") == {letter.created_by_id, main_letter.created_by_id}


def test_answer_to_what_no_letter_asks_is_nothing_to_letters() -> None:
    from tests.recommendations.factories import make_recommendation

    item = make_recommendation(state="cleared")
    recommendations.publish_answer(recommendation=item, by=make_officer())
    report = {"progress": "done", "text": "It was done."}
    recommendations.report_progress(recommendation=item, by=make_officer(), **report)
    assert not Notice.objects.filter(kind__startswith="letters.").exists()


def test_office_is_told_of_a_delivered_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.actions.delivering._must_be_sealed", lambda letter: "")
    letter, officer, signed = make_letter(state=S.CLOSED), make_officer(), make_officer()
    make_name(letter, signed_by=signed)
    actions.deliver(letter=letter, by=letter.created_by)
    assert told("letters.to_acknowledge") == {officer.pk}


def test_every_step_is_a_sentence_on_record(letter: Letter) -> None:
    offer = make_offer(letter)
    actions.acknowledge_offer(ask=offer, by=make_officer())
    actions.undo_ask(ask=make_ask(letter), reason="x", by=make_officer())
    actions.assign(letter=letter, owner=make_officer(), by=make_officer())
    ours = AuditEvent.objects.filter(action__startswith="letters.")
    said = {event.action: sentence(event) for event in ours}
    assert {"letters.ask_marked", "letters.ask_withdrawn", "letters.offer_acknowledged",
            "letters.assigned", "letters.answered"} <= set(said)  # fmt: skip
    assert offer.number in said["letters.offer_acknowledged"]
