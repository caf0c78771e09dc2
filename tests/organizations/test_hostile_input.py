"""Nothing that is typed, posted or asked for breaks a page."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from organizations.enums import RegistrationState as S
from tests.factories import (
    make_officer,
    make_organization,
    make_user,
)
from tests.organizations.test_writing import fill, signed_in

pytestmark = pytest.mark.django_db


NASTY = [
    "\x00",
    "\ud800",
    "<script>alert(1)</script>",
    "x" * 150_000,
    "' OR 1=1 --",
    "\u202e",
    "99999999999999999999",
]


@pytest.mark.parametrize("page", ["names", "work", "papers", "visibility", "members", "appeal"])
@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value[:8]))
def test_nasty_input_is_a_clear_error_and_never_a_failure(page: str, value: str) -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    url = reverse(f"organizations:{page}", args=[organization.pk])
    browser = signed_in(owner)
    fields = browser.get(url).context["form"].fields
    sent = value.encode("utf-8", "surrogatepass")
    body = urlencode(dict.fromkeys(fields, sent))
    answer = browser.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 400, 413, 422)
    assert b"<script>alert(1)</script>" not in answer.content


@how(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.dictionaries(
        st.sampled_from(["view", "q", "state", "country", "kind", "expiring", "page"]),
        st.text(max_size=40),
    )
)
def test_any_query_of_the_desk_is_answered(data: dict[str, str]) -> None:
    browser = signed_in(make_officer())
    query = urlencode(
        {name: value.encode("utf-8", "surrogatepass") for name, value in data.items()}
    )
    assert browser.get(f"{reverse('organizations:list')}?{query}").status_code in (200, 400)


def test_name_of_a_megabyte_is_told_and_given_back() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    url = reverse("organizations:names", args=[organization.pk])
    answer = fill(signed_in(owner), url, name="y" * 1_000_000)
    assert answer.status_code == 422 and b"yyyy" in answer.content


def test_unknown_entry_is_missing_everywhere() -> None:
    browser = signed_in(make_user())
    for name in (
        "detail",
        "visibility",
        "names",
        "work",
        "papers",
        "review",
        "appeal",
        "close",
        "members",
        "item",
    ):
        assert browser.get(reverse(f"organizations:{name}", args=[uuid.uuid4()])).status_code == 404
