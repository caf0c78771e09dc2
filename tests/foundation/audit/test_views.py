"""The auditor's pages: for auditors only, filtered, and each look recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.enums import StaffRole
from accounts.models import RoleGrant, User
from foundation.audit import presenting, record, record_read, register_presenter, sentence
from foundation.audit.models import AuditEvent, AuditSeal
from foundation.audit.sealing import seal_pending
from foundation.confidentiality import SystemActor
from foundation.web.middleware import ReadingNeverWrites, WriteWhileReading

BY = SystemActor("relay")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    """Sign-in is another test's business."""
    settings.STAFF_NEED_SECOND_FACTOR = False


def person(role: str = "") -> User:
    user = User.objects.create_user(f"{role or 'nobody'}@example.org", "long-enough-secret")
    if role:
        RoleGrant.objects.create(user=user, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def auditor() -> Client:
    """Return a client in which an auditor is signed in."""
    return signed_in(person(StaffRole.AUDITOR))


@pytest.mark.parametrize("role", ["", *[r for r in StaffRole if r != StaffRole.AUDITOR]])
def test_log_is_not_there_for_others(role: str) -> None:
    event = record("letters.frozen", None, by=BY)
    client = signed_in(person(role))
    for url in (reverse("audit:list"), reverse("audit:event", args=[event.pk])):
        assert client.get(url).status_code == 404
    assert AuditEvent.objects.count() == 1


def test_log_sends_strangers_to_sign_in() -> None:
    assert Client().get(reverse("audit:list")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_events_takes_the_same_queries(
    auditor: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        record("letters.frozen", None, by=BY, number=number)
    with django_assert_num_queries(7):  # session, user, roles, newest, count, record, rows
        answer = auditor.get(reverse("audit:list"))
    assert answer.content.decode().count("letters.frozen</span>") == count


def test_each_look_is_recorded(auditor: Client) -> None:
    event = record("letters.frozen", None, by=BY)
    auditor.get(reverse("audit:list"), {"object_type": "letters.letter"})
    auditor.get(reverse("audit:event", args=[event.pk]))
    looks = list(AuditEvent.objects.exclude(pk=event.pk).order_by("id"))
    assert [look.action for look in looks] == ["audit.listed", "audit.opened"]
    assert looks[0].facts == {"page": 1, "object_type": "letters.letter"}
    assert looks[1].object_id == str(event.pk)
    assert {look.actor_id for look in looks} == {str(User.objects.get().pk)}
    assert sentence(looks[1]) == f"Event {event.pk} of the audit log was opened."


def test_filters_narrow_the_list(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    other = person()
    # An address is looked up only for those whom a room names to auditors: staff.
    monkeypatch.setattr(presenting, "_naming", [lambda ids: dict.fromkeys(ids, "N. Officer")])
    wanted = record("accounts.signed_in", other, by=other)
    record("letters.frozen", None, by=BY)
    for asked in (
        {"actor": str(other.pk)},
        {"actor": "nobody@example.org"},
        {"object_type": "accounts.user", "object_id": str(other.pk)},
        {"object_id": str(other.pk), "since": "2018-01-24", "until": "2989-01-01"},
    ):
        answer = auditor.get(reverse("audit:list"), asked)
        assert [row.event for row in answer.context["rows"]] == [wanted], asked
    assert not auditor.get(reverse("audit:list"), {"since": "2989-01-01"}).context["rows"]
    # The address that was typed is not in the log: the id is.
    looks = AuditEvent.objects.filter(action="audit.listed")
    assert all("@" not in str(look.facts) for look in looks)


@pytest.mark.parametrize(
    "asked",
    [{"object_id": "two words"}, {"actor": "who@example.org"}, {"since": "x"}, {"until": "9999-12-31"}, {"action": "x.y"},
     {"object_type": "é" * 90}, {"actor": "Zoë"}],
)  # fmt: skip
def test_filter_that_makes_no_sense_says_so(auditor: Client, asked: dict[str, str]) -> None:
    record("letters.frozen", None, by=BY)
    answer = auditor.get(reverse("audit:list"), asked)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not answer.context["rows"]


def test_pages_do_not_slide_while_looks_are_recorded(auditor: Client) -> None:
    ids = [record("letters.frozen", None, by=BY, n=n).pk for n in range(120)]
    seen: list[int] = []
    url = reverse("audit:list")
    first = auditor.get(url)
    query = first.context["events"].query
    for number in (1, 2, 3):
        answer = auditor.get(f"{url}?{query}&page={number}")
        seen += [row.event.pk for row in answer.context["rows"]]
    assert seen == sorted(ids, reverse=True)


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "²"])
def test_strange_number_in_the_address_is_ignored(auditor: Client, up_to: str) -> None:
    assert auditor.get(reverse("audit:list"), {"up_to": up_to}).status_code == 200


def test_event_shows_its_seal(auditor: Client) -> None:
    event = record("letters.frozen", None, by=BY, colour="blue")
    url = reverse("audit:event", args=[event.pk])
    assert "Waits for its seal" in auditor.get(url).content.decode()
    seal_pending()
    page = auditor.get(url).content.decode()
    assert "Position 1 of the chain" in page
    assert "colour" in page
    assert auditor.get(reverse("audit:event", args=[10**17])).status_code == 404


def test_log_of_reads_is_written_while_reading_and_nothing_else_is() -> None:
    request = RequestFactory().get("/")

    def answer_with(write: Any) -> Any:
        return ReadingNeverWrites(lambda _request: write())(request)

    answer_with(lambda: record_read("letters.read", None, by=BY))
    assert AuditEvent.objects.get().action == "letters.read"
    with pytest.raises(WriteWhileReading):
        answer_with(lambda: AuditSeal.objects.create(position=1, event_id=1, mac="0" * 64))


def test_sentence_comes_from_the_room_and_survives_its_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presenting, "_presenters", {})
    event = record("letters.frozen", None, by=BY, number=7)
    assert sentence(event) == "letters.frozen."
    register_presenter("letters.frozen", lambda event: f"Letter {event.facts['number']} froze.")
    assert sentence(event) == "Letter 7 froze."
    with pytest.raises(ValueError, match="already"):
        register_presenter("letters.frozen", str)
    register_presenter("letters.broken", lambda event: str(event.facts["nothing"]))
    assert sentence(record("letters.broken", User, by=BY)) == "letters.broken: accounts.user."


def test_actor_is_named_where_a_room_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenting, "_naming", [])
    user = person()
    event = record("letters.frozen", None, by=user)
    assert presenting.actor(event, presenting.actor_names([event])) == f"person {str(user.pk)[:8]}"
    presenting.register_naming(lambda ids: dict.fromkeys(ids, "N. Officer"))
    assert presenting.actor(event, presenting.actor_names([event])) == "N. Officer"
