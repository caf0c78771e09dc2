"""The benchmark of the desk: its cases are what they say, and both lists answer the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory

from bench import desk
from bench.bare import BareList
from demo.filling import Size, insert
from recommendations.enums import OPEN
from recommendations.models import Recommendation
from tests.factories import make_approver

WHY = "a test looks at everything"


@pytest.fixture
def filled(db: None) -> None:
    """A few hundred rows, one of them with the rare word."""
    silent: Any = lambda sentence: None  # noqa: E731
    insert(Size(520, 30, 2), seed=5, today=date(2026, 11, 25), say=silent)


def found(query: str) -> Any:
    """Return the page that the floor shows."""
    view = BareList()
    view.setup(RequestFactory().get(f"{desk.BARE}?{query}"))
    view.object_list = view.get_queryset()
    return view.get_context_data()["page_obj"]


def test_each_case_finds_rows_and_the_rare_word_few(filled: None) -> None:
    counts = {name: found(query).paginator.count for name, query in desk._cases().items()}
    assert all(counts.values())
    assert counts["rare word"] == 1
    assert counts["common word"] > 50
    everything = Recommendation.objects.unguarded(WHY)
    assert counts["plain"] == everything.filter(state__in=OPEN).count()
    assert counts["last page"] == everything.count()


def test_desk_shows_the_same_rows_as_the_floor_to_who_may_see_all(filled: None) -> None:
    client = Client()
    client.force_login(make_approver())
    for name, query in desk._cases().items():
        if name == "last page":
            continue  # drafts stand there, which nobody of the Office sees
        ours = client.get(f"{desk.DESK}?{query}").context["page"]
        drafts = [one.pk for one in found(query).object_list if one.submitted_at is None]
        assert drafts == [], name
        assert [one.pk for one in ours] == [one.pk for one in found(query)], name


@pytest.mark.usefixtures("filled")
def test_queries_of_the_desk_are_few_and_as_many_for_more_rows() -> None:
    cases = desk._cases()
    before = desk._queries(cases)
    silent: Any = lambda sentence: None  # noqa: E731
    insert(Size(300, 20, 2), seed=6, today=date(2026, 11, 25), say=silent)
    assert desk._queries(cases) == before
    assert max(before.values()) <= 12


def test_more_queries_for_a_larger_table_end_the_measure() -> None:
    assert desk._most_growth({"plain": 9}, {"plain": 9}) == 1
    with pytest.raises(AssertionError, match="queries grow"):
        desk._most_growth({"plain": 9, "last page": 9}, {"plain": 9, "last page": 34})


def test_growth_is_ours_beside_that_of_the_floor() -> None:
    few, many = {"ours": [1.0], "floor": [1.0]}, {"ours": [6.0], "floor": [4.0]}
    row = desk._growth("plain", few, many)
    assert (row.ours, row.floor, row.ratio) == (6.0, 4.0, 1.5)
    assert row.goal is not None and row.goal.is_met(row)
