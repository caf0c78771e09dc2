"""The paginator of long tables, the quick select and the cell of the desk."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import User
from foundation.web.pagination import LongPaginator, paginate_long
from foundation.web.widgets import QuickSelect
from tests.factories import make_user

EVIL = '<script>alert("1")</script>&\''


@pytest.fixture
def people(db: None) -> list[User]:
    """Seven people in the order of their addresses."""
    return [make_user(f"p{number}@tests.example") for number in range(7)]


def test_pages_are_those_of_djangos_paginator(people: list[User]) -> None:
    rows = User.objects.order_by("email")
    ours, plain = LongPaginator(rows, rows, 3), Paginator(rows, 3)
    assert ours.num_pages == plain.num_pages == 3
    for number in plain.page_range:
        assert list(ours.page(number)) == list(plain.page(number))


def test_a_page_is_one_query_and_one_for_the_count(
    people: list[User], django_assert_num_queries: Any
) -> None:
    rows = User.objects.order_by("email")
    with django_assert_num_queries(2):
        assert len(LongPaginator(rows, rows, 3).page(2)) == 3
    with django_assert_num_queries(1):
        page = LongPaginator(rows, rows, 3, total=7).page(3)
        assert [one.email for one in page] == ["p6@tests.example"]
        assert page.paginator.count == 7


def test_only_what_was_found_is_shown_whatever_the_rows_hold(people: list[User]) -> None:
    found = User.objects.filter(email__in=["p1@tests.example", "p5@tests.example"])
    shown = LongPaginator(found.order_by("email"), User.objects.order_by("email"), 25).page(1)
    assert [one.email for one in shown] == ["p1@tests.example", "p5@tests.example"]


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 3), ("x", 1), ("", 1), ("-4", 3)])
def test_a_bad_number_is_the_nearest_good_page(people: list[User], asked: str, number: int) -> None:
    rows = User.objects.order_by("email")
    request = RequestFactory().get("/", {"page": asked, "q": "a b"})
    page = paginate_long(request, rows, rows, 3)
    assert page.number == number
    assert page.query == "q=a+b"  # type: ignore[attr-defined]


def test_no_rows_are_one_empty_page(db: None) -> None:
    rows = User.objects.none()
    assert list(LongPaginator(rows, rows, 3).get_page("7")) == []


def test_select_marks_the_chosen_one_and_escapes_everything() -> None:
    widget = QuickSelect(choices=[("", "Any"), (1, EVIL), (EVIL, "two")])
    html = widget.render("a", 1, {"id": "id_a", "aria-label": EVIL})
    assert "<script>" not in html
    assert 'id="id_a" name="a">' in html.partition("<option")[0]
    assert html.count(" selected") == 1
    assert '<option value="1" selected>&lt;script&gt;' in html
    assert '<option value="" selected>Any</option>' in widget.render("a", None)


def cell(**values: Any) -> str:
    """Return a cell as the desk shows it."""
    return Template("{% desk_cell cell %}").render(Context({"cell": values}))


def test_cell_escapes_text_label_and_state() -> None:
    state = SimpleNamespace(staff=EVIL, tone=EVIL, public="")
    for html in (cell(text=EVIL, label=EVIL), cell(state=state), cell(text=EVIL, late=True)):
        assert "<script>" not in html and '"1"' not in html.replace("&quot;", "")


def test_cell_says_what_it_is_given() -> None:
    state = SimpleNamespace(staff="To clear", tone="work", public="")
    assert cell(state=state, label="State") == (
        '<td data-label="State"><span class="state work">To clear</span></td>'
    )
    assert cell(text=None) == cell() == "<td></td>"
    assert cell(text="late", late=True) == '<td><span class="late">late</span></td>'
    today = timezone.localdate()
    assert '<span class="late">' in cell(due=today - dt.timedelta(days=2))
    assert "<td><span>" in cell(due=today + dt.timedelta(days=2))
