"""The public register: both sides agree, each can take it back; what is for the Office never stands
there; a delivery shows what will be seen."""

from __future__ import annotations

import csv
import io
import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.workflow import NotYours, Refused
from letters import actions
from letters.enums import AT_THE_OFFICE, Mode, Side
from letters.enums import LetterState as S
from letters.models import Letter
from tests.factories import make_network, make_officer, make_user
from tests.letters.factories import make_letter, make_name

pytestmark = pytest.mark.django_db
REGISTER = "/letters/register/"


def listed(**fields: Any) -> Letter:
    """Return a public letter on which both sides have agreed."""
    letter = make_letter(**{"state": S.DELIVERED, "level": Level.PUBLIC, **fields})
    for side in Side:
        agree(letter, side)
    return letter


def agree(letter: Letter, side: str) -> None:
    coordinator = letter.network.coordinators.unguarded("test").first()
    by = coordinator.user if side == Side.NETWORK and coordinator else make_officer()
    actions.agree_to_listing(letter=letter, side=side, by=by)


def titles(client: Client, query: str = "") -> list[str]:
    return [letter.subject for letter in client.get(REGISTER + query).context["page"]]


# Both sides -----------------------------------------------------------------------------------
@pytest.mark.parametrize("sides", [
    set(chosen) for size in range(3) for chosen in itertools.combinations(Side, size)
])  # fmt: skip
@pytest.mark.parametrize("reader", ["anyone", "coordinator", "officer"])
def test_letter_is_listed_where_both_sides_agree(
    client: Client, sides: set[Side], reader: str
) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    for side in sides:
        agree(letter, side)
    if reader != "anyone":
        client.force_login(letter.created_by if reader == "coordinator" else make_officer())
    assert titles(client) == ([letter.subject] if sides == set(Side) else [])


@pytest.mark.parametrize("side", Side)
def test_consent_is_taken_back_and_the_letter_leaves(client: Client, side: Side) -> None:
    letter = listed()
    by = letter.created_by if side == Side.NETWORK else make_officer()
    actions.revoke_listing(letter=letter, side=side, by=by)
    actions.revoke_listing(letter=letter, side=side, by=by)
    assert titles(client) == []
    kept = AuditEvent.objects.filter(action="letters.listing_revoked")
    assert [event.facts["side"] for event in kept] == [side]
    assert client.get(letter.get_absolute_url()).status_code == 200, "it stays public"


@pytest.mark.parametrize("side", Side)
def test_each_side_agrees_for_itself_only(side: Side) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    signed, officer = make_officer(), make_officer()
    make_name(letter, signed_by=signed, mode=Mode.OFFICE)
    others = [signed, make_user(), make_user("", "auditor"), make_letter().created_by]
    others.append(officer if side == Side.NETWORK else letter.created_by)
    for other in others:
        for act in (actions.agree_to_listing, actions.revoke_listing):
            with pytest.raises(NotYours):
                act(letter=letter, side=side, by=other)


