"""What attacks found, one test each, so that it stays mended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleDecision
from foundation.confidentiality import Level
from foundation.documents.models import Document
from foundation.notifications.mailbox import ProtectedNotification
from foundation.notifications.registry import registered
from foundation.workflow import Refused
from letters.actions.exporting import request_copy
from letters.actions.sign_on import withdraw
from letters.enums import LetterState
from letters.models import Letter
from organizations.actions.members import MOST_TO_ONE_A_DAY, invite
from organizations.models import Vouch
from tests.factories import (
    make_approver,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import make_coordinator, make_letter, make_name
from tests.trust.pages import normal

pytestmark = pytest.mark.django_db


def browser(user: Any = None) -> Client:
    """Return a client that gets a 500 as an answer, as a person would."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def test_mail_leads_to_the_neutral_list_of_notices_whatever_it_is_about() -> None:
    reader, about = make_user(), "00000000-0000-4000-8000-00000000c0de"
    # Mails by pseudonym carry links of their own: tests/trust/test_hidden_signatory.py.
    messages = [one for one in registered() if not isinstance(one, ProtectedNotification)]
    bodies = {message.body(reader, about) for message in messages}
    assert len(bodies) == 1, "a mail tells its kind"
    assert about not in bodies.pop()
    leading = [message for message in messages if about in message.path(about)]
    assert leading, "the notice inside the portal keeps its way"


@pytest.mark.parametrize("path", ["/letters/", "/organizations/networks/", "/verify/"])
def test_unknown_fragment_gives_the_page(path: str) -> None:
    answer = browser().get(f"{path}?_fragment=zzz", headers={"hx-request": "true"})
    assert answer.status_code == 200


def test_log_can_be_filtered_by_action() -> None:
    auditor = browser(make_user("", "auditor"))
    assert auditor.get("/audit/?action=audit.listed").status_code == 200
    # The look itself is an event with its filter among the facts.
    assert "audit.listed" in auditor.get("/audit/?action=audit.listed").content.decode()


@pytest.mark.parametrize("deadline", ["9999-12-31T23:59", "2199-01-01T00:00"])
def test_deadline_beyond_all_calendars_is_refused_and_poisons_no_list(deadline: str) -> None:
    user, network = make_coordinator()
    data = {
        "version": 0, "level": Level.OFFICE.value, "network": str(network.pk), "language": "en",
        "addressee": "A", "date_as_printed": "3 November 2026", "subject": "S", "salutation": "X",
        "body": "B", "closing": "C", "arrangement": "name", "grouped": "on", "deadline": deadline,
        "deadline_zone": "America/New_York",
    }  # fmt: skip
    client = browser(user)
    assert client.post(reverse("letters:begin"), data).status_code == 422
    assert client.get("/letters/").status_code == 200
    soon = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(reverse("letters:begin"), {**data, "deadline": soon}).status_code == 302


def test_admin_edits_the_lists_of_our_rooms_and_nothing_else() -> None:
    client = browser(make_user("", "administrator"))
    known = {model._meta.label for model in admin.site._registry}
    assert known == {
        "organizations.Pillar",
        "organizations.OrganizationKind",
        "recommendations.ActionAsked",
        "recommendations.Addressee",
        "recommendations.RefusalReason",
        "recommendations.Topic",
    }
    assert client.get("/admin/organizations/pillar/").status_code == 200
    for path in ("account/emailaddress", "mfa/authenticator", "auth/group", "accounts/user"):
        assert client.get(f"/admin/{path}/").status_code == 404, path


def test_vouch_does_not_name_its_giver_to_staff_who_may_not_know_it() -> None:
    giver = make_organization(level=Level.NAMED_OFFICERS, name="Zenobia House")
    entry = make_organization(state="submitted", without_papers=True)
    by = make_user()
    Vouch(organization=entry, by_organization=giver, by_user=by, text="Known since 2019.").save()
    page = reverse("organizations:item", args=[entry.pk])
    assert "Zenobia" not in browser(make_officer()).get(page).content.decode()
    assert "Zenobia" in browser(make_approver()).get(page).content.decode()


def test_invitations_cannot_be_made_to_flood_an_address() -> None:
    user = make_user()
    for _again in range(MOST_TO_ONE_A_DAY):
        organization = make_organization(state="draft", representative=user)
        invite(organization=organization, email="v@tests.example", role="contributor", by=user)
    with pytest.raises(Refused):
        invite(organization=organization, email="V@tests.example", role="contributor", by=user)
    other = make_user()
    theirs = make_organization(representative=other)
    # What somebody else sent is no reason: a refusal would tell of it.
    invite(organization=theirs, email="v@tests.example", role="contributor", by=other)


def delivered_with_two_copies() -> tuple[Letter, Document, Any, Any]:
    """Return a public letter, an old copy of it, and two signed names that it prints."""
    user, network = make_coordinator()
    letter = make_letter(
        state=LetterState.CLOSED, network=network, by=user, level=Level.PUBLIC,
        closed_at=timezone.now(),
    )  # fmt: skip
    name = make_name(letter, organization_name="Zenobia House", signed_by=make_user())
    other = make_name(letter, organization_name="Aldern Law Clinic", signed_by=make_user())
    old = request_copy(letter=letter, copy="public", by=user)
    return letter, old, name, other


def test_copy_that_prints_a_name_taken_back_is_handed_out_to_nobody() -> None:
    letter, old, name, _other = delivered_with_two_copies()
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        state=LetterState.DELIVERED, delivered_at=timezone.now()
    )
    assert Document.objects.visible_to(AnonymousUser()).filter(pk=old.pk).exists()
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        state=LetterState.CLOSED, delivered_at=None
    )
    withdraw(signatory=name, reason="", by=name.signed_by)
    fresh = request_copy(letter=letter, copy="public", by=letter.created_by)
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        state=LetterState.DELIVERED, delivered_at=timezone.now()
    )
    assert fresh.pk != old.pk
    seen = set(Document.objects.visible_to(AnonymousUser()).values_list("pk", flat=True))
    assert seen == {fresh.pk}
    assert not Document.objects.visible_to(letter.created_by).filter(pk=old.pk).exists()


def test_address_of_a_person_does_not_open_the_log_on_them() -> None:
    auditor, person = browser(make_user("", "auditor")), make_user("rep@far.example")
    officer = make_user("officer@far.example", name="An Officer")
    RoleDecision.objects.create(
        user=officer, role="approver", given=True, reason="New.", by=make_user()
    )
    known = auditor.get("/audit/", {"actor": officer.email}).content.decode()
    unknown = auditor.get("/audit/", {"actor": person.email}).content.decode()
    nobody = auditor.get("/audit/", {"actor": "none@far.example"}).content.decode()
    assert "Nobody of the staff" not in known
    assert "Nobody of the staff" in unknown and str(person.pk) not in unknown
    same = (text.replace(person.email, "none@far.example") for text in (unknown, nobody))
    assert len({normal(text) for text in same}) == 1
