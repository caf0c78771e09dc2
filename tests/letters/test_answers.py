"""The page of those who asked: what a letter asked, what was answered, what was done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level
from letters.enums import LetterState as S
from letters.models import Ask, Letter
from tests.factories import make_user
from tests.letters.factories import answer_ask, make_ask, make_letter, make_name, make_offer

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"letters:{name}", args=args)


@pytest.fixture
def asked() -> tuple[Letter, Any]:
    """A public letter with an answered ask, an open one and an offer; and who signed it."""
    letter, signer = make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC), make_user()
    make_name(letter, signed_by=signer)
    answer_ask(make_ask(letter, number="1", text="Come to the valleys.", place="3.a"))
    make_ask(letter, number="2", text="Write it all down.")
    make_offer(letter, number="O.1")
    return letter, signer


def test_signatory_reads_all_that_was_asked_and_answered(client: Client, asked: Any) -> None:
    letter, signer = asked
    client.force_login(signer)
    body = client.get(url("answers", letter.pk)).content.decode()
    for said in ("Come to the valleys.", "We will.", "Write it all down.", "owes no answer"):
        assert said in body
    assert f'href="{letter.get_absolute_url()}#p-3.a"' in body
    assert url("answers", letter.pk) in client.get(letter.get_absolute_url()).content.decode()


def test_everyone_reads_what_was_answered_in_public(client: Client, asked: Any) -> None:
    letter, _signer = asked
    body = client.get(url("answers", letter.pk)).content.decode()
    assert "Come to the valleys." in body
    assert "We will." in body
    assert "Write it all down." not in body
    assert "We can prepare" not in body
    assert "see everything that the letter asks" in body


def test_letter_for_the_office_has_no_page_for_strangers(client: Client) -> None:
    letter, signer = make_letter(state=S.ACKNOWLEDGED), make_user()
    make_name(letter, signed_by=signer)
    answer_ask(make_ask(letter))
    assert client.get(url("answers", letter.pk)).status_code == 404
    client.force_login(signer)
    assert "We will." in client.get(url("answers", letter.pk)).content.decode()


@pytest.mark.parametrize("state", [S.DRAFT, S.CLOSED])
def test_letter_that_was_not_delivered_has_no_answers(client: Client, state: str) -> None:
    letter = make_letter(state=state)
    client.force_login(letter.created_by)
    assert client.get(url("answers", letter.pk)).status_code == 404


def test_page_without_an_ask_says_what_comes(client: Client) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    assert (
        "No answer to this letter is public"
        in client.get(url("answers", letter.pk)).content.decode()
    )
    client.force_login(letter.created_by)
    assert "You are told of each answer" in client.get(url("answers", letter.pk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["anyone", "signer"])
def test_answers_take_a_constant_number_of_queries(
    client: Client, count: int, who: str, django_assert_num_queries: Any
) -> None:
    letter, signer = make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC), make_user()
    make_name(letter, signed_by=signer)
    for _ in range(count):
        answer_ask(make_ask(letter))
    if who == "signer":
        client.force_login(signer)
    client.get(url("answers", letter.pk))
    with django_assert_num_queries(7 if who == "anyone" else 20):
        body = client.get(url("answers", letter.pk)).content.decode()
    assert body.count("We will.") == count


def test_recommendation_leads_to_its_paragraph(client: Client, asked: Any) -> None:
    letter, _signer = asked
    ask = Ask.objects.unguarded("test").with_recommendation().get(number="1")
    page = client.get(ask.recommendation.get_absolute_url()).content.decode()
    path = url("of_recommendation", ask.recommendation_id)
    assert path in page
    assert client.get(path).headers["Location"] == f"{letter.get_absolute_url()}#p-3.a"
    hidden = Ask.objects.unguarded("test").get(number="2")
    assert client.get(url("of_recommendation", hidden.recommendation_id)).status_code == 404


def test_places_of_the_letter_can_be_pointed_at(client: Client, asked: Any) -> None:
    body = client.get(asked[0].get_absolute_url()).content.decode()
    assert re.findall(r'id="p-([\w.]+)"', body) == ["1", "2", "3.a", "3.b"]
