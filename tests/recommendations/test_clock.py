"""The clock: two days, pauses, moves with a reason; and the words in which the submitter reads it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.web.templatetags.portal_tags import un_date
from recommendations import actions
from recommendations.enums import LATER, ClockReason
from recommendations.enums import RecommendationState as S
from recommendations.models import DayChange, Recommendation
from recommendations.tasks import remind_of_unowned
from recommendations.views.clock import where_it_stands
from tests.factories import make_approver, make_officer, make_user
from tests.recommendations.factories import make_contributor, make_recommendation, make_submitter

pytestmark = pytest.mark.django_db


def day(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


def own_page(item: Recommendation) -> str:
    client = Client()
    client.force_login(item.created_by)
    return client.get(item.get_absolute_url()).content.decode()


def kinds(person: Any) -> set[str]:
    told = Notice.objects.filter(recipient_id=person.pk).values_list("kind", flat=True)
    return {kind.partition(".")[2] for kind in told}


def test_clock_has_two_days_from_the_settings(settings: Any) -> None:
    settings.RECOMMENDATION_ACKNOWLEDGE_DAYS, settings.RECOMMENDATION_DAYS = 3, 21
    item = make_recommendation(state=S.DRAFT)
    sent = actions.submit(recommendation=item, by=item.created_by)
    assert (sent.acknowledge_by, sent.answer_by, sent.assigned_at) == (day(3), day(21), None)
    assert "received" in kinds(item.created_by)
    page = own_page(sent)
    for words in ("The Office has received it.", f"takes it up by {un_date(day(3))}",
                  f"an answer by {un_date(day(21))}"):  # fmt: skip
        assert words in page, words


def test_acknowledged_is_assigned_to_a_person() -> None:
    item = make_recommendation(acknowledge_by=day(5))
    assert item.moves_by == day(5)
    officer = make_officer()
    after = actions.assign(recommendation=item, owner=officer, answer_by=item.answer_by, by=officer)
    assert after.assigned_at is not None
    assert after.moves_by == item.answer_by
    assert "taken_up" in kinds(item.created_by)
    assert "A person at the Office has worked on it since" in own_page(after)


@pytest.mark.parametrize("reason", ["", "sooner", "question", "again", "nonsense"])
def test_day_does_not_move_back_without_a_reason_of_the_list(reason: str) -> None:
    item = make_recommendation(state=S.ASSIGNED)
    later = {"owner": item.owner, "answer_by": item.answer_by + timedelta(days=9)}
    with pytest.raises(actions.Incomplete, match="Say why"):
        actions.assign(recommendation=item, **later, reason=reason, by=item.owner)
    assert not DayChange.objects.unguarded("test").exists()


def test_another_reason_says_which() -> None:
    item = make_recommendation(state=S.ASSIGNED)
    later = {"owner": item.owner, "answer_by": item.answer_by + timedelta(days=9)}
    with pytest.raises(actions.Incomplete, match="in a sentence"):
        actions.assign(recommendation=item, **later, reason="other", text=" ", by=item.owner)
    actions.assign(recommendation=item, **later, reason="other", text="Flood.", by=item.owner)


@pytest.mark.parametrize("reason", LATER)
def test_moved_day_is_kept_audited_as_a_code_and_shown(reason: str) -> None:
    item = make_recommendation(state=S.ASSIGNED)
    before, after = item.answer_by, item.answer_by + timedelta(days=9)
    words = "The assembly has to vote first."
    actions.assign(
        recommendation=item, owner=item.owner, answer_by=after, reason=reason, text=words,
        by=item.owner,
    )  # fmt: skip
    change = DayChange.objects.unguarded("test").get()
    assert (change.before, change.after, change.reason) == (before, after, reason)
    facts = AuditEvent.objects.get(action="recommendations.day_moved").facts
    assert facts == {"reason": reason, "before": str(before), "answer_by": str(after)}
    page = own_page(item)
    assert f"moved from {un_date(before)} to {un_date(after)}" in page
    assert words in page
    assert (str(ClockReason(reason).label) in page) == (reason != ClockReason.OTHER)
    assert "day_moved" in kinds(item.created_by)


def test_sooner_needs_no_reason_and_the_same_day_leaves_no_trace() -> None:
    item = make_recommendation(state=S.ASSIGNED, answer_by=day(-3))
    other = make_officer()
    actions.assign(recommendation=item, owner=other, answer_by=day(-3), by=item.owner)
    assert not DayChange.objects.unguarded("test").exists()
    item = make_recommendation(state=S.ASSIGNED)
    actions.assign(recommendation=item, owner=item.owner, answer_by=day(2), by=item.owner)
    assert DayChange.objects.unguarded("test").get().reason == ClockReason.SOONER


def test_day_that_is_over_or_far_away_is_refused() -> None:
    item = make_recommendation(state=S.ASSIGNED)
    for wrong in (day(-1), day(400)):
        with pytest.raises(actions.Incomplete, match="within a year"):
            actions.assign(
                recommendation=item, owner=item.owner, answer_by=wrong, reason="consult",
                by=item.owner,
            )  # fmt: skip


def test_form_keeps_the_words_when_the_reason_is_missing(client: Client) -> None:
    item = make_recommendation(state=S.ASSIGNED)
    client.force_login(item.owner)
    path = reverse("recommendations:assign", args=[item.pk])
    form = {"owner": item.owner_id, "answer_by": day(60), "text": "Flood.", "token": uuid.uuid4()}
    refused = client.post(path, form)
    assert refused.status_code == 422
    assert b"Say why it moves back" in refused.content
    assert b"Flood." in refused.content
    assert client.post(path, {**form, "reason": "consult"}).status_code == 302


def test_pause_moves_the_day_and_says_why() -> None:
    item = make_recommendation(state=S.CLARIFICATION)
    rows = Recommendation.objects.unguarded("test")
    rows.filter(pk=item.pk).update(paused_at=timezone.now() - timedelta(days=5))
    page = own_page(item)
    assert "the clock stands still" in page
    actions.clarify(recommendation=item, text="Here.", by=item.created_by)
    change = DayChange.objects.unguarded("test").get()
    assert (change.reason, change.after - change.before) == ("question", timedelta(days=5))
    assert "The clock stood still while the Office waited for an answer" in own_page(item)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S.DRAFT, "not sent yet"),
        (S.SUBMITTED, "A person takes it up by"),
        (S.ASSIGNED, "You have an answer by"),
        (S.CLARIFICATION, "stands still"),
        (S.TO_CLEAR, "You have an answer by"),
        (S.CLEARED, "You have an answer by"),
        (S.ANSWERED, "The Office has answered"),
        (S.WITHDRAWN, "withdrawn"),
    ],
)
def test_page_says_where_it_stands(state: str, words: str) -> None:
    item = make_recommendation(state=state, acknowledge_by=day(4))
    assert words in where_it_stands(item)
    assert words in own_page(item)


def test_what_is_late_is_called_late() -> None:
    waits = make_recommendation(acknowledge_by=day(-2))
    assert "that is late" in where_it_stands(waits)
    late = make_recommendation(state=S.ASSIGNED, answer_by=day(-2))
    assert "the Office is late" in where_it_stands(late)


def test_steps_inside_the_office_do_not_show_in_the_clock() -> None:
    """Whether an answer is being written or cleared is the Office's own matter."""
    item = make_recommendation(state=S.ASSIGNED, owner=make_officer())
    said = set()
    for state in (S.ASSIGNED, S.TO_CLEAR, S.CLEARED):
        item.state = state
        said.add((where_it_stands(item), item.moves_by, item.state_label.public))
    assert len(said) == 1


