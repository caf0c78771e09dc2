"""The truth table: every state × step × role, allowed or refused as the table says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.workflow import NotYours, Refused, WrongState
from recommendations import actions
from recommendations.enums import Position
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Recommendation
from recommendations.transitions import RECOMMENDATION
from tests.factories import make_approver, make_expert, make_membership, make_officer, make_user
from tests.recommendations.factories import (
    WORDS,
    make_contributor,
    make_entered,
    make_reason,
    make_recommendation,
    make_submitter,
)

pytestmark = pytest.mark.django_db


def take(name: str, item: Recommendation, by: Any) -> None:
    """Take a step as its page does."""
    day = timezone.now().date() + timedelta(days=9)
    text = {"text": "A word on it."}
    steps = {
        "submit": lambda: actions.submit(recommendation=item, by=by),
        "assign": lambda: actions.assign(
            recommendation=item, owner=item.owner or by, answer_by=day, by=by
        ),
        "ask": lambda: actions.ask(recommendation=item, by=by, **text),
        "clarify": lambda: actions.clarify(recommendation=item, by=by, **text),
        "resume": lambda: actions.resume(recommendation=item, by=by),
        "propose": lambda: actions.propose_answer(recommendation=item, by=by),
        "give_back": lambda: actions.give_back(recommendation=item, by=by, **text),
        "clear": lambda: actions.clear_answer(recommendation=item, by=by),
        "recall": lambda: actions.recall_answer(recommendation=item, by=by),
        "publish": lambda: actions.publish_answer(recommendation=item, by=by),
        "publish_and_keep_open": lambda: actions.publish_answer(recommendation=item, by=by),
        "reopen": lambda: actions.reopen(recommendation=item, by=by),
        "withdraw": lambda: actions.withdraw(recommendation=item, by=by),
        "join": lambda: actions.join(recommendation=item, main=make_recommendation(), by=by),
        "separate": lambda: actions.separate(recommendation=item, by=by),
        # What happens to a joined ask happens through the other one; nobody presses it.
        "answer_along": lambda: RECOMMENDATION.move(item, "answer_along", by=by),
        "reopen_along": lambda: RECOMMENDATION.move(item, "reopen_along", by=by),
    }
    steps[name]()


ROLES = {
    "representative": {"submitter"},
    "contributor": {"contributor"},
    "other representative": set(),
    "expert": set(),
    "officer": {"officer"},
    "approver": {"officer", "clearer"},
    "approver who wrote it": {"officer"},
    "officer of the sender": {"contributor"},
    "auditor": set(),
    "administrator": set(),
    "stranger": set(),
}


def cast(role: str, item: Recommendation) -> Any:
    """Return a person of this role towards the item."""
    makers = {
        "representative": lambda: item.created_by,
        "contributor": lambda: make_contributor(item.organization),
        "other representative": lambda: make_submitter()[0],
        "expert": lambda: make_expert().user,
        "officer": make_officer,
        "approver": make_approver,
        "approver who wrote it": lambda: writer(item),
        "officer of the sender": lambda: officer_of(item),
        "auditor": lambda: make_user("", "auditor"),
        "administrator": lambda: make_user("", "administrator"),
        "stranger": make_user,
    }
    return makers[role]()


def writer(item: Recommendation) -> Any:
    """Return an approver who wrote a word of the answer in work, if there is one."""
    approver = make_approver()
    for answer in Answer.objects.unguarded("test").about(item).in_work():
        answer.writers.add(approver)
    return approver


def officer_of(item: Recommendation) -> Any:
    """Return an officer who belongs to the sender: a stake, so no officer here."""
    officer = make_officer()
    make_membership(officer, item.organization, role="contributor")
    return officer


def words_of(role: str, item: Recommendation) -> set[str]:
    """Return the words of the table for this role; a draft is nobody's business but its own."""
    words = ROLES[role]
    if item.state == S.DRAFT:
        return words & {"submitter", "contributor"}
    if role == "approver who wrote it" and item.state not in (S.TO_CLEAR, S.CLEARED):
        return words | {"clearer"}  # there is no answer in work
    return words


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [step.name for step in RECOMMENDATION.transitions])
@pytest.mark.parametrize("state", S.values)
def test_step_in_state_by_role(state: str, name: str, role: str) -> None:
    noted = name == "publish_and_keep_open" and state == S.CLEARED
    item = make_recommendation(state=state, position=Position.NOTED if noted else "accepted")
    if name == "propose" and state == S.ASSIGNED:
        actions.draft_answer(recommendation=item, values=WORDS, version=0, by=item.owner)
    who = cast(role, item)
    step = RECOMMENDATION.transition(name)
    words = words_of(role, item) if name != "propose" else ROLES[role]
    if not words & step.who:
        with pytest.raises(NotYours):
            take(name, item, who)
    elif state not in step.sources:
        with pytest.raises((WrongState, NotYours)):
            take(name, item, who)
    else:
        take(name, item, who)
    after = Recommendation.objects.unguarded("test").get(pk=item.pk).state
    allowed = bool(words & step.who) and state in step.sources
    assert after == (step.target if allowed else state)


