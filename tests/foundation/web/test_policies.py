"""Every view says who may call it, and means it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import clear_url_caches, get_resolver, reverse

from accounts.enums import StaffRole
from accounts.models import RoleGrant, User
from foundation.web.checks import all_patterns, every_url_has_a_policy
from foundation.web.policies import Predicate, public, signed_in, staff

HERE = "tests.foundation.web.urls"
pytestmark = [pytest.mark.urls(HERE), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def no_second_factor(settings: object) -> None:
    """Policies are tested here, not the second factor."""
    settings.STAFF_NEED_SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def people() -> dict[str, User]:
    """Return a plain person and one of each staff role, by role."""
    cast = {"plain": User.objects.create_user("plain@portal.example")}
    for role in StaffRole:
        cast[role] = User.objects.create_user(f"{role}@portal.example")
        RoleGrant.objects.create(user=cast[role], role=role)
    return cast


def status(path: str, user: User | None) -> int:
    client = Client()
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(path).status_code


# path → the people of the cast who get 200; strangers are led to sign-in, everyone else gets 404
TABLE = {
    "/mine/": {"plain", *StaffRole},
    "/desk/": {StaffRole.AUDITOR, StaffRole.APPROVER},
    "/admin/": {StaffRole.ADMINISTRATOR},
}


@pytest.mark.parametrize("path", TABLE)
def test_a_policy_lets_in_whom_it_names(path: str, people: dict[str, User]) -> None:
    assert status(path, None) == 302
    for name, user in people.items():
        assert status(path, user) == (200 if name in TABLE[path] else 404), (path, name)


def test_a_stranger_comes_back_after_sign_in() -> None:
    answer = Client().get("/mine/?page=2")
    assert answer["Location"] == reverse("account_login") + "?next=/mine/%3Fpage%3D2"


def test_a_deactivated_person_is_a_stranger(people: dict[str, User]) -> None:
    user = people["plain"]
    assert signed_in(user)
    user.is_active = False
    assert not signed_in(user)
    assert not signed_in(AnonymousUser())


def test_predicates_join_by_and_and_or() -> None:
    yes, no = Predicate("yes", lambda user: True), Predicate("no", lambda user: False)
    assert ((yes & no)(None), (yes | no)(None), (no | no)(None)) == (False, True, False)
    assert (yes & no | yes).name == "(yes and no or yes)"
    assert staff().name == "staff (any staff role)"


def test_a_public_page_says_why() -> None:
    with pytest.raises(ValueError, match="why"):
        public("")


def test_the_check_is_silent_when_every_view_speaks() -> None:
    assert every_url_has_a_policy(None) == []


@pytest.mark.urls("tests.foundation.web.undeclared_urls")
def test_the_check_names_each_silent_view() -> None:
    clear_url_caches()
    assert [error.msg for error in every_url_has_a_policy(None)] == [
        "/silent/ has no policy",
        "/deep/er/silent/ has no policy",
    ]


def test_included_views_of_others_are_declared_and_keep_their_names() -> None:
    declared = {route: str(pattern.callback.policy) for route, pattern in all_patterns()}  # type: ignore[attr-defined]
    assert declared["/accounts/login/"] == "public: sign-in"
    assert declared["/admin/"] == "staff (administrator)"
    assert reverse("account_login") == "/accounts/login/"
    assert reverse("mfa_activate_totp") == "/accounts/2fa/totp/activate/"
    assert reverse("admin:index") == "/admin/"
    assert len(declared) > 30
    assert get_resolver().resolve("/admin/").namespace == "admin"


def test_the_sign_in_page_of_the_admin_is_ours(people: dict[str, User]) -> None:
    answer = Client().get("/admin/login/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
