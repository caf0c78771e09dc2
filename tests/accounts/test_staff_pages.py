"""The administrators' page: who holds a role, giving and taking one, the password first."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.enums import StaffRole
from accounts.models import RoleDecision, User
from tests.accounts.people import confirm_again, person, sign_in
from tests.accounts.test_roles import ADMINISTRATOR, CONSOLE, OFFICER, WHY, roles_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def give(client: Client, **changes: str) -> object:
    form = {
        "email": "amina@portal.example",
        "role": OFFICER.value,
        "reason": WHY,
        "token": str(uuid.uuid4()),
        **changes,
    }
    return client.post(reverse("accounts:give_role"), form)


@pytest.fixture
def desk(boss: User) -> Client:
    """Return the client of an administrator who has just typed the password again."""
    client = sign_in(boss)
    confirm_again(client)
    return client


def test_only_administrators_see_the_page(boss: User) -> None:
    for user in (person("amina"), person("officer", OFFICER), person("auditor", "auditor")):
        client = sign_in(user)
        assert client.get(reverse("accounts:staff")).status_code == 404
        assert client.get(reverse("accounts:give_role")).status_code == 404
    assert Client().get(reverse("accounts:staff")).status_code == 302
    assert sign_in(boss).get(reverse("accounts:staff")).status_code == 200


def test_changing_roles_asks_for_the_password_first(boss: User) -> None:
    amina = person("amina")
    client = sign_in(boss)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = give(client)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert "reauthenticate" in answer["Location"]  # type: ignore[index]
    assert "reauthenticate" in client.get(reverse("accounts:give_role"))["Location"]
    assert roles_of(amina) == set()


def test_a_role_is_given_and_taken_through_the_pages(desk: Client) -> None:
    amina = person("amina", name="Amina El-Khoury")
    assert give(desk)["Location"] == reverse("accounts:staff")  # type: ignore[index]
    assert roles_of(amina) == {OFFICER}
    text = desk.get(reverse("accounts:staff")).content.decode()
    assert "Amina El-Khoury" in text and WHY in text
    take = reverse("accounts:take_role", args=[amina.pk, OFFICER])
    assert take in text
    assert "Take the role" in desk.get(take).content.decode()
    assert desk.post(take, {"reason": ""}).status_code == 200
    assert roles_of(amina) == {OFFICER}
    assert desk.post(take, {"reason": "left the unit"}).status_code == 302
    assert roles_of(amina) == set()
    assert desk.get(take).status_code == 404


def test_a_double_post_gives_once(desk: Client) -> None:
    person("amina")
    token = str(uuid.uuid4())
    answers = [give(desk, token=token) for _post in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("accounts:staff")}  # type: ignore[index]
    assert RoleDecision.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "nobody@portal.example"},
        {"email": "boss@portal.example"},
        {"role": "emperor"},
        {"reason": ""},
        {"reason": "a\x00b"},
        {"email": "\x00"},
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(desk: Client, changes: dict[str, str]) -> None:
    person("amina")
    answer = give(desk, **changes)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert not RoleDecision.objects.exists()
    if changes.get("reason") != "":
        assert "error" in answer.content.decode()  # type: ignore[attr-defined]


def test_the_administrators_own_role_has_no_button(desk: Client, boss: User) -> None:
    text = desk.get(reverse("accounts:staff")).content.decode()
    assert reverse("accounts:take_role", args=[boss.pk, ADMINISTRATOR]) not in text


def test_the_list_needs_the_same_queries_for_one_and_for_many(desk: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(reverse("accounts:staff"))
        counts.append(len(queries))
        for extra in range(3):
            actions.give_role(
                user=person(f"p{number}{extra}"), role=OFFICER, reason=WHY, by=CONSOLE
            )
            actions.give_role(
                user=User.objects.get(email=f"p{number}{extra}@portal.example"),
                role=StaffRole.AUDITOR,
                reason=WHY,
                by=User.objects.get(email="boss@portal.example"),
            )
    assert counts[1] <= counts[0] + 2, "grants are fetched at once, whoever many there are"