@pytest.mark.parametrize("state", S.values)
def test_buttons_are_those_of_the_table(state: str) -> None:
    item = make_recommendation(state=state)
    for role in ROLES:
        words = words_of(role, item)
        who = cast(role, item)
        shown = {step.name for step in RECOMMENDATION.available(item, who)}
        assert shown == {
            step.name
            for step in RECOMMENDATION.transitions
            if state in step.sources and step.who & words
        }, role


def test_whole_way_of_an_ask() -> None:
    submitter, organization = make_submitter()
    officer, approver = make_officer(), make_approver()
    item = actions.begin(level=Level.PUBLIC, organization=organization, by=submitter)
    full = make_recommendation()
    values = {"title": "Meet us", "text": "On every visit.", "addressee": full.addressee}
    values |= {"topics": list(full.topics.all())}
    item = actions.edit(recommendation=item, values=values, version=0, by=submitter)
    item = actions.submit(recommendation=item, by=submitter)
    assert item.reference.startswith("REC-")
    day = timezone.now().date() + timedelta(days=20)
    actions.assign(recommendation=item, owner=officer, answer_by=day, by=officer)
    actions.ask(recommendation=item, text="Where?", by=officer)
    item = actions.clarify(recommendation=item, text="In the valleys.", by=submitter)
    assert (item.state, item.answer_by) == (S.ASSIGNED, day)
    actions.draft_answer(recommendation=item, values=WORDS, version=0, by=officer)
    actions.propose_answer(recommendation=item, by=officer)
    actions.clear_answer(recommendation=item, by=approver)
    item = actions.publish_answer(recommendation=item, by=officer)
    assert (item.state, item.position, item.progress) == (S.ANSWERED, "accepted", "not_started")
    actions.report_progress(recommendation=item, progress="under_way", text="One.", by=officer)
    actions.report_progress(recommendation=item, progress="not_started", text="", by=submitter)
    after = Recommendation.objects.unguarded("test").get(pk=item.pk)
    assert (after.position, after.progress) == ("accepted", "under_way")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"position": "not_accepted"}, "reason"),
        ({"position": "partial"}, "reason"),
        ({"position": "already"}, "being done"),
        ({"position": "referred"}, "to whom"),
        ({"position": "pending"}, "Choose a position"),
        ({"text": "  "}, "has a text"),
    ],
)
def test_answer_lacking_what_its_position_asks_is_refused(change: dict, words: str) -> None:
    item = make_recommendation(state=S.ASSIGNED)
    with pytest.raises(Refused, match=words):
        actions.draft_answer(
            recommendation=item, values={**WORDS, **change}, version=0, by=item.owner
        )
    assert not Answer.objects.unguarded("test").exists()


def test_refusal_with_reason_and_text_is_kept() -> None:
    item = make_recommendation(state=S.ASSIGNED)
    values = {**WORDS, "position": "not_accepted", "reason": make_reason()}
    answer = actions.draft_answer(recommendation=item, values=values, version=0, by=item.owner)
    assert answer.reason == make_reason()


