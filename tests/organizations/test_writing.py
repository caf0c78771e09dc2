"""A first-time person registers, step by step, without JavaScript; an officer vets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from organizations.enums import RegistrationState as S
from organizations.models import Expert, Membership, Organization
from tests.factories import (
    make_expert,
    make_kind,
    make_network,
    make_officer,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def hidden(response: Any) -> dict[str, str]:
    """Return the hidden fields of the page's last form (token, version)."""
    html = response.content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and value:
            fields[name[1]] = value[1]
    return fields


def fill(client: Client, url: str, **values: Any) -> Any:
    """Open a page, post its form with `values`, follow the redirect."""
    opened = client.get(url)
    assert opened.status_code == 200, (url, opened.status_code)
    return client.post(url, {**hidden(opened), **values}, follow=True)


def organization_of(user: User) -> Organization:
    return Organization.objects.owned_by(user).get()


def test_organization_registers_in_five_steps_and_is_vetted() -> None:
    owner, officer = make_user(), make_officer()
    network = make_network()
    browser = signed_in(owner)
    assert browser.get(reverse("organizations:start")).status_code == 200
    begin = reverse("organizations:begin", args=["organization"])
    assert b'value="30" id="id_level_0" required checked' in browser.get(begin).content
    fill(browser, begin, level=Level.OFFICE.value)
    organization = organization_of(owner)
    kind = make_kind()
    names = {
        "name": "Haus der Stimmen",
        "name_language": "",
        "acronym": "HDS",
        "kinds": [kind.pk],
        "about": "We listen.",
        "mandate_by": "the board",
        "mandate_on": "2026-01-05",
        "other_name_1": "بيت الأصوات",
        "other_language_1": "ar",
    }
    after = fill(browser, reverse("organizations:names", args=[organization.pk]), **names)
    assert after.request["PATH_INFO"].endswith("/work/")
    work = {
        "country_of_registration": "AT",
        "countries_of_work": "Kenya, مصر; Bolivia\nUSA",
        "languages": ["en", "ar"],
        "networks": [str(network.pk)],
        "ecosoc_status": "none",
    }
    after = fill(browser, reverse("organizations:work", args=[organization.pk]), **work)
    assert after.request["PATH_INFO"].endswith("/papers/")
    review = browser.get(reverse("organizations:review", args=[organization.pk]))
    assert "Send to the Office" in review.content.decode()
    sent = browser.post(
        reverse("organizations:submit", args=[organization.pk]), hidden(review), follow=True
    )
    assert "It has arrived" in sent.content.decode()
    assert "due by" in sent.content.decode()
    organization = organization_of(owner)
    assert organization.state == S.SUBMITTED
    assert organization.countries_of_work == ["KE", "EG", "BO", "US"]
    assert organization.other_names == [{"name": "بيت الأصوات", "language": "ar"}]
    desk = signed_in(officer)
    assert "Haus der Stimmen" in desk.get(reverse("organizations:list")).content.decode()
    item = reverse("organizations:item", args=[organization.pk])
    fill(desk, item, step="accept", reason="All criteria are met.", valid_until="2028-01-31")
    assert organization_of(owner).is_vetted
    assert Membership.objects.may_sign_for(owner).count() == 1
    page = browser.get(organization.get_absolute_url()).content.decode()
    assert "All criteria are met." in page and "31 January 2028" in page


def test_expert_registers_and_has_one_entry_only() -> None:
    user = make_user(name="Ilse Morgenrot")
    browser = signed_in(user)
    begin = reverse("organizations:begin", args=["expert"])
    fill(browser, begin, level=Level.PUBLIC.value)
    fill(browser, begin, level=Level.OFFICE.value)
    expert = Expert.objects.owned_by(user).get()
    assert expert.level == Level.PUBLIC and expert.name == "Ilse Morgenrot"
    fill(
        browser,
        reverse("organizations:names", args=[expert.pk]),
        name="Dr. Ilse Morgenrot",
        title="Senior Lecturer",
        about="Law of assembly.",
    )
    fill(
        browser,
        reverse("organizations:work", args=[expert.pk]),
        country_of_residence="",
        place_as_stated="Between two valleys",
    )
    review = browser.get(reverse("organizations:review", args=[expert.pk]))
    browser.post(reverse("organizations:submit", args=[expert.pk]), hidden(review))
    assert Expert.objects.owned_by(user).get().state == S.SUBMITTED


