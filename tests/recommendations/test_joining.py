"""Two asks that say the same: both are kept, one answer stands for both, nobody learns whose is whose."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from recommendations import actions
from recommendations.actions import joining
from recommendations.enums import Position
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, ProgressReport, Recommendation
from tests.factories import make_approver, make_membership, make_officer
from tests.recommendations.factories import WORDS, make_recommendation, make_submitter

pytestmark = pytest.mark.django_db
ONE, OTHER = "Northern Well Circle", "Southern Gate Forum"


def again(item: Recommendation) -> Recommendation:
    return Recommendation.objects.unguarded("test").get(pk=item.pk)


def item_of(name: str, **fields: Any) -> Recommendation:
    submitter, organization = make_submitter(name=name)
    return make_recommendation(
        organization=organization, by=submitter, **{"title": f"Asked by {name}", **fields}
    )


def joined(level: int = Level.OFFICE, other: int | None = None) -> tuple[Any, Any]:
    """Return (main, item): two asks of two organizations, answered together."""
    officer = make_officer()
    main = item_of(ONE, state=S.ASSIGNED, level=level, owner=officer)
    item = item_of(OTHER, level=level if other is None else other)
    return main, actions.join(recommendation=item, main=main, by=officer)


def publish(main: Recommendation, position: str = Position.ACCEPTED) -> None:
    values = {**WORDS, "position": position, "text": "One answer for both."}
    actions.draft_answer(recommendation=main, values=values, version=0, by=main.owner)
    actions.propose_answer(recommendation=main, by=main.owner)
    actions.clear_answer(recommendation=main, by=make_approver())
    actions.publish_answer(recommendation=main, by=main.owner)


def kinds(item: Recommendation) -> list[str]:
    told = Notice.objects.filter(about_id=str(item.pk), recipient_id=item.created_by_id)
    return [kind.partition(".")[2] for kind in told.values_list("kind", flat=True)]


def page_of(item: Recommendation, viewer: Any = None) -> str:
    client = Client()
    client.force_login(viewer or item.created_by)
    return client.get(item.get_absolute_url(), follow=True).content.decode()


def test_both_are_kept_and_both_authors_are_told_the_same() -> None:
    main, item = joined()
    assert (item.state, item.duplicate_of_id) == (S.JOINED, main.pk)
    assert kinds(main) == kinds(item) == ["joined"]
    said = "answers it together with another ask that says the same"
    assert said in page_of(main) and said in page_of(item)


@pytest.mark.parametrize("answered", [False, True])
def test_authors_do_not_learn_who_the_other_is(answered: bool) -> None:
    main, item = joined()
    if answered:
        publish(main)
    for mine, theirs in ((main, item), (item, main)):
        text = page_of(mine) + page_of(mine, mine.created_by)
        for word in (theirs.organization.name, theirs.reference, theirs.title, str(theirs.pk)):
            assert word not in text
    client = Client()
    client.force_login(item.created_by)
    assert client.get(main.get_absolute_url()).status_code == 404


def test_officers_see_both() -> None:
    """The positive control: where it may be known it stands on the page."""
    main, item = joined()
    officer = make_officer()
    assert main.reference in page_of(item, officer)
    assert item.reference in page_of(main, officer)


@pytest.mark.parametrize("position", [Position.ACCEPTED, Position.NOTED])
def test_answer_stands_for_both(position: str) -> None:
    main, item = joined()
    publish(main, position)
    after = again(item)
    closed = S.JOINED if position == Position.NOTED else S.ANSWERED
    assert (after.state, after.position) == (closed, position)
    assert after.answer_by == again(main).answer_by
    assert "One answer for both." in page_of(item)
    assert "answered" in kinds(item)
    one, other = Answer.objects.unguarded("test").order_by("pk")
    assert {one.recommendation_id, other.recommendation_id} == {main.pk, item.pk}
    assert (one.cleared_by, one.text) == (other.cleared_by, other.text)
    assert AuditEvent.objects.filter(action="recommendations.answered_along").count() == 1


def test_what_follows_the_answer_follows_for_both() -> None:
    main, item = joined()
    publish(main)
    report = {"progress": "under_way", "text": "Two visits."}
    actions.report_progress(recommendation=main, **report, by=main.owner)
    assert again(item).progress == "under_way"
    assert "Two visits." in page_of(item)
    actions.reopen(recommendation=main, by=main.owner)
    assert (again(item).state, again(main).state) == (S.JOINED, S.ASSIGNED)
    publish(again(main))
    assert again(item).state == S.ANSWERED


def test_clock_of_both_is_one() -> None:
    main, item = joined()
    day = main.answer_by + timedelta(days=9)
    actions.assign(
        recommendation=main, owner=main.owner, answer_by=day, reason="other",
        text="Words to one side.", by=main.owner,
    )  # fmt: skip
    assert again(item).answer_by == day
    assert "Words to one side." not in page_of(item)
    actions.ask(recommendation=main, text="Where?", by=main.owner)
    assert again(item).paused_at is not None
    assert "The clock stands still" in page_of(item)
    assert "Where?" not in page_of(item)
    actions.clarify(recommendation=main, text="There.", by=main.created_by)
    assert again(item).paused_at is None
    assert "There." not in page_of(item)


def test_joined_ask_is_taken_up_when_the_other_is() -> None:
    officer = make_officer()
    main, item = item_of(ONE), item_of(OTHER)
    actions.join(recommendation=item, main=main, by=officer)
    assert again(item).assigned_at is None
    actions.assign(recommendation=main, owner=officer, answer_by=main.answer_by, by=officer)
    assert again(item).assigned_at is not None
    assert "taken_up" in kinds(item)


def test_it_can_be_undone_and_waits_for_an_owner_again() -> None:
    main, item = joined()
    after = actions.separate(recommendation=item, by=make_officer())
    assert (after.state, after.duplicate_of, after.owner) == (S.SUBMITTED, None, None)
    assert after.moves_by is not None
    assert "separated" in kinds(main) and "separated" in kinds(item)
    publish(main)
    assert again(item).state == S.SUBMITTED
    assert not Answer.objects.unguarded("test").about(item).exists()


def test_answered_again_on_its_own_it_goes_its_own_way() -> None:
    main, item = joined()
    publish(main)
    actions.reopen(recommendation=item, by=make_officer())
    assert again(item).duplicate_of is None
    report = {"progress": "done", "text": "All done."}
    actions.report_progress(recommendation=main, **report, by=main.owner)
    assert again(item).progress == "not_started"


def test_withdrawn_other_sends_it_back_to_the_desk_with_neutral_words() -> None:
    main, item = joined()
    actions.withdraw(recommendation=main, by=main.created_by)
    assert (again(item).state, again(item).duplicate_of) == (S.SUBMITTED, None)
    assert "withdrawn" not in kinds(item)


LEVELS = {Level.PUBLIC, Level.UNNAMED, Level.OFFICE, Level.NAMED_OFFICERS}
OPEN_LEVELS = {Level.PUBLIC, Level.UNNAMED}
FITTING = {(main, item) for main in OPEN_LEVELS for item in OPEN_LEVELS | {Level.OFFICE}}
FITTING |= {(Level.OFFICE, Level.OFFICE)}


@pytest.mark.parametrize("item", LEVELS)
@pytest.mark.parametrize("main", LEVELS)
def test_answer_never_reaches_more_people_than_it_was_written_for(main: int, item: int) -> None:
    by = make_approver()
    first = make_recommendation(state=S.ASSIGNED, level=main)
    second = make_recommendation(level=item)
    if (main, item) in FITTING:
        actions.join(recommendation=second, main=first, by=by)
    else:
        with pytest.raises(Refused):
            actions.join(recommendation=second, main=first, by=by)


@pytest.mark.parametrize("closed", ["main", "item"])
def test_ask_that_is_closed_further_leaves_the_other(closed: str) -> None:
    main, item = joined(Level.PUBLIC)
    change = {"main": (main, Level.OFFICE), "item": (item, Level.NAMED_OFFICERS)}
    one, level = change[closed]
    actions.choose_level(
        recommendation=one, level=level, version=again(one).version, by=one.created_by
    )
    assert again(item).state == S.SUBMITTED
    publish(main)
    assert not Answer.objects.unguarded("test").about(item).exists()


def test_report_does_not_go_out_through_an_answered_ask_that_is_more_public() -> None:
    main, item = joined(Level.PUBLIC)
    publish(main)
    version = again(main).version
    actions.choose_level(
        recommendation=main, level=Level.OFFICE, version=version, by=main.created_by
    )
    report = {"progress": "done", "text": "Not for everyone."}
    actions.report_progress(recommendation=main, **report, by=main.owner)
    assert not ProgressReport.objects.unguarded("test").about(item).exists()


def test_without_that_check_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control of the test above."""
    monkeypatch.setattr(joining, "fits", lambda item, main: True)
    with pytest.raises(AssertionError):
        test_report_does_not_go_out_through_an_answered_ask_that_is_more_public()