def test_noted_never_closes() -> None:
    item = make_recommendation(state=S.CLEARED, position=Position.NOTED)
    soon = timezone.now().date() + timedelta(days=2)
    Recommendation.objects.unguarded("test").filter(pk=item.pk).update(answer_by=soon)
    after = actions.publish_answer(recommendation=item, by=item.owner)
    assert (after.state, after.position) == (S.ASSIGNED, "noted")
    assert after.answer_by > soon
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.unguarded("test").filter(pk=item.pk).update(state=S.ANSWERED)


def test_nobody_clears_what_they_wrote_not_even_in_the_database() -> None:
    item = make_recommendation(state=S.TO_CLEAR)
    answer = Answer.objects.unguarded("test").get(recommendation=item)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.unguarded("test").filter(pk=answer.pk).update(
            cleared_by=answer.drafted_by, cleared_at=timezone.now()
        )


def test_clock_stands_still_while_the_office_waits() -> None:
    item = make_recommendation(state=S.CLARIFICATION)
    asked = timezone.now() - timedelta(days=5)
    Recommendation.objects.unguarded("test").filter(pk=item.pk).update(paused_at=asked)
    before = item.answer_by
    after = actions.clarify(recommendation=item, text="Here it is.", by=item.created_by)
    assert (after.answer_by, after.paused_at) == (before + timedelta(days=5), None)


@pytest.mark.parametrize("field", ["title", "text", "addressee"])
def test_draft_lacking_something_is_not_sent(field: str) -> None:
    empty = None if field == "addressee" else ""
    item = make_recommendation(state=S.DRAFT, **{field: empty})
    with pytest.raises(actions.Incomplete):
        actions.submit(recommendation=item, by=item.created_by)


def test_draft_of_an_organization_no_longer_vetted_is_not_sent() -> None:
    submitter, organization = make_submitter(expired=True)
    item = make_recommendation(state=S.DRAFT, organization=organization, by=submitter)
    with pytest.raises(Refused, match="vetted"):
        actions.submit(recommendation=item, by=submitter)


def test_what_was_sent_is_never_opened_to_more_readers() -> None:
    item = make_recommendation(state=S.ANSWERED, level=Level.OFFICE)
    change = {"recommendation": item, "version": 0, "by": item.created_by}
    with pytest.raises(Refused, match="not to more"):
        actions.choose_level(level=Level.PUBLIC, **change)
    actions.choose_level(level=Level.NAMED_OFFICERS, **change)


def test_contributor_begins_and_writes_but_does_not_send() -> None:
    _user, organization = make_submitter()
    contributor = make_contributor(organization)
    item = actions.begin(level=Level.OFFICE, organization=organization, by=contributor)
    actions.edit(recommendation=item, values={"title": "Ours"}, version=0, by=contributor)
    with pytest.raises(NotYours):
        actions.submit(recommendation=item, by=contributor)


def test_nobody_begins_in_the_name_of_others() -> None:
    _user, organization = make_submitter()
    with pytest.raises(NotYours):
        actions.begin(level=Level.OFFICE, organization=organization, by=make_submitter()[0])


def test_what_came_on_paper_is_sent_and_clarified_by_officers() -> None:
    officer = make_officer()
    item = make_entered(state=S.DRAFT, by=officer)
    item = actions.submit(recommendation=item, by=officer)
    assert item.state == S.SUBMITTED
    asked = make_entered(state=S.CLARIFICATION)
    assert actions.clarify(recommendation=asked, text="By mail.", by=officer).state == S.ASSIGNED


def test_owner_must_be_able_to_see_it() -> None:
    item = make_recommendation(state=S.SUBMITTED, level=Level.NAMED_OFFICERS)
    officer, approver = make_officer(), make_approver()
    day = timezone.now().date()
    with pytest.raises(NotYours):
        actions.assign(recommendation=item, owner=officer, answer_by=day, by=officer)
    actions.assign(recommendation=item, owner=officer, answer_by=day, by=approver)
    assert Recommendation.objects.visible_to(officer).count() == 1
    assert Recommendation.objects.visible_to(make_officer()).count() == 0
