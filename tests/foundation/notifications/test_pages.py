"""The reader's notices and the staff's page of parked work."""

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.enums import StaffRole
from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.leases import work
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import notify
from tests.factories import make_user
from tests.foundation.notifications.conftest import Mailbox, Told

LIST = "/notices/"
PARKED = "/notices/outbox/"


@pytest.fixture
def sign_in(db: None, settings: Any) -> Callable[..., tuple[Client, Any]]:
    """A signed-in client and its user, with these staff roles."""
    settings.STAFF_NEED_SECOND_FACTOR = False

    def make(*roles: str) -> tuple[Client, Any]:
        user, client = make_user("", *roles), Client()
        client.force_login(user)
        return client, user

    return make


@pytest.fixture
def parked(db: None) -> Outbox:
    """A mail whose address does not exist."""
    reader = make_user("canary@tests.example", name="Canary Name")
    notify(Told.kind, to=reader)
    row = Outbox.objects.get()
    work.park(Outbox, row.pk, "refused 550")
    return row


def test_stranger_is_sent_to_sign_in(db: None) -> None:
    assert Client().get(LIST).status_code == 302


def test_empty_list_says_what_will_be_here(sign_in: Any) -> None:
    client, _ = sign_in()
    assert "Nothing yet" in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    sign_in: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    client, user = sign_in()
    for _ in range(count):
        notify(Told.kind, to=user)
    with django_assert_max_num_queries(8):
        page = client.get(LIST)
    assert page.content.decode().count("There is something new for you.") == count


def test_opening_a_notice_marks_it_and_leads_on(sign_in: Any) -> None:
    client, user = sign_in()
    notify(Told.kind, to=user, about=user)
    notice = Notice.objects.get()
    answer = client.post(reverse("notifications:open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, f"/things/{user.pk}/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_looking_at_the_list_marks_nothing(sign_in: Any) -> None:
    client, user = sign_in()
    notify(Told.kind, to=user)
    client.get(LIST)
    assert Notice.objects.get().read_at is None


def test_notice_of_another_person_does_not_exist(sign_in: Any) -> None:
    client, _ = sign_in()
    notify(Told.kind, to=make_user())
    notice = Notice.objects.get()
    assert client.post(reverse("notifications:open", args=[notice.pk])).status_code == 404
    assert "There is something new" not in client.get(LIST).content.decode()


def test_mark_all_reads_ones_own_only(sign_in: Any) -> None:
    client, user = sign_in()
    other = make_user()
    notify(Told.kind, to=user)
    notify(Told.kind, to=other)
    client.post(reverse("notifications:mark_all_read"))
    unread = Notice.objects.filter(read_at=None)
    assert [notice.recipient_id for notice in unread] == [other.pk]


def test_notice_of_a_kind_that_is_gone_is_still_shown(sign_in: Any) -> None:
    client, user = sign_in()
    notify(Told.kind, to=user)
    Notice.objects.update(kind="tests.gone")
    assert "There was something new for you." in client.get(LIST).content.decode()


def test_parked_page_is_for_staff(sign_in: Any) -> None:
    client, _ = sign_in()
    assert client.get(PARKED).status_code == 404


def test_parked_page_shows_codes_and_no_person(sign_in: Any, parked: Outbox) -> None:
    client, _ = sign_in(StaffRole.ENGAGEMENT_OFFICER)
    page = client.get(PARKED).content.decode()
    assert "refused 550" in page
    assert Told.kind in page
    assert not re.search("canary", page, re.IGNORECASE)
    assert str(parked.recipient_id) not in page


def test_retry_puts_the_row_back_and_is_audited(sign_in: Any, parked: Outbox) -> None:
    client, user = sign_in(StaffRole.ADMINISTRATOR)
    client.post(reverse("notifications:retry", args=["mail", parked.pk]))
    assert work.claim(Outbox, 1, 30) == [parked.pk]
    event = AuditEvent.objects.get(action="work.retried")
    assert (event.object_id, event.actor_id) == (str(parked.pk), str(user.pk))
    assert "tried again" in sentence(event)


def test_dismiss_closes_the_row_with_its_reason(sign_in: Any, parked: Outbox) -> None:
    client, _ = sign_in(StaffRole.ADMINISTRATOR)
    url = reverse("notifications:dismiss", args=["mail", parked.pk])
    client.post(url, {"reason": "address"})
    parked.refresh_from_db()
    assert (parked.done_at is not None, parked.last_error) == (True, "dismissed: address")
    event = AuditEvent.objects.get(action="work.dismissed")
    assert event.facts == {"lane": "mail", "reason": "address"}
    assert "address" in sentence(event)


@pytest.mark.parametrize("reason", ["", "because I say so"])
def test_dismiss_without_a_reason_changes_nothing(
    sign_in: Any, parked: Outbox, reason: str
) -> None:
    client, _ = sign_in(StaffRole.ADMINISTRATOR)
    url = reverse("notifications:dismiss", args=["mail", parked.pk])
    page = client.post(url, {"reason": reason}, follow=True)
    assert "Choose a reason" in page.content.decode()
    assert list(work.parked(Outbox)) == [parked]


def test_second_decision_is_told_that_it_is_late(sign_in: Any, parked: Outbox) -> None:
    client, _ = sign_in(StaffRole.ADMINISTRATOR)
    url = reverse("notifications:retry", args=["mail", parked.pk])
    client.post(url)
    assert "meanwhile" in client.post(url, follow=True).content.decode()
    assert AuditEvent.objects.filter(action="work.retried").count() == 1


def test_unknown_lane_is_not_found(sign_in: Any, parked: Outbox) -> None:
    client, _ = sign_in(StaffRole.ADMINISTRATOR)
    url = reverse("notifications:retry", args=["no-lane", parked.pk])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("name", ["notifications:mark_all_read"])
def test_get_changes_nothing(sign_in: Any, name: str) -> None:
    client, _ = sign_in()
    assert client.get(reverse(name)).status_code == 405


def test_check_mail_says_what_the_server_said(mailbox: Mailbox) -> None:
    out = StringIO()
    call_command("check_mail", "ada@mail.example", stdout=out)
    assert (out.getvalue(), mailbox.recipients) == ("Sent.\n", ["ada@mail.example"])
    mailbox.at_rcpt["gone@mail.example"] = "550 no"
    with pytest.raises(CommandError, match="550"):
        call_command("check_mail", "gone@mail.example")
