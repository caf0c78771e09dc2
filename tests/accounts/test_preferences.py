"""Name, language, time zone and mail: what a person says about themselves."""

from __future__ import annotations

import uuid
import zoneinfo

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.zones import places, zone_choices
from foundation.audit.models import AuditEvent
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db
PAGE = "accounts:preferences"


def save(client: Client, **changes: str) -> int:
    form = {
        "name": "",
        "language": "en",
        "time_zone": "UTC",
        "version": "0",
        "token": str(uuid.uuid4()),
        **changes,
    }
    return client.post(reverse(PAGE), form).status_code


def test_preferences_are_saved_and_recorded_without_their_words() -> None:
    user = person()
    client = sign_in(user)
    assert save(client, name="Amina El-Khoury", time_zone="Asia/Beirut", language="fr") == 302
    user.refresh_from_db()
    assert (user.name, user.time_zone, user.language) == ("Amina El-Khoury", "Asia/Beirut", "fr")
    assert user.wants_mail is False, "an empty box is a no"
    event = AuditEvent.objects.get(action="accounts.preferences_changed")
    assert event.facts == {"changed": ["name", "language", "time_zone", "wants_mail"]}


def test_saving_the_same_again_records_nothing() -> None:
    user = person()
    save(sign_in(user), wants_mail="on")
    assert not AuditEvent.objects.filter(action="accounts.preferences_changed").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../etc/passwd"},
        {"language": "xx"},
        {"name": "a\x00b"},
        {"name": "x" * 1_000_000},
        {"version": ""},
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(changes: dict[str, str]) -> None:
    user = person()
    assert save(sign_in(user), **changes) == 200
    user.refresh_from_db()
    assert (user.name, user.time_zone, user.language, user.version) == ("", "UTC", "en", 0)


def test_two_windows_do_not_overwrite_each_other() -> None:
    user = person()
    client = sign_in(user)
    assert save(client, name="From the first window") == 302
    form = {"name": "From the second", "language": "en", "time_zone": "UTC", "version": "0"}
    answer = client.post(reverse(PAGE), form)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "From the second" in text and "Somebody else changed this" in text
    user.refresh_from_db()
    assert user.name == "From the first window"
    assert 'name="version" value="1"' in text
    assert save(client, name="From the second", version="1") == 302


def test_pages_speak_the_language_of_the_signed_in_person() -> None:
    user = person(language="ar")
    client = sign_in(user)
    answer = client.get(reverse(PAGE), headers={"accept-language": "fr"})
    assert answer["Content-Language"] == "ar"
    assert 'dir="rtl"' in answer.content.decode()


def test_the_language_at_the_foot_of_a_page_is_kept_for_who_is_signed_in() -> None:
    user = person()
    client = sign_in(user)
    client.post(reverse("set_language"), {"language": "ru", "next": "/"})
    assert client.get(reverse(PAGE))["Content-Language"] == "ru"
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    user.refresh_from_db()
    assert user.language == "ru"


def test_a_name_of_any_script_is_kept_and_marks_of_direction_are_not() -> None:
    user = person()
    save(sign_in(user), name="\u202eليلى حداد")
    user.refresh_from_db()
    assert user.name == "ليلى حداد"


def test_the_zones_are_known_and_each_stands_once() -> None:
    names = [name for group in places().values() for name in group]
    assert len(names) == len(set(names)) > 300
    assert set(names) <= zoneinfo.available_timezones()
    assert "Africa/Nairobi" in places()["Africa"]


def test_a_stored_alias_stays_a_choice() -> None:
    assert any(choice[0] == "Asia/Calcutta" for choice in zone_choices("Asia/Calcutta"))
    user = person(time_zone="Asia/Calcutta")
    assert save(sign_in(user), time_zone="Asia/Calcutta", name="Ravi") == 302


def test_strangers_have_no_preferences() -> None:
    assert Client().get(reverse(PAGE)).status_code == 302


def test_the_address_is_unique_whatever_its_case() -> None:
    from django.db import IntegrityError, transaction

    person("amina")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Amina@Portal.Example")
