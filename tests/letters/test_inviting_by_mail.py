"""Inviting people without an account by mail: told once, reminded, and their no."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.notifications.outbox import deliver_mails
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.enums import LetterState, Mode
from letters.models import Letter, SignOnInvitation
from tests.factories import make_user
from tests.letters.by_mail import ADA, ask, browser, door_letter, everything, mails, sign
from tests.letters.factories import make_letter
from tests.letters.test_reminding import at, letter_until, run, sent

pytestmark = pytest.mark.django_db(transaction=True)

BOX = ADA["email"]


def invited_in(message: Any) -> str:
    """Return the path of the link that says no."""
    found = re.search(r"/letters/invited/[\w-]+/", message.body)
    assert found, message.body
    return found[0]


def test_invited_address_gets_one_neutral_mail_with_the_way_to_the_letter() -> None:
    letter = door_letter(subject="Canary visits")
    count = actions.invite_addresses(
        letter=letter, addresses=[BOX, "B@post.example"], by=letter.created_by
    )
    assert count == 2
    again = actions.invite_addresses(letter=letter, addresses=[BOX.upper()], by=letter.created_by)
    assert again == 0
    told = mails()
    assert {message.to[0] for message in told} == {BOX, "B@post.example"}
    for message in told:
        assert letter.outsiders_secret in message.body
        text = f"{message.subject} {message.body.replace(letter.outsiders_secret, '')}"
        assert "Canary" not in text and letter.reference not in text
    assert "canary@post" not in everything().lower()


def test_who_may_invite_by_mail_and_when() -> None:
    letter = door_letter()
    with pytest.raises(NotYours):
        actions.invite_addresses(letter=letter, addresses=[BOX], by=make_user())
    with pytest.raises(Refused, match="too many"):
        many = [f"a{n}@post.example" for n in range(51)]
        actions.invite_addresses(letter=letter, addresses=many, by=letter.created_by)
    shut = make_letter(state=LetterState.OPEN)
    with pytest.raises(Refused, match="first"):
        actions.invite_addresses(letter=shut, addresses=[BOX], by=shut.created_by)
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(state=LetterState.CLOSED)
    with pytest.raises(WrongState):
        actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by)


def test_page_takes_addresses_and_says_which_are_none() -> None:
    letter, client = door_letter(), Client()
    client.force_login(letter.created_by)
    url = reverse("letters:invite_by_mail", args=[letter.pk])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"addresses": f"{BOX}\nno address", "token": str(uuid.uuid4())})
    assert wrong.status_code == 422 and b"no address" in wrong.content
    right = client.post(url, {"addresses": f"{BOX}\n\n{BOX}", "token": str(uuid.uuid4())})
    assert right.status_code == 302
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert BOX in page and "no answer" in page


@pytest.mark.parametrize("mode", Mode.values)
def test_page_says_signed_only_to_whom_the_name_is_shown(mode: str) -> None:
    letter, client = door_letter(), Client()
    actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by)
    mails()
    path, _request = ask(letter, mode=mode)
    sign(path)
    client.force_login(letter.created_by)
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert (">signed<" in page) is (mode != Mode.NOT_COUNTED)


def test_invited_says_no_by_the_link_and_undoes_it_and_a_scanner_says_nothing() -> None:
    letter = door_letter()
    actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by)
    path = invited_in(mails()[0])
    invitation = SignOnInvitation.objects.unguarded("test").get()
    for _ in range(2):
        assert browser().get(path).status_code == 200
    invitation.refresh_from_db()
    assert invitation.declined_at is None
    for answer, declined in (("no", True), ("no", True), ("", False)):
        sent_ = browser().post(path, {"answer": answer, "token": str(uuid.uuid4())})
        assert sent_.status_code == 302
        invitation.refresh_from_db()
        assert (invitation.declined_at is not None) is declined
    browser().post(path, {"answer": "no", "token": str(uuid.uuid4())})
    actions.take_invitation_back(invitation=invitation, by=letter.created_by)
    assert browser().get(path).status_code == 404
    assert actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by) == 0
    assert not mails()  # who said no is not asked again


@pytest.mark.parametrize("case", ["nothing", "declined", "signed", "taken back", "door closed"])
def test_invited_address_is_reminded_until_it_answers(case: str) -> None:
    letter = letter_until()
    with at("2026-11-20 09:00"):
        letter = actions.open_door(letter=letter, by=letter.created_by)
        actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by)
        (message,) = mails()
    with at("2026-12-01 09:00"):
        if case == "declined":
            browser().post(invited_in(message), {"answer": "no", "token": str(uuid.uuid4())})
        elif case in ("signed", "taken back"):
            path, _request = ask(letter, mode=Mode.NOT_COUNTED)
            sign(path)
            if case == "taken back":
                browser().post(f"{path}withdraw/", {"reason": "", "token": str(uuid.uuid4())})
            mails()
        elif case == "door closed":
            actions.close_door(letter=letter, by=letter.created_by)
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        assert sent() == ([BOX] if case == "nothing" else [])


def test_addresses_go_half_a_year_after_the_close() -> None:
    from foundation.confidentiality.forgetting import jobs

    letter = door_letter()
    actions.invite_addresses(letter=letter, addresses=[BOX], by=letter.created_by)
    long_ago = timezone.now() - timedelta(days=200)
    Letter.objects.unguarded("test").update(state=LetterState.CLOSED, closed_at=long_ago)
    next(job for job in jobs() if job.name == "letters.invited").run()
    row = SignOnInvitation.objects.unguarded("test").get()
    assert (row.sealed, row.address_key, row.token_hash) == (None, "", "")
    assert row.name() == "…"
    deliver_mails([])