def test_unknown_country_is_said_and_nothing_typed_is_lost() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    url = reverse("organizations:work", args=[organization.pk])
    after = fill(signed_in(owner), url, countries_of_work="Kenya, Atlantis")
    assert after.status_code == 422
    assert "We do not know: Atlantis" in after.content.decode()
    assert "Kenya, Atlantis" in after.content.decode()


def test_edit_that_came_second_is_told_and_keeps_its_words() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner, name="First words")
    url = reverse("organizations:names", args=[organization.pk])
    browser = signed_in(owner)
    mine, theirs = browser.get(url), browser.get(url)
    kind = make_kind()
    common = {"kinds": [kind.pk], "mandate_by": "the board", "mandate_on": "2026-01-05"}
    browser.post(url, {**hidden(theirs), **common, "name": "Their words", "about": "x"})
    late = browser.post(url, {**hidden(mine), **common, "name": "My words", "about": "mine"})
    text = late.content.decode()
    assert late.status_code == 422
    assert "Somebody else changed this" in text and "My words" in text and "Their words" in text
    again = browser.post(url, {**hidden(late), **common, "name": "My words", "about": "mine"})
    assert again.status_code == 302
    assert organization_of(owner).name == "My words"


def test_vetted_entry_keeps_its_name_and_lets_the_rest_be_changed() -> None:
    owner = make_user()
    organization = make_organization(representative=owner, name="Vetted name")
    browser = signed_in(owner)
    url = reverse("organizations:names", args=[organization.pk])
    fill(browser, url, name="Another name", about="New work.", mandate_on="2020-01-01")
    entry = organization_of(owner)
    assert (entry.name, entry.about, entry.state) == ("Vetted name", "New work.", S.VETTED)


def test_level_is_changed_whenever_the_owner_wants() -> None:
    owner = make_user()
    organization = make_organization(representative=owner, level=Level.PUBLIC)
    assert Client().get(organization.get_absolute_url()).status_code == 200
    url = reverse("organizations:visibility", args=[organization.pk])
    fill(signed_in(owner), url, level=Level.OFFICE.value)
    assert Client().get(organization.get_absolute_url()).status_code == 302


def test_refused_one_reads_why_and_appeals_once() -> None:
    owner, officer = make_user(), make_officer()
    organization = make_organization(state=S.SUBMITTED, representative=owner)
    item = reverse("organizations:item", args=[organization.pk])
    fill(signed_in(officer), item, step="refuse", reason="No sign of work.", unmet=["real"])
    browser = signed_in(owner)
    page = browser.get(organization.get_absolute_url()).content.decode()
    assert "No sign of work." in page and "papers or two vouchers" in page
    fill(browser, reverse("organizations:appeal", args=[organization.pk]), text="Here they are.")
    assert organization_of(owner).state == S.APPEALED


def test_closing_is_asked_twice() -> None:
    owner = make_user()
    organization = make_organization(representative=owner)
    browser = signed_in(owner)
    url = reverse("organizations:close", args=[organization.pk])
    assert "cannot be undone" in browser.get(url).content.decode()
    fill(browser, url)
    assert not Organization.objects.owned_by(owner).exists()


def test_criteria_are_public_and_say_what_is_never_asked() -> None:
    page = Client().get(reverse("organizations:criteria"))
    assert page.status_code == 200 and "never required" in page.content.decode()


def test_mandate_of_tomorrow_is_refused() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    kind = make_kind()
    tomorrow = timezone.now().date().replace(year=timezone.now().year + 1)
    after = fill(
        signed_in(owner),
        reverse("organizations:names", args=[organization.pk]),
        name="x",
        about="x",
        kinds=[kind.pk],
        mandate_by="board",
        mandate_on=tomorrow.isoformat(),
    )
    assert after.status_code == 422 and "still to come" in after.content.decode()


def test_expert_entry_shows_on_the_desk() -> None:
    expert = make_expert(state=S.SUBMITTED)
    desk = signed_in(make_officer())
    page = desk.get(reverse("organizations:list"), {"view": "experts-open"}).content.decode()
    assert expert.name in page
    item = desk.get(reverse("organizations:item", args=[expert.pk]))
    assert item.status_code == 200 and expert.about in item.content.decode()
