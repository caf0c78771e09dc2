"""Signing without an account: link, code, and what is answered."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.workflow import WrongState
from letters import actions
from letters.enums import LetterState, Method, Mode
from letters.models import Letter, Signatory, SignOnRequest
from tests.letters.by_mail import (
    ADA,
    PARTS,
    ask,
    browser,
    code_in,
    door_letter,
    fill_in,
    link_in,
    mails,
    names,
    outside,
    sign,
)
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("read_at_leisure")]


# The way ------------------------------------------------------------------------------------------
def test_from_the_form_to_the_name() -> None:
    letter = door_letter()
    answer = fill_in(letter)
    assert answer.status_code == 302 and "/letters/code/" in answer.headers["Location"]
    assert not names(letter).exists()
    (message,) = mails()
    assert message.to == [ADA["email"]]
    page = browser().get(link_in(message))
    html = page.content.decode()
    assert "Ada Canary Noor, Chair, Canary Reading Room, Kenya" in html
    assert letter.subject in html and letter.frozen.sha256[:4] in html
    assert "I sign this text in my own name." in html
    assert not names(letter).exists()
    assert sign(link_in(message)).status_code == 302
    name = names(letter).get()
    assert (name.method, name.mode, name.text_id) == (Method.EMAIL, Mode.PUBLIC, letter.frozen_id)
    assert name.declaration and name.declaration_version
    assert "You signed" in browser().get(link_in(message)).content.decode()
    (receipt,) = mails()
    assert link_in(receipt) == link_in(message)


def test_organization_declares_the_mandate() -> None:
    letter = door_letter()
    fill_in(letter, kind="organization", person="", role="", organization_name="Canary Circle")
    path = link_in(mails()[0])
    assert "I have the mandate to sign" in browser().get(path).content.decode()
    sign(path)
    assert names(letter).get().display_line() == "Canary Circle, Kenya"


def test_mail_names_no_letter_no_organization_no_person() -> None:
    letter = door_letter(subject="Canary visits")
    fill_in(letter)
    (message,) = mails()
    told = f"{message.subject} {message.body} {message.extra_headers}"
    for word in ("Canary", letter.reference, str(letter.pk), letter.network.name, "sign"):
        assert word not in told, word


@pytest.mark.parametrize("mode", Mode.values)
def test_preview_says_what_each_audience_would_see_and_sends_nothing(mode: str) -> None:
    letter = door_letter(level=10)
    answer = fill_in(letter, mode=mode, preview="yes")
    html = answer.content.decode()
    assert answer.status_code == 200 and "Nothing is signed yet" in html
    seen = [bool(one["line"]) for one in answer.context["as_seen"]]
    assert sum(seen) == {"public": 3, "office": 2, "coordinators": 1, "not_counted": 0}[mode]
    assert not SignOnRequest.objects.unguarded("test").exists() and not mails()


@pytest.mark.parametrize(
    "changes",
    [{"email": "no address"}, {"person": ""}, {"person": "=cmd()"}, {"person": "see www.x.example"},
     {"kind": "organization", "organization_name": ""}, {"mode": "everything"}, {"country": "XX"}],
)  # fmt: skip
def test_form_with_an_error_loses_nothing_and_sends_nothing(changes: dict[str, str]) -> None:
    letter = door_letter()
    answer = fill_in(letter, **changes)
    assert (answer.status_code == 422 and b"Canary Reading Room" in answer.content) or changes
    assert answer.status_code == 422
    assert not SignOnRequest.objects.unguarded("test").exists()


def test_form_sent_twice_asks_once() -> None:
    letter, client = door_letter(), browser()
    form = client.get(outside(letter)).context["form"]
    data = {**ADA, "token": form.initial["token"], "opened": form.initial["opened"]}
    first, second = client.post(outside(letter), data), client.post(outside(letter), data)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(mails()) == 1


# Scanners, double clicks -------------------------------------------------------------------------
def test_scanner_that_follows_every_link_signs_nothing() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    scanner = Client()
    for method in ("get", "head", "get"):
        assert getattr(scanner, method)(path).status_code == 200
    for end in ("mode/", "withdraw/"):
        assert scanner.get(path + end).status_code == 404  # nothing to change yet
    assert not names(letter).exists()
    assert sign(path).status_code == 302
    for end in ("", "mode/", "withdraw/"):
        assert scanner.get(path + end).status_code == 200
    assert names(letter).count() == 1


def test_link_posted_twenty_times_at_once_signs_once() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    answers = together(lambda _: sign(path).status_code, threads=8)
    assert set(answers) == {302}
    assert names(letter).count() == 1
    assert AuditEvent.objects.filter(action="letters.signed").count() == 1


def test_two_links_of_one_address_at_once_sign_once() -> None:
    letter = door_letter()
    one, _first = ask(letter)
    two, _second = ask(letter, address="ADA.Canary@POST.example")
    together(lambda number: sign((one, two)[number]), threads=2)
    assert names(letter).count() == 1


def test_without_the_address_key_both_would_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    letter = door_letter()
    monkeypatch.setattr(
        "letters.actions.by_mail.canonical_address", lambda address: f"{uuid.uuid4()}"
    )
    one, _first = ask(letter)
    two, _second = ask(letter)
    together(lambda number: sign((one, two)[number]), threads=2)
    assert names(letter).count() == 2


# The same answer -----------------------------------------------------------------------------
def test_answer_is_the_same_whether_or_not_the_address_signed() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    fresh = fill_in(letter, email="somebody.else@post.example")
    sign(path)
    mails()
    known = fill_in(letter)
    shape = re.compile(r"[0-9a-f-]{36}")
    assert shape.sub("", known.headers["Location"]) == shape.sub("", fresh.headers["Location"])
    pages = [browser().get(a.headers["Location"]).content.decode() for a in (known, fresh)]
    clean = [re.sub(r'value="[^"]+"|nonce[^ >]+', "", text) for text in pages]
    assert clean[0].replace(known.headers["Location"], "") == clean[1].replace(
        fresh.headers["Location"], ""
    )
    (message,) = mails()
    assert "already" in message.body and link_in(message) == path
    assert not re.search(r"\d{4} \d{4}", message.body)
    assert names(letter).count() == 1


def ask_again(letter: Letter) -> uuid.UUID:
    return actions.ask_to_sign(
        letter=letter, parts=PARTS, mode=Mode.PUBLIC, address=ADA["email"], language="en"
    )


def test_five_mails_at_most_go_to_one_address() -> None:
    letter = door_letter(deadline=None)
    assert len({ask_again(letter) for _ in range(7)}) == 7  # the answers look alike
    assert len(mails()) == 5
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=True):
        ask_again(letter)
        assert len(mails()) == 1


def test_five_mails_at_most_also_when_asked_at_once() -> None:
    letter = door_letter()
    together(lambda _: ask_again(letter), threads=9)
    assert len(mails()) == 5


def test_without_the_lock_of_the_address_more_would_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    import time

    letter = door_letter()
    monkeypatch.setattr("letters.actions.by_mail._one_at_a_time", lambda key: time.sleep(0.2))
    real = SignOnRequest.save

    def slowly(self: Any, **more: Any) -> None:
        time.sleep(0.5)
        real(self, **more)

    monkeypatch.setattr(SignOnRequest, "save", slowly)
    together(lambda _: ask_again(letter), threads=9)
    assert len(mails()) > 5


# The code -----------------------------------------------------------------------------------------
def code_page(request: SignOnRequest) -> str:
    return reverse("letters:code", args=[request.pk])


def test_code_opens_the_same_page_and_signs_nothing() -> None:
    letter = door_letter()
    answer = fill_in(letter)
    (message,) = mails()
    typed = browser().post(answer.headers["Location"], {"code": code_in(message)})
    assert typed.headers["Location"] == link_in(message)
    assert not names(letter).exists()
    assert sign(typed.headers["Location"]).status_code == 302


def test_wrong_code_five_times_ends_it_and_the_link_goes_on() -> None:
    letter = door_letter()
    answer = fill_in(letter)
    (message,) = mails()
    page, client = answer.headers["Location"], browser()
    right = code_in(message)
    wrong = "0000 0000" if right != "0000 0000" else "1111 1111"
    assert [client.post(page, {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    assert client.post(page, {"code": right}).status_code == 422
    assert sign(link_in(message)).status_code == 302
    assert names(letter).count() == 1


def test_code_guessed_at_once_by_many_is_tried_five_times() -> None:
    letter = door_letter()
    _path, request = ask(letter)
    together(lambda n: browser().post(code_page(request), {"code": f"{n:08d}"}), threads=12)
    request.refresh_from_db()
    assert request.tries == 5


def test_code_page_says_the_same_of_an_id_that_is_nobodys() -> None:
    letter = door_letter()
    _path, request = ask(letter)
    answers = [
        browser().post(reverse("letters:code", args=[pk]), {"code": "12345678"})
        for pk in (request.pk, uuid.uuid4())
    ]
    assert {answer.status_code for answer in answers} == {422}


# Meanwhile ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", ["closed", "past", "paused", "door closed"])
def test_letter_that_ended_meanwhile_is_not_signed(case: str) -> None:
    letter = door_letter()
    path, _request = ask(letter)
    client = browser()
    form = client.get(path).context["form"]
    now = timezone.now()
    changes = {
        "closed": {"state": LetterState.CLOSED, "closed_at": now},
        "past": {"deadline": now - timedelta(minutes=1)},
        "paused": {"paused_at": now, "paused_by": letter.created_by},
        "door closed": {"open_to_outsiders": False, "outsiders_secret": ""},
    }[case]
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(**changes)
    answer = client.post(path, {"declared": "on", "text": form.initial["text"]})
    assert answer.status_code == 409
    assert not names(letter).exists()
    html = client.get(path).content.decode()
    assert "Sign the letter" not in html
    with pytest.raises(WrongState):
        actions.ask_to_sign(
            letter=letter, parts=PARTS, mode=Mode.PUBLIC, address="x@y.example", language="en"
        )


def correct(letter: Letter) -> None:
    """Put another text in force, as a correction does."""
    from letters.actions.texts import freeze

    text = letter.drafted_text()
    letter.body = text.body + "\n\nAnd one paragraph more."
    letter.frozen = freeze(letter, letter.drafted_text(), by=letter.created_by)
    letter.save()


def test_corrected_text_is_shown_and_must_be_agreed_to() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    client = browser()
    old = client.get(path).context["form"].initial["text"]
    correct(letter)
    answer = client.post(path, {"declared": "on", "text": old})
    assert answer.status_code == 409 and b"And one paragraph more." in answer.content
    assert not names(letter).exists()
    assert "corrected since you asked" in client.get(path).content.decode()
    assert sign(path).status_code == 302
    assert names(letter).get().text_id == letter.frozen_id


def test_who_signed_the_text_before_is_asked_again_by_the_same_link() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    sign(path)
    correct(letter)
    assert not names(letter).exists()
    html = browser().get(path).content.decode()
    assert "You signed an earlier text" in html
    sign(path)
    assert names(letter).get().text_id == letter.frozen_id
    assert Signatory.objects.unguarded("test").of(letter).count() == 2


def test_link_and_code_end_after_fourteen_days() -> None:
    letter = door_letter(deadline=timezone.now() + timedelta(days=60))
    path, request = ask(letter)
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1), tick=True):
        assert browser().get(path).status_code == 404
        assert browser().post(path, {"declared": "on", "text": letter.frozen_id}).status_code == 404
        assert browser().post(code_page(request), {"code": "12345678"}).status_code == 422


def test_confirmed_link_goes_on_opening() -> None:
    letter = door_letter()
    path, _request = ask(letter)
    sign(path)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=True):
        assert browser().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/letters/mine/x/", "/letters/mine/" + "a" * 43 + "/"])
def test_unknown_link_is_404(path: str) -> None:
    assert browser().get(path).status_code == 404
    assert browser().post(path).status_code == 404
