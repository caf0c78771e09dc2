"""Twenty people press at once: one row, one accepted edit, nobody's words lost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level
from foundation.web import forms
from foundation.web.models import FormReceipt
from foundation.workflow import Refused
from organizations import actions
from organizations.enums import RegistrationState as S
from organizations.models import Membership, Organization, VettingDecision
from tests.factories import make_membership, make_officer, make_organization, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def at_once(do: Callable[[int], Any], count: int = MANY) -> list[Any]:
    """Run `do(0) … do(count - 1)` in threads that start together; return answers or errors."""
    start, answers = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            answers[number] = do(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def post_begin(owner: Any, tokens: list[str]) -> list[Any]:
    url = reverse("organizations:begin", args=["organization"])
    browsers = [Client() for _ in range(MANY)]
    for browser in browsers:
        browser.force_login(owner)

    def post(number: int) -> int:
        form = {"level": Level.OFFICE.value, "token": tokens[number]}
        return browsers[number].post(url, form).status_code

    return at_once(post)


def test_twenty_posts_of_one_form_make_one_row() -> None:
    owner = make_user()
    answers = post_begin(owner, [str(uuid.uuid4())] * MANY)
    assert answers == [302] * MANY
    assert Organization.objects.owned_by(owner).count() == 1


def test_twenty_forms_make_twenty_rows() -> None:
    """The positive control: with tokens of their own the same posts are twenty forms."""
    owner = make_user()
    post_begin(owner, [str(uuid.uuid4()) for _ in range(MANY)])
    assert Organization.objects.owned_by(owner).count() == MANY


def post_edits(organization: Organization, owner: Any) -> list[Any]:
    kind = organization.kinds.get()
    url = reverse("organizations:names", args=[organization.pk])
    browsers = [Client() for _ in range(MANY)]
    for browser in browsers:
        browser.force_login(owner)
    common = {
        "kinds": [kind.pk],
        "mandate_by": "the board",
        "mandate_on": "2026-01-05",
        "version": organization.version,
        "about": "x",
    }

    def post(number: int) -> tuple[int, bool]:
        words = f"Words of number {number}."
        form = {**common, "name": words, "token": str(uuid.uuid4())}
        answer = browsers[number].post(url, form)
        return answer.status_code, words in answer.content.decode()

    return at_once(post)


def test_twenty_edits_one_is_accepted_nineteen_are_told_with_their_words() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    answers = post_edits(organization, owner)
    assert sorted(answers) == sorted([(302, False)] + [(422, True)] * (MANY - 1)), answers
    assert Organization.objects.owned_by(owner).get().version == organization.version + 1


def test_without_the_version_all_twenty_would_overwrite_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: with the claim taken out, the test above would see it."""
    from organizations.actions import registrations

    monkeypatch.setattr(registrations, "claim_version", lambda row, version: None)
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    answers = post_edits(organization, owner)
    assert answers.count((302, False)) == MANY


def test_two_officers_decide_one_decision_stands() -> None:
    officers = [make_officer() for _ in range(6)]
    organization = make_organization(state=S.SUBMITTED)

    def decide(number: int) -> Any:
        step = "accept" if number % 2 else "refuse"
        by = officers[number]
        return actions.decide(registration=organization, step=step, reason="x", by=by)

    answers = at_once(decide, len(officers))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == len(officers) - 1
    assert VettingDecision.objects.unguarded("test").count() == 1


def test_two_last_representatives_leave_at_once_one_stays() -> None:
    organization = make_organization()
    people = [make_user(), make_user()]
    memberships = [make_membership(person, organization) for person in people]

    def leave(number: int) -> Any:
        return actions.end_membership(membership=memberships[number], by=people[number])

    answers = at_once(leave, 2)
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert Membership.objects.unguarded("test").representatives().count() == 1


def test_invitation_is_used_once() -> None:
    from tests.organizations.test_members import invited

    owner, guest = make_user(), make_user()
    organization = make_organization(representative=owner)
    token = invited(owner, organization, guest.email)
    at_once(lambda number: actions.accept_invitation(token=token, by=guest), 8)
    assert Membership.objects.unguarded("test").filter(user=guest).count() == 1


def test_receipt_of_a_refused_form_is_not_kept() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, name="", representative=owner)
    client = Client()
    client.force_login(owner)
    token = str(uuid.uuid4())
    client.post(reverse("organizations:submit", args=[organization.pk]), {"token": token})
    assert not FormReceipt.objects.filter(token=token).exists() and forms.once
