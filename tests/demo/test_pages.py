"""The demo's buttons and mailbox: for somebody at this machine, under the demo's settings only."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import ROLES
from demo.cast import BUTTONS, EVERYONE, PASSWORD, WORDS
from demo.data.people import account, load_people
from demo.mailbox import MailboxBackend
from demo.models import DemoFile, DemoMail
from foundation.web.checks import every_url_has_a_policy
from foundation.web.policies import policy, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("demo.urls")]


@pytest.fixture
def demo(settings: object) -> None:
    """Loosen the settings as portal/settings/demo.py does."""
    settings.DEMO = True  # type: ignore[attr-defined]
    settings.STAFF_NEED_SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def people(demo: None) -> None:
    """Load the accounts of the demo."""
    load_people()


PATHS = ["/demo/", "/demo/mailbox/", "/components/"]
HEADERS = [
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-whatever",
    "forwarded",
    "x-real-ip",
    "via",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_answers_here(path: str, demo: None) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("header", HEADERS)
def test_a_page_answers_403_to_what_a_proxy_passed_on(path: str, header: str, demo: None) -> None:
    assert Client(headers={header: "192.0.2.1"}).get(path).status_code == 403


@pytest.mark.parametrize("header", HEADERS)
def test_a_button_answers_403_to_what_a_proxy_passed_on(header: str, people: None) -> None:
    client = Client(headers={header: "192.0.2.1"})
    assert client.post("/demo/sign-in/officer/").status_code == 403
    assert not client.session.get("_auth_user_id")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_demos_settings_nothing_is_there(path: str) -> None:
    assert Client().get(path).status_code == 404
    load_people()
    client = Client()
    assert client.post("/demo/sign-in/administrator/").status_code == 404
    assert not client.session.get("_auth_user_id")


@pytest.mark.urls("portal.urls")
def test_the_portals_own_addresses_do_not_name_the_demo(demo: None) -> None:
    for path in PATHS:
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("person", BUTTONS, ids=lambda person: person.box)
def test_a_button_signs_in(person: object, people: None) -> None:
    client = Client()
    answer = client.post(reverse("demo:sign_in", args=[person.box]))  # type: ignore[attr-defined]
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account(person.box).pk)  # type: ignore[attr-defined]
    assert client.get(reverse("accounts:preferences")).status_code == 200


@pytest.mark.parametrize("person", BUTTONS, ids=lambda person: person.box)
def test_the_password_signs_in_too(person: object, people: None) -> None:
    client = Client()
    form = {"login": person.email, "password": PASSWORD}  # type: ignore[attr-defined]
    assert client.post(reverse("account_login"), form).status_code == 302
    assert client.get(reverse("accounts:preferences")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_the_front_door_and_the_sign_in_page_lead_to_the_buttons(path: str, demo: None) -> None:
    assert 'href="/demo/"' in Client().get(path).content.decode()


@pytest.mark.urls("portal.urls")
@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_in_production_nothing_leads_there(path: str) -> None:
    assert "/demo/" not in Client().get(path).content.decode()


def test_a_button_is_no_link(people: None) -> None:
    assert Client().get("/demo/sign-in/officer/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in/officer/").status_code == 403


def test_only_the_eight_have_a_button(people: None) -> None:
    for box in ("layla", "nobody", "second.approver"):
        assert Client().post(f"/demo/sign-in/{box}/").status_code == 404


def test_a_button_before_the_data_says_what_to_do(demo: None) -> None:
    answer = Client().post("/demo/sign-in/officer/", follow=True)
    assert "manage.py demo" in answer.content.decode()


def test_every_role_has_a_button() -> None:
    assert {WORDS.get(person.box, person.box) for person in BUTTONS} == {
        role.word for role in ROLES
    }
    assert len({person.email for person in EVERYONE}) == len(EVERYONE)


def test_every_address_of_the_demo_has_a_policy() -> None:
    assert every_url_has_a_policy(None) == []
    assert policy(signed_in)


def test_people_are_loaded_once_with_confirmed_addresses(people: None) -> None:
    load_people()
    assert User.objects.count() == len(EVERYONE)
    officer = account("officer")
    assert officer.staff_roles == {"engagement_officer"}
    assert officer.emailaddress_set.get().verified  # type: ignore[attr-defined]
    assert not account("coordinator").has_role()


# The mailbox ----------------------------------------------------------------------------------
def send(to: str = "amina@portal.example", subject: str = "You have an update") -> None:
    message = mail.EmailMessage(
        subject, "Sign in:\n\nhttp://localhost:8000/notices/", to=[to], headers={"Message-ID": "x"}
    )
    assert MailboxBackend().send_messages([message]) == 1


def test_a_mail_lands_in_the_mailbox_and_is_read_there(demo: None) -> None:
    send()
    send("noor@portal.example", "<script>alert(1)</script>")
    text = Client().get("/demo/mailbox/").content.decode()
    assert "You have an update" in text
    assert 'href="http://localhost:8000/notices/"' in text
    assert "<script>alert" not in text
    one = Client().get("/demo/mailbox/?to=Noor@portal.example").content.decode()
    assert "noor@portal.example" in one and "amina@portal.example" not in one


def test_the_mailbox_keeps_the_newest(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.mailbox.KEPT", 3)
    for number in range(5):
        send(subject=f"mail {number}")
    assert [one.subject for one in DemoMail.objects.all()] == ["mail 4", "mail 3", "mail 2"]


INVITATION = "BEGIN:VCALENDAR\r\nSUMMARY:اجتماع\r\nEND:VCALENDAR\r\n".encode()


def send_with_a_file(to: str = "amina@portal.example") -> DemoFile:
    """Send as the worker does; return the file as the mailbox has it."""
    from foundation.notifications.delivery import Envelope, compose
    from foundation.notifications.files import MailFile

    files = (
        MailFile("invitation.ics", "text/calendar; method=REQUEST", INVITATION, alternative=True),
        MailFile("invitation.ics", "application/ics", INVITATION),
    )
    envelope = Envelope("key", to, "You have an update", "Sign in.", files=files)
    assert MailboxBackend().send_messages([compose(envelope)]) == 1
    return DemoFile.objects.get(mail__to=to)


def test_the_mailbox_shows_and_hands_out_the_file_of_a_mail(demo: None) -> None:
    file = send_with_a_file()
    path = f"/demo/mailbox/files/{file.pk}/"
    page = Client().get("/demo/mailbox/").content.decode()
    assert f'href="{path}"' in page and "invitation.ics" in page
    answer = Client().get(path)
    assert answer.content == INVITATION
    assert answer["Content-Type"] == "application/ics"
    assert answer["Content-Disposition"] == 'attachment; filename="invitation.ics"'


def test_a_mail_without_a_file_shows_none(demo: None) -> None:
    send()
    assert "/demo/mailbox/files/" not in Client().get("/demo/mailbox/").content.decode()
    assert not DemoFile.objects.exists()


def test_a_file_that_did_not_leave_is_not_there(demo: None) -> None:
    assert Client().get("/demo/mailbox/files/1/").status_code == 404


def test_a_file_is_for_somebody_at_this_machine_only(demo: None) -> None:
    path = f"/demo/mailbox/files/{send_with_a_file().pk}/"
    assert Client(headers={"via": "192.0.2.1"}).get(path).status_code == 403


def test_a_file_is_not_handed_out_without_the_demos_settings() -> None:
    path = f"/demo/mailbox/files/{send_with_a_file().pk}/"
    assert Client().get(path).status_code == 404


def test_a_file_goes_with_its_mail(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    send_with_a_file()
    monkeypatch.setattr("demo.mailbox.KEPT", 1)
    send("noor@portal.example")
    assert not DemoFile.objects.exists()


def test_the_mailbox_asks_for_files_once_and_not_for_their_contents(
    demo: None,
) -> None:
    for number in range(5):
        send_with_a_file(f"reader{number}@portal.example")
    with CaptureQueriesContext(connection) as queries:
        Client().get("/demo/mailbox/")
    asked = [query["sql"] for query in queries if "demo_mail_file" in query["sql"]]
    assert len(asked) == 1 and '"data"' not in asked[0]


def test_the_mailbox_of_the_demo_is_the_one_of_its_settings() -> None:
    from pathlib import Path

    text = (Path(django_settings.BASE_DIR) / "portal" / "settings" / "demo.py").read_text()
    assert 'EMAIL_BACKEND = "demo.mailbox.MailboxBackend"' in text
    assert '"localhost", "127.0.0.1"]' in text


# The command ----------------------------------------------------------------------------------
def test_the_command_prints_who_can_sign_in(demo: None, capsys: pytest.CaptureFixture) -> None:
    call_command("demo", "--sign-ins")
    lines = capsys.readouterr().out.splitlines()
    assert "coordinator: coordinator@demo.example" in lines
    assert len(lines) == len(BUTTONS) + 1
    assert PASSWORD in lines[-1]


def test_the_command_refuses_outside_the_demo() -> None:
    with pytest.raises(CommandError, match=r"portal\.settings\.demo"):
        call_command("demo")
