"""The own name of somebody without an account: changed, taken back, forgotten, known to nobody else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.notifications.models import Notice
from foundation.workflow import WrongState
from letters.actions import own_name
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, SignOnRequest
from tests.factories import make_user
from tests.letters.by_mail import (
    ADA,
    ask,
    browser,
    code_in,
    door_letter,
    everything,
    fill_in,
    link_in,
    mails,
    names,
    sign,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("read_at_leisure")]


# One's own name ----------------------------------------------------------------------------------
@pytest.mark.parametrize("before", Mode.values)
@pytest.mark.parametrize("after", Mode.values)
def test_owner_changes_who_sees_the_name(before: str, after: str) -> None:
    letter = door_letter()
    path, _request = ask(letter, mode=before)
    sign(path)
    answer = browser().post(f"{path}mode/", {"mode": after, "token": str(uuid.uuid4())})
    assert answer.status_code == 302
    name = names(letter).get()
    assert name.mode == after
    name.open()
    assert name.display_line().startswith("Ada Canary Noor")
    html = browser().get(path).content.decode()
    assert "You signed" in html and "Ada Canary Noor" in html
    (request,) = SignOnRequest.objects.unguarded("test")
    assert request.signatory_id == name.pk
    mails()
    fill_in(letter)  # still one address, one name
    assert "already" in mails()[0].body


@pytest.mark.parametrize("mode", Mode.values)
@pytest.mark.parametrize("state", [LetterState.OPEN, LetterState.CLOSED])
def test_owner_takes_the_name_back_and_may_sign_again_while_open(mode: str, state: str) -> None:
    letter = door_letter()
    path, _request = ask(letter, mode=mode)
    sign(path)
    Letter.objects.unguarded("test").update(state=state)
    answer = browser().post(f"{path}withdraw/", {"reason": "Not now.", "token": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert not names(letter).exists()
    row = Signatory.objects.unguarded("test").of(letter).get()
    assert row.withdrawn_at is not None
    assert (row.withdrawal_reason == "Not now.") is (mode == Mode.PUBLIC)
    assert "You took your name back" in browser().get(path).content.decode()
    assert browser().get(f"{path}withdraw/").status_code == 404
    if state == LetterState.OPEN:
        assert sign(path).status_code == 302
        assert names(letter).count() == 1


@pytest.mark.parametrize("mode", Mode.values)
def test_after_delivery_the_link_shows_and_takes_back_and_the_letter_stays(mode: str) -> None:
    letter = door_letter()
    path, request = ask(letter, mode=mode)
    sign(path)
    mails()
    Letter.objects.unguarded("test").update(
        state=LetterState.DELIVERED, delivered_at=timezone.now()
    )
    assert "You signed" in browser().get(path).content.decode()
    assert browser().post(f"{path}mode/", {"mode": "office"}).status_code == 404
    with pytest.raises(WrongState):
        own_name.change_mode_by_link(
            request=request, mode="office" if mode != "office" else "public"
        )
    assert "stays as it is" in browser().get(f"{path}withdraw/").content.decode()
    assert names(letter).count() == 1
    answer = browser().post(f"{path}withdraw/", {"reason": "", "token": str(uuid.uuid4())})
    assert answer.status_code == 302 and not names(letter).exists()
    late = AuditEvent.objects.get(action="letters.withdrawn_late")
    assert late.actor_kind == "pseudonym"
    assert browser().get(f"{path}withdraw/").status_code == 404


# What nobody learns ------------------------------------------------------------------------------
@pytest.mark.parametrize("mode", Mode.values)
def test_address_lies_nowhere_in_clear_and_a_hidden_name_neither(mode: str) -> None:
    letter = door_letter()
    fill_in(letter, mode=mode)
    (message,) = mails()
    path = link_in(message)
    sign(path)
    mails()
    if mode != Mode.PUBLIC:
        browser().post(f"{path}withdraw/", {"reason": "", "token": str(uuid.uuid4())})
        sign(path)
    text = everything()
    assert "canary@post" not in text.lower() and "ada.canary" not in text.lower()
    assert ("Ada Canary" in text) is (mode == Mode.PUBLIC)
    token = path.split("/")[3]
    assert token not in text and code_in(message).replace(" ", "") not in text


def test_planted_address_would_be_found() -> None:
    """The positive control of the dump."""
    make_user("ada.canary@post.example")
    assert "ada.canary@post" in everything()


def test_nobody_is_told_inside_the_portal_and_acts_are_nobodys() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    sign(path)
    assert not Notice.objects.exists()
    acts = AuditEvent.objects.filter(action__in=["letters.link_asked", "letters.signed"])
    assert {act.actor_kind for act in acts} == {"pseudonym"}
    assert len({act.actor for act in acts}) == 2 if hasattr(acts[0], "actor") else True


# Retention ---------------------------------------------------------------------------------------
def run_jobs() -> None:
    from foundation.confidentiality.forgetting import jobs

    for job in jobs():
        if job.name in ("letters.unconfirmed", "letters.confirmed", "letters.addresses"):
            job.run()


def test_unconfirmed_is_emptied_after_fourteen_days() -> None:
    letter = door_letter()
    _path, request = ask(letter)
    run_jobs()
    request.refresh_from_db()
    assert request.sealed is not None
    SignOnRequest.objects.unguarded("test").update(created_at=timezone.now() - timedelta(days=15))
    run_jobs()
    request.refresh_from_db()
    assert (request.sealed, request.address_key, request.token_hash) == (None, "", "")


@pytest.mark.parametrize("news", [True, False])
@pytest.mark.parametrize("mode", [Mode.PUBLIC, Mode.OFFICE])
def test_address_goes_half_a_year_after_delivery_unless_news_was_wished(
    mode: str, news: bool
) -> None:
    letter = door_letter()
    path, _request = ask(letter, mode=mode, wants_news=news)
    sign(path)
    long_ago = timezone.now() - timedelta(days=200)
    Letter.objects.unguarded("test").update(state=LetterState.DELIVERED, delivered_at=long_ago)
    run_jobs()
    name = names(letter).get()
    facts = name.open()
    assert name.display_line().startswith("Ada Canary Noor")
    assert ("address" in facts) is news and bool(name.address_key) is news
    assert browser().get(path).status_code == (200 if news else 404)


def test_news_goes_by_mail_with_the_link_to_who_wished_for_it() -> None:
    from letters.notifications import tell_signatories

    letter = door_letter()
    path, _request = ask(letter, wants_news=True)
    other, _request = ask(letter, address="other@post.example")
    sign(path)
    sign(other)
    mails()
    tell_signatories(letter, "letters.delivered")
    (message,) = mails()
    assert message.to == [ADA["email"]] and link_in(message) == path
