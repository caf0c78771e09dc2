"""The front page of the public: what stands on it, who pays for it, and what it never says."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.confidentiality import Level
from letters.enums import LetterState
from portal import front
from portal.figures.making import make_figures
from portal.models import PublicFigures
from recommendations.actions import withdraw
from recommendations.enums import RecommendationState as S
from tests.factories import make_officer
from tests.letters.factories import make_coordinator, make_letter
from tests.recommendations.factories import make_recommendation, make_submitter

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'<b>([\d,]+)</b>|<td class="num">([\d,]+)</td>')


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    front.KEPT.clear()


def section(html: str) -> str:
    """Return the part of the page that holds the numbers."""
    return html.partition('id="figures"')[2].partition("</section>")[0]


def shown_numbers(html: str) -> list[int]:
    return [int((a or b).replace(",", "")) for a, b in SHOWN.findall(section(html))]


def text_of(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def answered(many: int, **fields: object) -> None:
    user, organization = make_submitter()
    values = {"organization": organization, "by": user, "level": Level.PUBLIC, **fields}
    for _ in range(many):
        make_recommendation(state=S.ANSWERED, **values)


def test_numbers_answers_and_letters_stand_on_the_page(client: Client) -> None:
    answered(7)
    coordinator, network = make_coordinator()
    make_letter(
        state=LetterState.DELIVERED, network=network, by=coordinator, level=Level.PUBLIC,
        subject="A table that stays", closed_at=timezone.now(), delivered_at=timezone.now(),
    )  # fmt: skip
    make_letter(state=LetterState.OPEN, network=network, by=coordinator, subject="Still open")
    make_figures()
    html = text_of(client)
    assert shown_numbers(html) == [5, 5, 5, 5, 5, 5]  # sent, answered, days; three breakdowns
    assert html.count("Meet people of the valleys") == front.NEWEST
    assert "A table that stays" in html and "Still open" not in html


def test_before_the_first_count_the_page_says_when_it_comes(client: Client) -> None:
    answered(7)
    html = text_of(client)
    assert "The first ones come tonight" in html and not shown_numbers(html)
    assert not PublicFigures.objects.exists()


@pytest.mark.parametrize("many", [0, 1, 4, 5, 6, 11])
def test_no_number_under_five_is_on_the_page(client: Client, many: int) -> None:
    answered(many)
    answered(many, level=Level.OFFICE, may_be_counted=True)
    make_figures()
    html = text_of(client)
    assert all(number >= 5 for number in shown_numbers(html))
    words = re.sub(r"<[^>]+>", " ", section(html).partition("<details")[0])
    assert not re.findall(r"(?<![\d,])[1-4](?![\d,])", words)


def test_number_under_five_is_found(client: Client) -> None:
    """Positive control of the test above."""
    numbers = {"sent": 3, "answered": 0, "waiting": 0, "position:accepted": 2}
    PublicFigures.objects.create(day=dt.date(2026, 1, 1), made_at=timezone.now(), numbers=numbers)
    assert shown_numbers(text_of(client)) == [3, 2]


def test_count_of_the_public_list_is_said_from_five_on(client: Client) -> None:
    answered(4)
    assert "recommendations</p>" not in text_of(client, "/recommendations/published/")
    answered(1)
    assert "5 recommendations</p>" in text_of(client, "/recommendations/published/")


# Who pays -------------------------------------------------------------------------------------
def queries(client: Client, path: str = "/") -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_page_costs_three_queries_whatever_there_is(client: Client) -> None:
    answered(6)
    make_figures()
    made = queries(client)
    assert queries(client) == 3
    answered(30)
    assert queries(client) == made  # another page: made anew, at the same price
    assert queries(client) == 3


def test_rush_of_visitors_costs_nothing_and_the_page_is_never_older_than_a_second(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(front.time, "monotonic", lambda: now[0])
    settings.FRONT_PAGE_SECONDS = 1.0
    assert queries(client) and queries(client) == 0
    answered(1, title="Answered since")
    now[0] += 0.9
    assert "Answered since" not in text_of(client)
    now[0] += 0.1
    assert "Answered since" in text_of(client)


def test_compressed_page_is_the_same_page(client: Client) -> None:
    plain, small = client.get("/"), client.get("/", headers={"accept-encoding": "br, gzip"})
    assert small["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
    assert gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in small["Vary"]


def test_stranger_gets_no_cookie_and_may_keep_the_page_if_asked_anew(client: Client) -> None:
    first = client.get("/")
    assert not first.cookies
    assert first["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in first["Vary"].split(",")}
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    other = client.get("/", headers={"if-none-match": first["ETag"], "accept-language": "ar"})
    assert other.status_code == 200 and 'dir="rtl"' in other.content.decode()


def test_page_of_somebody_who_is_known_is_never_kept(client: Client) -> None:
    client.force_login(make_officer())
    answer = client.get("/public/")
    assert answer["Cache-Control"] == "no-store" and "ETag" not in answer
    assert not front.KEPT.pages


def test_visitor_with_any_cookie_but_the_language_is_not_given_a_kept_page(client: Client) -> None:
    client.cookies["messages"] = "x"
    assert client.get("/")["Cache-Control"] == "no-store"
    client.cookies.clear()
    client.cookies["django_language"] = "fr"
    assert client.get("/")["Cache-Control"] == "public, no-cache"


def test_everybody_sees_the_same_numbers_answers_and_letters(client: Client) -> None:
    answered(6)
    answered(1, level=Level.OFFICE, title="For the Office only")
    make_figures()
    stranger = text_of(client, "/public/").partition("<main")[2].partition("</main>")[0]
    client.force_login(make_officer())
    assert text_of(client, "/public/").partition("<main")[2].partition("</main>")[0] == stranger


def test_what_is_taken_back_leaves_the_kept_page_at_once(client: Client) -> None:
    user, organization = make_submitter()
    item = make_recommendation(
        state=S.ANSWERED, level=Level.PUBLIC, organization=organization, by=user, title="Taken back"
    )
    mark = client.get("/")["ETag"]
    assert "Taken back" in text_of(client)
    withdraw(recommendation=item, by=user)
    assert "Taken back" not in text_of(client)
    assert client.get("/", headers={"if-none-match": mark}).status_code == 200


def test_page_is_not_kept_when_a_row_changes_while_it_is_made() -> None:
    kept, made = front.Kept(2), []

    def make() -> front.Page:
        if not made:
            answered(1)
        made.append(1)
        return front.Page(b"", b"", str(len(made)))

    assert [kept.get("en", make).mark for _ in range(3)] == ["1", "2", "2"]


def test_only_so_many_pages_are_kept() -> None:
    kept = front.Kept(2)
    for key in (1, 2, 3, 3, 2):
        kept.get(key, lambda: front.Page(b"", b"", ""))
    assert list(kept.pages) == [2, 3]
