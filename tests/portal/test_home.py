"""What everyone lands on: in groups, ten of each at most, at a constant price, nothing of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import StaffRole
from foundation.confidentiality import Level
from foundation.notifications.outbox import notify
from foundation.web.waiting import MOST
from letters.enums import LetterState
from organizations.enums import RegistrationState
from portal.first_steps import STAFF, first_steps
from portal.home import waiting_for
from recommendations.enums import RecommendationState as S
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import make_coordinator, make_letter, make_signer
from tests.recommendations.factories import make_contributor, make_recommendation, make_submitter

pytestmark = pytest.mark.django_db
TITLE = "<h2>(.*?)</h2>"


def page_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode()).partition("<main")[2].partition("</main>")[0]


def groups_of(user: Any) -> dict[str, list[str]]:
    return {group.key: [row.sentence for row in group.rows] for group in waiting_for(user)}


# Where nothing waits --------------------------------------------------------------------------
def unregistered() -> Any:
    return make_user()


def representative() -> Any:
    return make_submitter()[0]


def contributor() -> Any:
    return make_contributor(make_organization())


def expert() -> Any:
    return make_expert().user


def waiting_for_vetting() -> Any:
    user = make_user()
    make_organization(state=RegistrationState.SUBMITTED, representative=user)
    return user


def coordinator() -> Any:
    return make_coordinator()[0]


def staff(role: str) -> Callable[[], Any]:
    return lambda: make_user("", role)


EMPTY = {
    "unregistered": (unregistered, "Begin with your registration", "organizations:start"),
    "representative": (representative, "Ask for something", "recommendations:begin"),
    "contributor": (contributor, "Begin a draft", "recommendations:begin"),
    "expert": (expert, "Ask in your own name", "recommendations:begin"),
    "not vetted": (waiting_for_vetting, "Your registration is not decided yet", ""),
    "coordinator": (coordinator, "Bring a letter in, or draft one", "letters:bring_in"),
    "officer": (staff(StaffRole.ENGAGEMENT_OFFICER), "The desk is empty", "recommendations:list"),
    "approver": (staff(StaffRole.APPROVER), "Nothing waits for your word", "recommendations:list"),
    "auditor": (staff(StaffRole.AUDITOR), "The log is open to you", "audit:list"),
    "administrator": (staff(StaffRole.ADMINISTRATOR), "People and lists", "accounts:staff"),
}


@pytest.mark.parametrize("role", EMPTY)
def test_empty_home_says_what_to_do_first(role: str) -> None:
    make, title, address = EMPTY[role]
    user = make()
    html = page_of(user)
    assert re.findall(TITLE, html) == [title]
    assert not address or f'href="{reverse(address)}' in html
    for step in first_steps(user):
        for _words, url in step.links:
            client = Client()
            client.force_login(user)
            assert client.get(url).status_code == 200, url


def test_every_staff_role_has_its_first_step() -> None:
    assert set(STAFF) == set(StaffRole)


def test_person_with_two_hats_is_shown_both() -> None:
    user = expert()
    make_membership(user, make_organization())
    assert re.findall(TITLE, page_of(user)) == ["Ask for something", "Ask in your own name"]


# What waits -----------------------------------------------------------------------------------
def test_what_waits_stands_in_groups_with_what_is_due_first() -> None:
    user, organization = make_submitter()
    common = {"organization": organization, "by": user}
    make_recommendation(state=S.DRAFT, title="Unfinished", **common)
    make_recommendation(state=S.CLARIFICATION, title="Unclear", **common)
    letter = {"state": LetterState.OPEN, "by": make_user(), "network": make_network()}
    later, soon = (timezone.now() + timedelta(days=days) for days in (30, 2))
    make_letter(subject="Long", deadline=later, **letter)
    make_letter(subject="Short", deadline=soon, **letter)
    make_letter(subject="Over", deadline=timezone.now() - timedelta(days=1), **letter)
    assert groups_of(user) == {
        "soon": ["Sign or leave it: “Short”"],
        "answer": ["Answer what the Office asks about “Unclear”"],
        "sign": ["Sign or leave it: “Long”"],
        "finish": ["Finish “Unfinished” and send it"],
    }
    html = page_of(user)
    assert html.index("Late, or due this week") < html.index("To answer") < html.index("To sign")
    assert 'class="when near"' in html and "in 2 days" in html
    assert "You can also" in html and "<h2>Ask for something</h2>" not in html


def test_the_office_finds_its_work_in_groups() -> None:
    officer, approver = make_officer(), make_approver()
    day = timezone.now().date()
    for state in (S.SUBMITTED, S.ASSIGNED, S.TO_CLEAR, S.CLEARED):
        make_recommendation(state=state, title=f"Item {state}", owner=officer)
    make_recommendation(state=S.ASSIGNED, title="Late", owner=officer, answer_by=day - timedelta(1))
    make_recommendation(state=S.ASSIGNED, title="Of another", owner=make_officer())
    make_organization(state=RegistrationState.SUBMITTED, name="Far Circle")
    assert groups_of(officer) == {
        "soon": ["Answer “Late”"],
        "answer": ["Answer “Item assigned”"],
        "decide": ["Vet Far Circle", "Find an owner for “Item submitted”"],
        "clear": ["Publish the answer to “Item cleared”"],
    }
    assert 'class="when late"' in page_of(officer)
    assert groups_of(approver) == {"clear": ["Clear the answer to “Item to_clear”"]}


def test_answer_of_ones_own_does_not_wait_for_ones_clearance() -> None:
    both = make_user("", StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
    make_recommendation(state=S.TO_CLEAR, owner=both)
    assert groups_of(both) == {}
    assert list(groups_of(make_approver())) == ["clear"]


def test_administrator_is_told_of_what_failed_each_time() -> None:
    from foundation.notifications.models import Outbox

    user = make_user("", StaffRole.ADMINISTRATOR)
    assert groups_of(user) == {}
    notify("organizations.to_vet", to=make_officer(), about=make_organization())
    Outbox.objects.update(parked_at=timezone.now())
    assert list(groups_of(user)) == ["decide"]
    assert groups_of(make_user("", StaffRole.AUDITOR)) == {}


def test_ten_stand_in_a_group_and_a_link_leads_to_the_others() -> None:
    officer = make_officer()
    user, organization = make_submitter()
    common = {"organization": organization, "by": user}
    for _ in range(MOST):
        make_recommendation(**common)
    (group,) = waiting_for(officer)
    assert len(group.rows) == MOST and group.rest == []
    make_recommendation(**common)
    (group,) = waiting_for(officer)
    assert len(group.rows) == MOST
    assert [rest.url for rest in group.rest] == [f"{reverse('recommendations:list')}?view=unowned"]
    assert f'href="{group.rest[0].url}"' in page_of(officer)


def test_a_kind_that_is_spread_over_two_groups_still_leads_to_its_list() -> None:
    officer, day = make_officer(), timezone.now().date()
    user, organization = make_submitter()
    for days in range(MOST + 4):
        due = day + timedelta(days=days)
        make_recommendation(organization=organization, by=user, answer_by=due)
    soon, later = waiting_for(officer)
    assert len(soon.rows) + len(later.rows) == MOST + 1
    assert soon.rest and later.rest


# The price ------------------------------------------------------------------------------------
def fill(user: Any, organization: Any, network: Any, many: int) -> None:
    """Let `many` things of every kind wait for somebody who has every role there is."""
    stranger, theirs = make_submitter()
    for _ in range(many):
        make_organization(state=RegistrationState.DRAFT, representative=user)
        make_organization(expired=True, representative=user)
        make_organization(state=RegistrationState.SUBMITTED)
        make_expert(state=RegistrationState.APPEALED)
        member = make_organization()
        make_network_membership(network, member, accepted=False)
        for state in (S.DRAFT, S.CLARIFICATION):
            make_recommendation(state=state, organization=organization, by=user)
        for state in (S.SUBMITTED, S.ASSIGNED, S.TO_CLEAR, S.CLEARED):
            owner = user if state != S.TO_CLEAR else None
            make_recommendation(state=state, organization=theirs, by=stranger, owner=owner)
        for state in (LetterState.DRAFT, LetterState.CLOSED):
            closed = timezone.now() if state == LetterState.CLOSED else None
            make_letter(state=state, network=network, by=user, closed_at=closed)
        make_letter(state=LetterState.OPEN, network=make_network(), by=stranger)


def cost(user: Any) -> int:
    client = Client()
    client.force_login(user)
    client.get("/")
    with CaptureQueriesContext(connection) as found:
        assert client.get("/").status_code == 200
    return len(found)


def test_home_costs_the_same_however_much_waits() -> None:
    user = make_user("", *StaffRole.values)
    organization = make_organization(representative=user)
    network = make_network(coordinators=(user,))
    fill(user, organization, network, 1)
    few = cost(user)
    fill(user, organization, network, 13)
    many = cost(user)
    assert sum(len(rows) for rows in groups_of(user).values()) > 40
    assert many == few
    assert many <= 60  # of somebody with every role and every hat; an officer pays half


@pytest.mark.parametrize("make", [make_signer, representative, contributor, expert])
def test_home_of_one_hat_is_cheap(make: Callable[[], Any]) -> None:
    found = make()
    user = found[0] if isinstance(found, tuple) else found
    assert cost(user) <= 30


# Nothing leaks --------------------------------------------------------------------------------
def test_officer_is_not_told_of_what_named_officers_read() -> None:
    officer, approver = make_officer(), make_approver()
    make_recommendation(level=Level.NAMED_OFFICERS, title="Quiet ask")
    make_organization(
        state=RegistrationState.SUBMITTED, level=Level.NAMED_OFFICERS, name="Quiet house"
    )
    assert groups_of(officer) == {}
    assert "Quiet" not in page_of(officer)
    assert "Quiet ask" in page_of(approver)


def test_own_organization_is_not_work_for_its_member() -> None:
    officer = make_officer()
    organization = make_organization(representative=officer)
    make_recommendation(organization=organization, by=officer)
    assert groups_of(officer) == {}