def test_letter_for_the_office_is_never_listed(client: Client) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.OFFICE)
    for side, by in ((Side.NETWORK, letter.created_by), (Side.OFFICE, make_officer())):
        with pytest.raises(Refused, match="Office only"):
            actions.agree_to_listing(letter=letter, side=side, by=by)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    rows = Letter.objects.unguarded("test").filter(pk=letter.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(network_lists_at=moment, office_lists_at=moment)
    assert titles(client) == []


@pytest.mark.parametrize("state", [state for state in S.values if state not in AT_THE_OFFICE])
def test_letter_that_was_not_delivered_is_not_listed(client: Client, state: str) -> None:
    letter = make_letter(state=state, level=Level.PUBLIC)
    with pytest.raises(Refused):
        actions.agree_to_listing(letter=letter, side=Side.NETWORK, by=letter.created_by)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    Letter.objects.unguarded("even so").update(network_lists_at=moment, office_lists_at=moment)
    assert titles(client) == []


# The page -------------------------------------------------------------------------------------
@pytest.fixture
def three() -> list[Letter]:
    """Three listed letters, and one that is public but not listed."""
    first = make_network(name="Ash Network", coordinators=(make_user(),))
    second = make_network(name="Birch Network", coordinators=(make_user(),))
    made = [
        listed(network=first, subject="Visits and rights", delivered_at=_day(2024)),
        listed(network=second, subject="Rights of those who visit", delivered_at=_day(2025)),
        listed(network=second, subject="Another matter", delivered_at=_day(2026), state=S.ANSWERED),
    ]
    make_letter(network=make_network(name="Cedar Network"), state=S.DELIVERED, level=Level.PUBLIC,
                subject="Visits unlisted", delivered_at=_day(2023))  # fmt: skip
    return made


def _day(year: int) -> datetime:
    return datetime(year, 6, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(("query", "found"), [
    ("", [2, 1, 0]),
    ("?sort=oldest", [0, 1, 2]),
    ("?sort=title", [2, 1, 0]),
    ("?q=rights+visit", [1, 0]),
    ("?q=RIGHTS&sort=oldest", [0, 1]),
    ("?q=nothing", []),
    ("?year=2025", [1]),
    ("?year=2023", [2, 1, 0]),
    ("?year=x&network=y&state=z&sort=w", [2, 1, 0]),
    ("?state=answered", [2]),
    ("?state=draft", [2, 1, 0]),
])  # fmt: skip
def test_register_is_narrowed_and_sorted(
    client: Client, three: list[Letter], query: str, found: list[int]
) -> None:
    assert titles(client, query) == [three[at].subject for at in found]


def test_register_is_narrowed_by_network_and_offers_only_what_is_listed(
    client: Client, three: list[Letter]
) -> None:
    assert titles(client, f"?network={three[0].network_id}") == [three[0].subject]
    body = client.get(REGISTER).content.decode()
    assert "Birch Network" in body
    assert "Cedar Network" not in body, "its letter is not listed"
    assert "2023" not in body
    assert "3 letters" in body


def test_empty_register_says_why(client: Client, three: list[Letter]) -> None:
    assert "Nothing fits" in client.get(REGISTER + "?q=nothing").content.decode()
    Letter.objects.unguarded("test").update(office_lists_at=None)
    assert "No letter is listed yet" in client.get(REGISTER).content.decode()


def test_register_comes_in_pages(client: Client) -> None:
    network = make_network(coordinators=(make_user(),))
    for number in range(27):
        listed(network=network, subject=f"Letter {number:02}")
    first = client.get(REGISTER + "?sort=title")
    assert "27 letters" in first.content.decode()
    assert 0 < len(first.context["page"]) < 27
    assert titles(client, "?sort=title&page=2")[-1] == "Letter 26"


def test_register_as_a_file(client: Client) -> None:
    listed(subject="=HYPERLINK(1), and more", delivered_at=_day(2025))
    listed(subject="Права", language="ru", delivered_at=_day(2024))
    make_letter(state=S.DELIVERED, level=Level.PUBLIC, subject="Unlisted")
    answer = client.get("/letters/register.csv?sort=oldest")
    assert answer.headers["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"] for row in rows] == ["Права", "'=HYPERLINK(1), and more"]
    assert rows[0]["delivered"] == "2024-06-15"
    assert rows[0]["address"].endswith(rows[0]["address"].partition("/letters/")[2])
    assert len(list(csv.DictReader(io.StringIO(
        client.get("/letters/register.csv?year=2025").content.decode("utf-8-sig")
    )))) == 1  # fmt: skip


@pytest.mark.parametrize("count", [1, 4])
def test_register_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        listed(subject=f"Letter {number}")
    client.get(REGISTER)
    with django_assert_max_num_queries(5):
        client.get(REGISTER)


def test_consent_is_given_in_the_browser(client: Client) -> None:
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    steps = (
        (letter.created_by, reverse("letters:list_for_network", args=[letter.pk]),
         letter.get_absolute_url()),
        (make_officer(), reverse("letters:list_for_office", args=[letter.pk]),
         reverse("letters:item", args=[letter.pk])),
    )  # fmt: skip
    for user, path, back in steps:
        client.force_login(user)
        assert path in client.get(back).content.decode()
        assert "Either side can take that back" in client.get(path).content.decode()
        assert client.post(path, {"token": uuid.uuid4()}).headers["Location"] == back
    assert titles(client) == [letter.subject]
    user, path, back = steps[0]
    client.force_login(user)
    assert "stands in the public register" in client.get(back).content.decode()
    client.post(path, {"token": uuid.uuid4()})
    assert titles(client) == []


# Delivery -------------------------------------------------------------------------------------
@pytest.mark.parametrize("wished", [True, False])
def test_delivery_shows_what_will_be_seen_and_asks_for_the_register(
    client: Client, monkeypatch: pytest.MonkeyPatch, wished: bool
) -> None:
    monkeypatch.setattr("letters.actions.delivering._must_be_sealed", lambda letter: "")
    letter = make_letter(state=S.CLOSED, level=Level.PUBLIC)
    make_name(letter)
    for number in range(2):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"Far House {number}")
    client.force_login(letter.created_by)
    path = reverse("letters:step", args=[letter.pk, "deliver"])
    page = client.get(path)
    facts = {str(fact["label"]): fact["value"] for fact in page.context["facts"]}
    assert facts["Names that are public"] == "1"
    assert facts["Named to the Office besides"] == "2"
    assert "Far House" not in page.content.decode()
    client.post(path, {"token": uuid.uuid4(), **({"list_it": "on"} if wished else {})})
    now = Letter.objects.unguarded("test").get(pk=letter.pk)
    assert now.state == S.DELIVERED
    assert (now.network_lists_at is not None) is wished
    assert titles(client) == [], "the Office has not agreed"


def test_delivery_of_a_letter_for_the_office_asks_for_no_register(client: Client) -> None:
    letter = make_letter(state=S.CLOSED, level=Level.OFFICE)
    client.force_login(letter.created_by)
    body = client.get(reverse("letters:deliver", args=[letter.pk])).content.decode()
    assert "list_it" not in body


def test_delivery_without_a_sealed_copy_says_what_is_missing(client: Client) -> None:
    letter = make_letter(state=S.CLOSED)
    client.force_login(letter.created_by)
    answer = client.post(reverse("letters:deliver", args=[letter.pk]), {"token": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Make the sealed PDF first" in answer.content.decode()
