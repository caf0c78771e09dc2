"""Who sees an ask of a letter, by its level, its answer and what a person is to the letter."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from foundation.confidentiality import Audience, Level, SystemActor
from foundation.workflow import NotYours
from letters import actions
from letters.actions.asks import AlreadyMarked
from letters.enums import AT_THE_OFFICE, Mode
from letters.enums import LetterState as S
from letters.models import Ask, Letter
from recommendations import actions as recommendations
from recommendations.models import Recommendation
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_officer,
    make_user,
)
from tests.letters.factories import (
    answer_ask,
    make_ask,
    make_letter,
    make_name,
    make_signer,
)

pytestmark = pytest.mark.django_db
TEST = "test"


def item_of(ask: Ask) -> Recommendation:
    return Recommendation.objects.unguarded(TEST).get(pk=ask.recommendation_id)


def sees(viewer: Any, ask: Ask) -> bool:
    return Ask.objects.visible_to(viewer).filter(pk=ask.pk).exists()


def take_back(name: Any) -> None:
    """Take a name off its letter."""
    name.withdrawn_at = timezone.now()
    name.save()


@pytest.fixture
def letter() -> Letter:
    """A letter that the Office has acknowledged, public, with a coordinator."""
    return make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC)


def cast(letter: Letter) -> dict[str, Any]:
    """Return people by what they are to the letter."""
    signer, hidden, gone = make_user(), make_user(), make_user()
    _member, organization = make_signer()
    make_name(letter, signed_by=signer)
    make_name(letter, signed_by=hidden, mode=Mode.OFFICE)
    take_back(make_name(letter, signed_by=gone))
    make_name(letter, organization=organization)
    colleague = make_user()
    make_membership(colleague, organization, role="contributor")
    return {
        "coordinator": letter.created_by,
        "signer": signer,
        "hidden signer": hidden,
        "gone": gone,
        "colleague": colleague,
        "officer": make_officer(),
        "approver": make_approver(),
        "auditor": make_user("", "auditor"),
        "other coordinator": make_letter().created_by,
        "participant": make_signer()[0],
        "expert": make_expert().user,
        "anyone": AnonymousUser(),
    }


OWN = {"coordinator", "signer", "hidden signer"}
DESK = {"officer", "approver"}


@pytest.mark.parametrize("answered", [False, True], ids=["open", "answered"])
@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_ask_is_seen_by(level: int, answered: bool) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED, level=level)
    ask, people = make_ask(letter), cast(letter)
    if answered:
        answer_ask(ask)
    seen = {name for name, viewer in people.items() if sees(viewer, ask)}
    everyone = answered and level == Level.PUBLIC
    assert seen == (set(people) if everyone else OWN | DESK)
    assert sees(SystemActor("test"), ask)
    assert sees(Audience(Level.PUBLIC), ask) is everyone
    assert sees(Audience(Level.OFFICE), ask)


def test_ask_that_was_taken_back_is_seen_by_the_office_only(letter: Letter) -> None:
    ask, people = make_ask(letter), cast(letter)
    actions.undo_ask(ask=ask, reason="x", by=make_officer())
    assert {name for name, viewer in people.items() if sees(viewer, ask)} == DESK


def test_ask_that_was_closed_to_named_officers_leaves_the_desks_of_others(letter: Letter) -> None:
    ask, people = make_ask(letter), cast(letter)
    item = item_of(ask)
    recommendations.choose_level(
        recommendation=item, level=Level.NAMED_OFFICERS, version=item.version, by=make_officer()
    )
    seen = {name for name, viewer in people.items() if sees(viewer, ask)}
    assert seen == OWN | {"approver"}


def test_signatory_reads_the_answer_and_nothing_of_the_inside() -> None:
    from recommendations.models import Answer, Message

    letter = make_letter(state=S.ACKNOWLEDGED, level=Level.OFFICE)
    signer = make_user()
    make_name(letter, signed_by=signer)
    ask = make_ask(letter)
    answer_ask(ask)
    item = item_of(ask)
    recommendations.reopen(recommendation=item, by=make_officer())
    values = {"position": "accepted", "language": "en", "text": "A draft."}
    recommendations.draft_answer(recommendation=item, values=values, version=0, by=make_officer())
    recommendations.propose_answer(recommendation=item, by=make_officer())
    recommendations.give_back(recommendation=item, text="Too short.", by=make_approver())
    assert [one.text for one in Answer.objects.visible_to(signer)] == ["We will."]
    assert not Message.objects.visible_to(signer).exists()
    assert not Recommendation.objects.seen_inside_by(signer).exists()
    assert not Recommendation.objects.owned_by(signer).exists()
    with pytest.raises(NotYours):
        recommendations.withdraw(recommendation=item, by=signer)


@pytest.mark.parametrize("state", AT_THE_OFFICE)
def test_letter_keeps_its_readers_whatever_the_office_does_with_it(state: str) -> None:
    for level, everyone in ((Level.PUBLIC, True), (Level.OFFICE, False)):
        letter = make_letter(state=state, level=level)
        seen = Letter.objects.visible_to(AnonymousUser()).filter(pk=letter.pk)
        assert seen.exists() is everyone
        assert Letter.objects.visible_to(make_officer()).filter(pk=letter.pk).exists()


def test_marking_twice_in_one_breath_is_told(letter: Letter) -> None:
    make_ask(letter, number="1")
    with pytest.raises(AlreadyMarked):
        make_ask(letter, number="1")
