"""Side doors: CSRF, redirects, rows reached past the guard, fields that nobody offered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import UnguardedRead
from foundation.confidentiality.models import GuardedModel
from letters.models import Signatory
from organizations.models import Membership, Organization
from portal.logs import without_personal_data
from tests.factories import make_membership, make_organization, make_user
from tests.trust.test_every_url import ROWS, path_of
from tests.trust.world import World, build, guarded_models

pytestmark = pytest.mark.django_db

GUARDED = guarded_models()
OPEN_TO_OTHER_SITES = {"documents:verify", "letters:verify"}  # changes nothing and reads no cookie


@pytest.fixture
def world() -> World:
    """The world of all suites."""
    return build()


def test_no_post_is_taken_from_another_site(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast["coordinator"])
    refused = 0
    for name, (methods, _what, _roles) in ROWS.items():
        if "POST" in methods and name not in OPEN_TO_OTHER_SITES:
            assert client.post(path_of(name, world)).status_code == 403, name
            refused += 1
    assert refused > 40


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "\t//evil.example",
               "javascript:alert(1)", "https:evil.example", "///evil.example"]
)  # fmt: skip
def test_no_form_leads_to_another_site(world: World, target: str) -> None:
    client = world.client("person")
    sent = {"next": target, "language": "fr", "login": "x", "password": "y"}
    for path in ("/language/", "/notices/read/", "/accounts/logout/"):
        answer = client.post(path, sent)
        assert "evil" not in answer.headers.get("Location", ""), path
        assert "javascript" not in answer.headers.get("Location", ""), path
    answer = Client().post("/accounts/login/", {
        "login": world.cast["person"].email, "password": "a long enough password", "next": target,
    })  # fmt: skip
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_no_way_of_reading_goes_round_the_guard(world: World, model: Any) -> None:
    everything = model.objects.all()
    ways = [
        lambda: list(everything.values()),
        lambda: list(everything.values_list("pk").union(everything.values_list("pk"))),
        lambda: list(everything.only("pk")[:1]),
        lambda: everything.aggregate(n=Count("pk")),
        lambda: (
            list(everything.dates("created_at", "day"))
            if hasattr(model, "created_at")
            else everything.count()
        ),
        lambda: everything.in_bulk(),
        lambda: everything.earliest("pk"),
        lambda: list(everything.iterator()),
        lambda: model.objects.get_or_create(pk="00000000-0000-4000-8000-000000000000"),
        lambda: list(model.objects.raw(f"SELECT * FROM {model._meta.db_table}")),  # noqa: S608
        lambda: bool(everything),
        lambda: repr(everything),
        lambda: list(everything.unguarded("x") | everything),
    ]
    for way in ways:
        with pytest.raises(UnguardedRead):
            way()


def test_relations_are_guarded_both_ways(world: World) -> None:
    organization = world.organization
    related = [
        r.get_accessor_name()
        for r in organization._meta.related_objects
        if issubclass(r.related_model, GuardedModel) and r.get_accessor_name()
    ]
    assert len(related) > 5
    for name in related:
        with pytest.raises(UnguardedRead):
            list(getattr(organization, name).all())
    seen = Organization.objects.visible_to(world.cast["representative"])
    with pytest.raises(UnguardedRead):
        list(seen.prefetch_related("memberships"))


def test_unopened_rows_do_not_decide_inside_another_query(world: World) -> None:
    seen = Organization.objects.visible_to(AnonymousUser())
    with pytest.raises(UnguardedRead):
        list(seen.filter(pk__in=Membership.objects.filter(mandate_by="x").values("organization")))


# Where rows may be had without the guard, each line looked at: inside EXISTS, or the row's own.
BASE_MANAGERS = {
    "organizations/querysets/parts.py": 1,
    "letters/querysets/parts.py": 1,
    "meetings/querysets.py": 1,
    "recommendations/querysets/parts.py": 1,
    "foundation/web/forms.py": 2,
    "foundation/leases/work.py": 4,
    "foundation/notifications/outbox.py": 2,  # the recipients of what is sent
}


def test_rows_are_had_past_the_guard_only_where_somebody_looked() -> None:
    found: dict[str, int] = {}
    for room in (
        "accounts",
        "organizations",
        "recommendations",
        "meetings",
        "letters",
        "foundation",
        "portal",
    ):
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            lines = path.read_text().count("_base_manager")
            if lines and "migrations" not in path.parts:
                found[str(path.relative_to(settings.BASE_DIR))] = lines
    assert found == {name: count for name, count in BASE_MANAGERS.items() if name in found}


def test_no_template_reaches_an_expert_through_an_account() -> None:
    """`user.expert` is read past the guard (Django reads one-to-one by the base manager)."""
    for path in Path(settings.BASE_DIR).glob("*/**/*.html"):
        if "node_modules" not in path.parts and ".venv" not in path.parts:
            assert not re.search(r"user\.expert\b", path.read_text()), path


def test_posted_names_of_columns_change_nothing(world: World) -> None:
    """Mass assignment: every column of an entry is posted to every form that its owner has."""
    client, entry = world.client("representative"), world.organization
    columns = {f.attname: "vetted" for f in entry._meta.concrete_fields} | {
        "state": "archived", "valid_until": "2031-01-01", "decided_at": "2031-01-01",
        "reference": "ORG-2026-AAAAAA", "vouch_code": "AAAA", "version": "0", "is_staff": "1",
        "role": "officer", "user": str(world.cast["person"].pk), "search_text": "x",
    }  # fmt: skip
    kept = ("state", "valid_until", "reference", "vouch_code", "decided_at", "submitted_at", "id")
    before = {name: getattr(entry, name) for name in kept}
    for name in ("visibility", "names", "work", "papers", "members", "appeal"):
        client.post(reverse(f"organizations:{name}", args=[entry.pk]), columns)
    client.post("/people/preferences/", {**columns, "version": "0", "staff_roles": "administrator"})
    entry = Organization.objects.unguarded("test").get(pk=entry.pk)
    assert {name: getattr(entry, name) for name in kept} == before
    assert not world.cast["representative"].has_role()


def test_signature_is_in_ones_own_name_only(world: World) -> None:
    """A hat of somebody else's organization is no hat."""
    client = world.client("representative")
    foreign = make_organization(representative=make_user())
    sent = {"hat": str(foreign.pk), "mode": "public", "agree": "on"}
    sent |= {"name": str(foreign.pk), "as": str(foreign.pk), "organization": str(foreign.pk)}
    answer = client.post(reverse("letters:sign", args=[world.open_letter.pk]), sent)
    assert answer.status_code == 422
    assert not Signatory.objects.unguarded("test").filter(organization=foreign).exists()


