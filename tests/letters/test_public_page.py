"""The page of a letter for everybody: kept by caches, the same whoever asks, nothing hidden in it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings as portal
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.confidentiality import Level
from foundation.web.caching import SameForEverybody, answer_everybody, is_for_everybody
from foundation.web.checks import all_patterns
from letters.actions.counting import count_names
from letters.enums import LetterState as S
from letters.enums import Mode
from letters.models import Letter, LetterCount
from letters.views import public
from tests.factories import make_officer
from tests.letters.factories import make_letter, make_name

pytestmark = pytest.mark.django_db
BOTH = ("letters:public", "letters:count")


@pytest.fixture
def letter() -> Letter:
    one = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    make_name(one, organization_name="Aldern Law Clinic")
    make_name(one, organization_name="Hidden Canary House", mode=Mode.OFFICE)
    count_names()
    return one


def address(letter: Letter, name: str = "letters:public") -> str:
    return reverse(name, args=[letter.reference])


def visitors(letter: Letter) -> dict[str, Client]:
    """A stranger, people of every sort with their sessions, and strange headers."""
    signed_in = {"coordinator": Client(), "officer": Client()}
    signed_in["coordinator"].force_login(letter.created_by)
    signed_in["officer"].force_login(make_officer())
    return {
        "stranger": Client(),
        **signed_in,
        "arab": Client(headers={"accept-language": "ar"}),
        "htmx": Client(headers={"hx-request": "true"}),
    }


@pytest.mark.parametrize("name", BOTH)
def test_caches_may_keep_it_and_no_cookie_comes_or_goes(letter: Letter, name: str) -> None:
    answers = {who: client.get(address(letter, name)) for who, client in visitors(letter).items()}
    for who, answer in answers.items():
        assert answer.status_code == 200, who
        assert not answer.cookies, who
        assert answer["Cache-Control"] == (
            "public, max-age=15, stale-while-revalidate=30, stale-if-error=75"
        )
        assert set(answer.get("Vary", "").split(", ")) <= {"", "Accept-Encoding"}, who
        assert answer.content == answers["stranger"].content, who
        assert answer["ETag"] == answers["stranger"]["ETag"], who
        left = {k: v for k, v in answer.headers.items() if k != "Content-Encoding"}
        assert left == dict(answers["stranger"].headers), who


def test_without_the_middleware_pages_would_differ(letter: Letter, settings: Any) -> None:
    """The positive control: the same view, told apart by the session."""
    settings.SAME_FOR_EVERYBODY = []
    answers = {who: client.get(address(letter)) for who, client in visitors(letter).items()}
    assert answers["officer"].content != answers["stranger"].content
    assert "Cookie" in answers["officer"]["Vary"]


@pytest.mark.parametrize("name", BOTH)
def test_a_copy_that_is_still_right_is_not_sent_again(letter: Letter, name: str) -> None:
    client = Client()
    mark = client.get(address(letter, name))["ETag"]
    again = client.get(address(letter, name), headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"].startswith("public, max-age")
    zipped = client.get(
        address(letter, name), headers={"if-none-match": mark, "accept-encoding": "gzip"}
    )
    assert zipped.status_code == 304
    make_name(letter, organization_name="Brook Circle")
    LetterCount.objects.all().delete()
    count_names()
    moved = client.get(address(letter, name), headers={"if-none-match": mark})
    assert moved.status_code == 200


def test_the_count_says_since_when(letter: Letter) -> None:
    first = Client().get(address(letter, "letters:count"))
    counted = LetterCount.objects.get(letter=letter)
    assert json.loads(first.content) == {
        "reference": letter.reference,
        "organizations": 1,
        "individuals": 0,
        "withheld": 0,
        "total": 1,
        "as_of": counted.counted_at.isoformat(timespec="seconds"),
    }
    assert first["Content-Type"] == "application/json"
    since = {"if-modified-since": first["Last-Modified"]}
    assert Client().get(address(letter, "letters:count"), headers=since).status_code == 304


def test_nothing_of_a_hidden_name_is_on_it(letter: Letter) -> None:
    for name in BOTH:
        for who, client in visitors(letter).items():
            assert "Canary" not in client.get(address(letter, name)).content.decode(), who
    text = Client().get(address(letter)).content.decode()
    assert "Aldern Law Clinic" in text
    assert "1 organization" in text and "not public" not in text


@pytest.mark.parametrize(
    ("state", "level"), [(S.DRAFT, 10), (S.OPEN, 10), (S.CLOSED, 10), (S.DELIVERED, 30)]
)
def test_what_is_not_for_everybody_is_missing_and_never_kept(state: str, level: int) -> None:
    letter = make_letter(state=state, level=level)
    for who, client in visitors(letter).items():
        for name in BOTH:
            hidden = client.get(address(letter, name))
            missing = client.get(reverse(name, args=["LTR-2026-222222"]))
            assert hidden.status_code == missing.status_code == 404, who
            assert hidden["Cache-Control"] == "no-store"
            assert hidden.content == missing.content


def test_numbers_are_those_of_the_job(letter: Letter) -> None:
    make_name(letter, organization_name="Brook Circle")
    text = Client().get(address(letter)).content.decode()
    assert re.search(r"1 organization\b", text)
    LetterCount.objects.update(organizations=77, withheld=12)
    text = Client().get(address(letter)).content.decode()
    assert "77 organizations" in text and "and 12 whose names are not public" in text


def test_a_rush_makes_the_page_once(letter: Letter, settings: Any) -> None:
    settings.PUBLIC_LETTER_SECONDS = 60
    public.KEPT.things.clear()
    first = Client().get(address(letter)).content
    make_name(letter, organization_name="Brook Circle")
    assert Client().get(address(letter)).content == first
    settings.PUBLIC_LETTER_SECONDS = 0  # the control
    assert Client().get(address(letter)).content != first
    public.KEPT.things.clear()


def test_long_lists_are_shown_in_parts(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "NAMES_ON_PAGE", 2)
    for number in range(4):
        make_name(letter, organization_name=f"House {number}")
    first, last = (Client().get(address(letter), {"page": n}).content.decode() for n in (1, 3))
    assert "House 0" in first and "House 3" not in first
    assert "House 3" in last and "House 0" not in last
    assert "Organizations (5)" in last


def test_the_page_speaks_the_language_of_the_letter_or_of_the_address() -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC, language="fr")
    client = Client(headers={"accept-language": "es"})
    assert '<html lang="fr"' in client.get(address(letter)).content.decode()
    assert '<html lang="ar" dir="rtl"' in client.get(address(letter), {"in": "ar"}).content.decode()
    assert '<html lang="fr"' in client.get(address(letter), {"in": "xx"}).content.decode()


def test_personal_pages_stay_out_of_caches(letter: Letter) -> None:
    for client in visitors(letter).values():
        assert client.get(letter.get_absolute_url())["Cache-Control"] == "no-store"


def test_every_cached_page_is_made_without_its_reader() -> None:
    """Who calls answer_everybody must stand in the setting; nothing else may."""
    routes = {f"letters:{p.name}": r for r, p in all_patterns() if p.name and "reference" in r}
    for name in BOTH:
        assert is_for_everybody(reverse(name, args=["LTR-2026-7K3QXP"])), routes[name]
    for other in ("/", "/letters/", "/letters/new/", f"/letters/{'0' * 8}-0000/sign/"):
        assert not is_for_everybody(other)
    assert portal.MIDDLEWARE.index("foundation.web.caching.SameForEverybody") < (
        portal.MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")
    )


def test_a_cookie_that_a_view_sets_does_not_leave() -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        assert request.COOKIES == {} and "Cookie" not in request.headers
        answer = answer_everybody(request, b"x", seconds=15)
        answer.set_cookie("who", "somebody")
        answer["Vary"] = "Cookie, Accept-Language"
        return answer

    asked = RequestFactory().get("/letters/LTR-2026-7K3QXP/public/", HTTP_COOKIE="session=x")
    answer = SameForEverybody(careless)(asked)
    assert not answer.cookies
    assert "Vary" not in answer
    elsewhere = RequestFactory().get("/letters/", HTTP_COOKIE="session=x")
    with pytest.raises(AssertionError):
        SameForEverybody(careless)(elsewhere)
