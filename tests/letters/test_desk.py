"""The Office's pages of letters: the list, one letter, its asks marked and taken back."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from letters.enums import AT_THE_OFFICE
from letters.enums import LetterState as S
from letters.models import Ask, Letter
from recommendations.models import ActionAsked, Addressee, Recommendation, Topic
from tests.factories import make_approver, make_officer, make_user
from tests.letters.factories import make_ask, make_letter, make_name, make_offer
from tests.recommendations.factories import make_word

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"letters:{name}", args=args)


def words() -> dict[str, Any]:
    """Return a form that is right."""
    return {
        "place": "3.b",
        "quote": "what became of what they said",
        "number": "3.b",
        "text": "Say what became of what people said.",
        "addressee": make_word(Addressee, "office", "The Office").pk,
        "action_asked": make_word(ActionAsked, "engage", "Engage or consult").pk,
        "topics": [make_word(Topic, "evaluation", "Evaluation").pk],
        "token": uuid.uuid4(),
    }


# The desk -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("view", "count"),
    [("", 6), ("acknowledge", 2), ("mark", 1), ("answer", 1), ("mine", 1), ("all", 6), ("x", 6)],
)
def test_desk_shows_what_was_delivered(client: Client, view: str, count: int) -> None:
    officer = make_officer()
    for state in (S.DRAFT, S.OPEN, S.CLOSED, *AT_THE_OFFICE):
        make_letter(
            state=state,
            owner=officer if state in (S.UNDER_REVIEW, S.ANSWERED, S.NO_ANSWER) else None,
        )
    client.force_login(officer)
    page = client.get(f"{url('list')}?view={view}")
    assert len(page.context["rows"]) == count
    counts = {str(one["label"]): one["count"] for one in page.context["views"]}
    assert list(counts.values()) == [2, 1, 1, 1, 6]


def test_desk_shows_no_letter_in_which_the_officer_has_a_stake(client: Client) -> None:
    officer = make_officer()
    letter = make_letter(state=S.DELIVERED)
    make_name(letter, signed_by=officer)
    client.force_login(officer)
    assert client.get(url("list")).context["rows"] == []
    for name in ("item", "receive", "acknowledge", "review_letter", "assign", "mark"):
        assert client.get(url(name, letter.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    owner = make_officer()
    for _ in range(count):
        letter = make_letter(state=S.UNDER_REVIEW, owner=owner)
        for _again in range(count):
            make_ask(letter)
        make_offer(letter)
    client.force_login(owner)
    client.get(url("list"))
    with django_assert_num_queries(13):
        body = client.get(url("list")).content.decode()
    assert body.count(f"0 of {count} answered") == count


@pytest.mark.parametrize("count", [1, 3])
def test_letter_at_the_desk_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    letter = make_letter(state=S.UNDER_REVIEW)
    for _ in range(count):
        make_ask(letter)
    client.force_login(make_officer())
    client.get(url("item", letter.pk))
    with django_assert_num_queries(24):
        body = client.get(url("item", letter.pk)).content.decode()
    assert body.count("Marked by mistake") == count


def test_opening_a_letter_at_the_desk_is_recorded(client: Client) -> None:
    client.force_login(make_officer())
    client.get(url("item", make_letter(state=S.DELIVERED).pk))
    assert AuditEvent.objects.filter(action="letters.read").count() == 1


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (S.DELIVERED, ["I have opened it", "Acknowledge", "Mark an ask", "Take it"]),
        (S.OPENED, ["Acknowledge", "Mark an ask", "Take it"]),
        (
            S.ACKNOWLEDGED,
            ["Mark an ask", "Take it", "Take under review", "Close without an answer"],
        ),
        (S.UNDER_REVIEW, ["Mark an ask", "Take it", "Close without an answer"]),
        (S.ANSWERED, ["Mark an ask", "Take it"]),
        (S.NO_ANSWER, ["Mark an ask", "Take it", "Take under review"]),
    ],
)
def test_desk_offers_what_can_be_done(client: Client, state: str, buttons: list[str]) -> None:
    client.force_login(make_approver())
    body = client.get(url("item", make_letter(state=state).pk)).content.decode()
    panel = body[body.index('id="work"') :].partition("</section>")[0]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", panel) == buttons


def test_desk_of_recommendations_points_to_the_letters(client: Client) -> None:
    make_letter(state=S.DELIVERED)
    make_letter(state=S.ACKNOWLEDGED)
    client.force_login(make_officer())
    body = client.get(reverse("recommendations:list")).content.decode()
    assert f'href="{url("list")}" hx-get="{url("desk_link")}"' in body
    fragment = client.get(url("desk_link")).content.decode()
    assert "1 to acknowledge" in fragment
    assert "1 to mark" in fragment


def test_home_says_what_waits(client: Client) -> None:
    officer = make_officer()
    make_letter(state=S.DELIVERED, subject="A quiet room")
    make_letter(state=S.ACKNOWLEDGED, subject="A loud one", owner=officer)
    make_letter(state=S.ACKNOWLEDGED, subject="Of somebody else", owner=make_officer())
    client.force_login(officer)
    body = client.get("/").content.decode()
    assert "Acknowledge the letter “A quiet room”" in body
    assert "Mark what “A loud one” asks" in body
    assert "Of somebody else" not in body


# Steps ----------------------------------------------------------------------------------------
def test_letter_is_acknowledged_after_asking(client: Client) -> None:
    letter, officer = make_letter(state=S.DELIVERED), make_officer()
    client.force_login(officer)
    path = url("acknowledge", letter.pk)
    assert "are told that the Office has it" in client.get(path).content.decode()
    answer = client.post(path, {"token": uuid.uuid4()})
    assert answer.headers["Location"] == url("item", letter.pk)
    now = Letter.objects.unguarded("test").get()
    assert (now.state, now.owner) == (S.ACKNOWLEDGED, officer)
    refused = client.post(path, {"token": uuid.uuid4()})
    assert refused.status_code == 409
    assert "not possible now" in refused.content.decode()


def test_letter_is_given_to_another_officer(client: Client) -> None:
    letter, other = make_letter(state=S.DELIVERED), make_officer()
    client.force_login(make_officer())
    client.post(url("assign", letter.pk), {"owner": other.pk, "token": uuid.uuid4()})
    assert Letter.objects.unguarded("test").get().owner == other


def test_ask_is_marked_in_the_browser(client: Client) -> None:
    letter, officer = make_letter(state=S.ACKNOWLEDGED), make_officer()
    client.force_login(officer)
    form = client.get(url("mark", letter.pk), {"place": "3.b"})
    assert "tells them afterwards" in form.content.decode()
    assert form.context["form"].initial["number"] == "1"
    answer = client.post(url("mark", letter.pk), words())
    assert answer.headers["Location"] == f"{url('item', letter.pk)}#p-3.b"
    ask = Ask.objects.unguarded("test").with_recommendation().get()
    assert (ask.number, ask.place, ask.marked_by) == ("3.b", "3.b", officer)
    assert ask.recommendation.text == "Say what became of what people said."
    body = client.get(url("item", letter.pk)).content.decode()
    assert 'href="#ask-3.b"' in body


def test_form_posted_twice_marks_once(client: Client) -> None:
    letter, form = make_letter(state=S.ACKNOWLEDGED), words()
    client.force_login(make_officer())
    answers = [client.post(url("mark", letter.pk), form).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Ask.objects.unguarded("test").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("place", "99", "place"),
        ("quote", "words of another letter", "quote"),
        ("quote", "a\x07b", "quote"),
        ("text", "", "text"),
        ("text", "x" * 2001, "text"),
        ("number", "", "number"),
        ("number", "x" * 13, "number"),
        ("number", "no space", "__all__"),
        ("addressee", "", "addressee"),
        ("addressee", "nonsense", "addressee"),
        ("action_asked", "", "action_asked"),
        ("topics", [], "topics"),
        ("topics", ["nonsense"], "topics"),
        ("pillars", ["99999"], "pillars"),
    ],
)
def test_wrong_field_is_told_and_nothing_typed_is_lost(
    client: Client, field: str, value: Any, error: str
) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED)
    client.force_login(make_officer())
    answer = client.post(url("mark", letter.pk), {**words(), field: value})
    assert answer.status_code == 422
    assert error in answer.context["form"].errors
    assert b"Say what became" in answer.content or field == "text"
    assert not Recommendation.objects.unguarded("test").exists()


def test_offer_needs_no_pillar_and_no_topic(client: Client) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED)
    client.force_login(make_officer())
    offer = make_word(ActionAsked, "offer", "Offer (not a demand)").pk
    client.post(url("mark", letter.pk), {**words(), "action_asked": offer, "topics": []})
    ask = Ask.objects.unguarded("test").get()
    assert "Acknowledge the offer" in client.get(url("item", letter.pk)).content.decode()
    client.post(url("acknowledge_offer", ask.pk), {"token": uuid.uuid4()})
    assert Ask.objects.unguarded("test").get().acknowledged_at is not None


def test_demand_has_no_page_to_acknowledge_it(client: Client) -> None:
    ask = make_ask(make_letter(state=S.ACKNOWLEDGED))
    client.force_login(make_officer())
    assert client.get(url("acknowledge_offer", ask.pk)).status_code == 404


def test_ask_is_taken_back_in_the_browser(client: Client) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED)
    ask = make_ask(letter)
    client.force_login(make_officer())
    path = url("undo_ask", ask.pk)
    assert client.post(path, {"token": uuid.uuid4()}).status_code == 422
    client.post(path, {"reason": "A strength, no ask.", "token": uuid.uuid4()})
    assert not Ask.objects.unguarded("test").standing().exists()
    assert "A strength, no ask." in client.get(url("item", letter.pk)).content.decode()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["item", "receive", "acknowledge", "review_letter", "close_unanswered", "assign", "mark"],
)
def test_pages_of_the_desk_are_not_there_for_others(client: Client, name: str) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    path = url(name, letter.pk)
    assert client.get(path).status_code == 302
    for other in (letter.created_by, make_user(), make_user("", "auditor")):
        client.force_login(other)
        assert client.get(path).status_code == 404
