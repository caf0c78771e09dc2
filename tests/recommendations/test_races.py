"""Twenty people press at once: one row, one accepted edit, nobody's words lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.workflow import Refused
from recommendations import actions
from recommendations.actions import drafting
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Recommendation
from tests.factories import make_approver
from tests.organizations.test_races import MANY, at_once
from tests.recommendations.factories import make_recommendation, make_submitter

pytestmark = pytest.mark.django_db(transaction=True)


def browsers_of(user: Any) -> list[Client]:
    browsers = [Client() for _ in range(MANY)]
    for browser in browsers:
        browser.force_login(user)
    return browsers


def begin(tokens: list[Any]) -> list[Any]:
    user, organization = make_submitter()
    browsers = browsers_of(user)
    path = reverse("recommendations:begin")

    def post(number: int) -> int:
        form = {"level": 30, "hat": str(organization.pk), "token": tokens[number]}
        return browsers[number].post(path, form).status_code

    return at_once(post)


def test_twenty_posts_of_one_form_make_one_row() -> None:
    assert begin([uuid.uuid4()] * MANY) == [302] * MANY
    assert Recommendation.objects.unguarded("test").count() == 1


def test_twenty_forms_make_twenty_rows() -> None:
    """The positive control: with tokens of their own the same posts are twenty forms."""
    begin([uuid.uuid4() for _ in range(MANY)])
    assert Recommendation.objects.unguarded("test").count() == MANY


def edit(item: Recommendation) -> list[Any]:
    browsers = browsers_of(item.created_by)
    path = reverse("recommendations:write", args=[item.pk])

    def post(number: int) -> tuple[int, bool]:
        words = f"Words of number {number}."
        form = {"language": "en", "text": words, "version": 0, "token": uuid.uuid4()}
        answer = browsers[number].post(path, form)
        return answer.status_code, words in answer.content.decode()

    return at_once(post)


def test_twenty_edits_one_is_accepted_nineteen_are_told_with_their_words() -> None:
    item = make_recommendation(state=S.DRAFT)
    answers = edit(item)
    assert sorted(answers) == sorted([(302, False)] + [(422, True)] * (MANY - 1)), answers
    assert Recommendation.objects.unguarded("test").get().version == 1


def test_without_the_version_all_twenty_would_overwrite_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: with the claim taken out, the test above would see it."""
    monkeypatch.setattr(drafting, "claim_version", lambda row, version: None)
    assert edit(make_recommendation(state=S.DRAFT)).count((302, False)) == MANY


def test_twenty_clear_at_once_one_clearance_stands() -> None:
    item = make_recommendation(state=S.TO_CLEAR)
    approvers = [make_approver() for _ in range(5)]

    def clear(number: int) -> str:
        try:
            actions.clear_answer(recommendation=item, by=approvers[number % 5])
            return "cleared"
        except Refused:
            return "refused"

    assert sorted(at_once(clear)) == ["cleared"] + ["refused"] * (MANY - 1)
    assert Answer.objects.unguarded("test").get().cleared_by in approvers