def test_member_who_left_is_locked_out_at_once(world: World) -> None:
    user = make_user()
    membership = make_membership(user, world.organization)
    client = Client()
    client.force_login(user)
    page = reverse("organizations:detail", args=[world.organization.pk])
    assert client.get(page).status_code == 200
    membership.ended_at = membership.joined_at
    membership.save()
    assert client.get(page).status_code == 404
    user.is_active = False
    user.save()
    assert client.get("/people/preferences/").status_code == 302


@pytest.mark.parametrize(
    "line",
    [
        "Unprocessable Entity: /organizations/vouch/7K3Q-9F2M-4KBR-C97D/",
        "Not Found: /organizations/invitation/7K3Q-9F2M-4KBR-C97D/?x=7K3Q-9F2M-4KBR-C97D",
        'File "x.py", path="/organizations/vouch/7K3Q-9F2M-4KBR-C97D"',
    ],
)
def test_log_lines_carry_no_code_that_opens_something(line: str) -> None:
    told = without_personal_data(None, "", {"event": line})["event"]
    assert "7K3Q" not in told and "/organizations/" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Invalid request from ip=8.8.4.4: x", "Invalid request from ip=(network): x"),
        ("from 2001:4860:4860::8844 at", "from (network) at"),
        ("to 10.0.0.5:5432 at 12:30:45", "to 10.0.0.5:5432 at 12:30:45"),  # ours, and a time
        ("version 5.2.19, ab:cd:ef", "version 5.2.19, ab:cd:ef"),
    ],
)
def test_log_lines_do_not_say_from_where_somebody_came(line: str, told: str) -> None:
    assert without_personal_data(None, "", {"event": line})["event"] == told