def test_reasons_are_read_by_both_sides_and_never_by_the_public() -> None:
    item = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    DayChange.objects.create(
        recommendation=item, reason="other", text="Hidden words.", before=day(1), after=day(9),
        changed_by=item.owner,
    )  # fmt: skip
    shown = {"submitter": item.created_by, "contributor": make_contributor(item.organization)}
    shown |= {"officer": make_officer(), "approver": make_approver()}
    for viewer in shown.values():
        assert DayChange.objects.visible_to(viewer).count() == 1
    for viewer in (AnonymousUser(), make_user(), make_submitter()[0], make_user("", "auditor")):
        assert DayChange.objects.visible_to(viewer).count() == 0
    assert "Hidden words." in own_page(item)
    assert "Hidden words." not in Client().get(item.get_absolute_url()).content.decode()


def test_officers_are_reminded_once_of_what_nobody_took_up() -> None:
    officer = make_officer()
    soon = make_recommendation(acknowledge_by=day(1))
    make_recommendation(acknowledge_by=day(4))
    make_recommendation(state=S.ASSIGNED, acknowledge_by=day(1), owner=officer)
    hidden = make_recommendation(acknowledge_by=day(0), level=Level.NAMED_OFFICERS)
    for _again in range(2):
        remind_of_unowned()
    told = Notice.objects.filter(recipient_id=officer.pk)
    assert [(one.kind, one.about_id) for one in told] == [
        ("recommendations.waits_too_long", str(soon.pk))
    ]
    assert not Notice.objects.filter(about_id=str(hidden.pk), recipient_id=officer.pk).exists()
