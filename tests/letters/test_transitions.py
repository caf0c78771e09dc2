"""The truth table: every state × step × role, allowed or refused as the table says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from foundation.confidentiality import SystemActor
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.enums import LetterState
from letters.models import Correction, Letter
from letters.transitions import LETTER
from tests.factories import make_approver, make_expert, make_officer, make_user
from tests.letters.factories import make_ask, make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db


def mark(*, letter: Letter, by: Any) -> None:
    """Mark an ask, with words that fit."""
    make_ask(letter, by=by)


def answer(*, letter: Letter, by: Any) -> None:
    """Call the letter answered; the rules say who may (settle() asks the same table)."""
    LETTER.move(letter, "answer", by=by)
    letter.answered_at = timezone.now()
    letter.save()


def close_unanswered(*, letter: Letter, by: Any) -> None:
    """Close it without an answer, with a reason."""
    actions.close_unanswered(letter=letter, reason="It was meant for another office.", by=by)


def correct(*, letter: Letter, by: Any) -> None:
    """Correct the text; somebody has drafted the correction."""
    if letter.is_frozen and not letter.is_at_the_office:
        drafted = Correction(letter=letter, reason="A wrong number.", begun_by=letter.created_by)
        drafted.take_words(replace(letter.text(), body="The right number."))
        drafted.save()
    actions.correct(letter=letter, by=by)


STEPS = {
    "open": actions.open_for_sign_on,
    "file_as_sent": actions.file_as_sent,
    "close": actions.close,
    "correct": correct,
    "deliver": actions.deliver,
    "receive": actions.receive,
    "acknowledge": actions.acknowledge,
    "review": actions.begin_review,
    "close_unanswered": close_unanswered,
    "mark": mark,
    "answer": answer,
    "set_aside": actions.set_aside,
    "take_up": actions.take_up,
}
ROLES = (
    "coordinator", "other_coordinator", "representative", "expert", "officer", "stranger",
    "officer_who_signed", "approver", "approver_who_signed", "auditor", "system",
)  # fmt: skip


def cast(role: str, letter: Letter):
    """Return a person of this role towards the letter."""
    if role == "coordinator":
        return letter.created_by
    if role == "other_coordinator":
        return make_letter().created_by
    if role == "representative":
        return make_signer()[0]
    if role == "expert":
        return make_expert().user
    if role == "system":
        return SystemActor("letters")
    if role == "auditor":
        return make_user("", "auditor")
    if role in ("officer_who_signed", "approver_who_signed"):
        officer = make_officer() if role == "officer_who_signed" else make_approver()
        make_name(letter, signed_by=officer)
        return officer
    if role == "approver":
        return make_approver()
    return make_officer() if role == "officer" else make_user()


def test_every_step_of_the_table_has_an_action():
    assert set(STEPS) == {step.name for step in LETTER.transitions}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", LetterState.values)
def test_step_in_state_by_role(state, name, role, monkeypatch):
    letter = make_letter(state=state)
    make_name(letter)
    monkeypatch.setattr("letters.actions.delivering._must_be_sealed", lambda letter: "")
    step = LETTER.transition(name)
    who = cast(role, letter)
    may = bool(step.who & {role, *(("officer",) if role == "approver" else ())})
    if not may:
        with pytest.raises(NotYours):
            STEPS[name](letter=letter, by=who)
    elif state not in step.sources:
        with pytest.raises(WrongState):
            STEPS[name](letter=letter, by=who)
    else:
        STEPS[name](letter=letter, by=who)
    after = Letter.objects.unguarded("test").get(pk=letter.pk).state
    allowed = may and state in step.sources
    assert after == (step.target if allowed else state)


@pytest.mark.parametrize("state", LetterState.values)
def test_buttons_are_those_of_the_table(state):
    letter = make_letter(state=state)
    shown = {step.name for step in LETTER.available(letter, letter.created_by)}
    here = [step for step in LETTER.transitions if state in step.sources]
    assert shown == {step.name for step in here if "coordinator" in step.who}
    offered = {step.name for step in LETTER.available(letter, make_officer())}
    assert offered == {step.name for step in here if "officer" in step.who}
    offered = {step.name for step in LETTER.available(letter, make_approver())}
    assert offered == {step.name for step in here if step.who & {"officer", "approver"}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"addressee": ""}, "addressee"),
        ({"body": "See note.[^7]", "notes": ""}, "note 7"),
    ],
)
def test_letter_incomplete_is_not_opened(change, words):
    letter = make_letter(**change)
    with pytest.raises(Refused, match=words):
        actions.open_for_sign_on(letter=letter, by=letter.created_by)
    assert Letter.objects.unguarded("test").get(pk=letter.pk).state == LetterState.DRAFT


def test_letter_without_a_name_is_not_closed():
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(Refused, match="Nobody has signed"):
        actions.close(letter=letter, by=letter.created_by)


def test_letter_without_a_sealed_copy_is_not_delivered():
    letter = make_letter(state=LetterState.CLOSED)
    with pytest.raises(Refused, match="sealed"):
        actions.deliver(letter=letter, by=letter.created_by)