@pytest.mark.parametrize("state", [one for one in S.values if one != S.DRAFT])
def test_only_an_open_ask_is_answered_for_another(state: str) -> None:
    main, item = make_recommendation(state=state), make_recommendation()
    if state in (S.SUBMITTED, S.ASSIGNED, S.CLARIFICATION):
        actions.join(recommendation=item, main=main, by=make_officer())
    else:
        with pytest.raises(WrongState):
            actions.join(recommendation=item, main=main, by=make_officer())


def test_no_ask_follows_itself_or_one_that_follows() -> None:
    main, item = joined()
    with pytest.raises(actions.Incomplete):
        actions.join(recommendation=main, main=main, by=main.owner)
    with pytest.raises(WrongState):
        actions.join(recommendation=main, main=item, by=main.owner)
    with pytest.raises(Refused, match="Others are answered"):
        actions.join(recommendation=main, main=make_recommendation(), by=main.owner)
    rows = Recommendation.objects.unguarded("test").filter(pk=item.pk)
    for wrong in ({"duplicate_of": item.pk}, {"duplicate_of": None}, {"level": 40}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_answer_that_is_being_written_is_not_lost() -> None:
    item = make_recommendation(state=S.ASSIGNED)
    actions.draft_answer(recommendation=item, values=WORDS, version=0, by=item.owner)
    with pytest.raises(Refused, match="being written"):
        actions.join(recommendation=item, main=make_recommendation(), by=item.owner)


def test_who_has_a_stake_in_either_does_not_join_nor_own() -> None:
    main, item = item_of(ONE), item_of(OTHER)
    officer = make_officer()
    make_membership(officer, item.organization)
    for pair in ((item, main), (main, item)):
        with pytest.raises(NotYours):
            actions.join(recommendation=pair[0], main=pair[1], by=officer)
    actions.join(recommendation=item, main=main, by=make_officer())
    with pytest.raises(Refused, match="stake"):
        actions.assign(
            recommendation=main, owner=officer, answer_by=main.answer_by, by=make_officer()
        )


def test_two_are_joined_in_the_browser_after_both_were_shown(client: Client) -> None:
    main, item = item_of(ONE), item_of(OTHER)
    hidden = item_of("Hidden Ridge", level=Level.NAMED_OFFICERS)
    client.force_login(make_officer())
    path = reverse("recommendations:join", args=[item.pk])
    assert "Answer both together" not in client.get(path).content.decode()
    missing = client.get(path, {"main": "REC-2026-222222"}).content.decode()
    invisible = client.get(path, {"main": hidden.reference}).content.decode()
    for page in (missing, invisible):
        assert "There is no recommendation with this reference here." in page
    shown = client.get(path, {"main": main.reference.lower()}).content.decode()
    assert main.title in shown and item.title in shown
    form = {"main": hidden.reference, "token": uuid.uuid4()}
    assert client.post(path, form).status_code == 422
    form = {"main": main.reference, "token": uuid.uuid4()}
    assert client.post(f"{path}?main={main.reference}", form).status_code == 302
    assert again(item).duplicate_of_id == main.pk
    step = reverse("recommendations:step", args=[item.pk, "separate"])
    assert client.post(step, {"token": uuid.uuid4()}).status_code == 302
    assert again(item).state == S.SUBMITTED


def test_joined_ask_is_not_on_the_list_of_what_waits(client: Client) -> None:
    main, _item = joined()
    client.force_login(main.owner)
    page = client.get(reverse("recommendations:list"))
    assert page.context["count"] == 1
    every = client.get(reverse("recommendations:list") + "?view=all&state=joined")
    assert every.context["count"] == 1
    assert timezone.now().date() < main.answer_by
