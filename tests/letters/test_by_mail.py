"""Signing without an account: link, code, one's own name; and what nobody learns of it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import deliver_mails
from foundation.web import guarding
from foundation.workflow import NotYours, WrongState
from letters import actions
from letters.actions import own_name
from letters.enums import LetterState, Method, Mode
from letters.models import Letter, Signatory, SignOnRequest
from letters.text.addresses import canonical_address
from tests.factories import make_user
from tests.letters.factories import make_letter
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True)

ADA = {
    "kind": "individual", "person": "Ada Canary Noor", "role": "Chair",
    "organization_name": "Canary Reading Room", "country": "KE", "mode": "public",
    "email": "ada.canary@post.example",
}  # fmt: skip
PARTS = {
    "kind": "individual", "person": "Ada Canary Noor", "role": "Chair",
    "organization_name": "Canary Reading Room", "countries": ["KE"], "place_as_stated": "",
    "other_script": "", "capacity": "", "affiliation_only": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def read_at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms of these tests are sent at once, which would be held."""
    monkeypatch.setattr(guarding, "TOO_FAST", 0)


def door_letter(**fields: Any) -> Letter:
    """Return an open letter that people without an account may sign."""
    deadline = timezone.now() + timedelta(days=7)
    letter = make_letter(state=LetterState.OPEN, **{"deadline": deadline, **fields})
    return actions.open_door(letter=letter, by=letter.created_by)


def outside(letter: Letter) -> str:
    return reverse("letters:outside", args=[letter.outsiders_secret])


def browser() -> Client:
    """Return a browser of a person; a program says less of itself."""
    return Client(headers={"User-Agent": "Firefox", "Accept-Language": "en"})


def fill_in(letter: Letter, client: Client | None = None, **changes: Any) -> Any:
    """Look at the form and send it; return the answer."""
    client = client or browser()
    form = client.get(outside(letter)).context["form"]
    guard = {"token": form.initial["token"], "opened": form.initial["opened"]}
    return client.post(outside(letter), {**ADA, **guard, **changes})


def mails() -> list[Any]:
    """Send what waits; return the new mails."""
    before = len(mail.outbox)
    waiting = Outbox.objects.filter(done_at=None, protected=True)
    deliver_mails(list(waiting.values_list("pk", flat=True)))
    return mail.outbox[before:]


def link_in(message: Any) -> str:
    """Return the path of the link in a mail."""
    found = re.search(r"/letters/mine/[\w-]+/", message.body)
    assert found, message.body
    return found[0]


def code_in(message: Any) -> str:
    found = re.search(r"\b(\d{4} \d{4})\b", message.body)
    assert found, message.body
    return found[1]


def ask(letter: Letter, **changes: Any) -> tuple[str, Any]:
    """Ask for a link by the action; return its path and the request."""
    values = {"mode": Mode.PUBLIC, "address": ADA["email"], "language": "en", "wants_news": False}
    pk = actions.ask_to_sign(letter=letter, parts=PARTS, **{**values, **changes})
    (message,) = mails()
    return link_in(message), SignOnRequest.objects.unguarded("test").filter(pk=pk).first()


def sign(path: str, client: Client | None = None, **changes: Any) -> Any:
    """Open the link and sign what it shows."""
    client = client or browser()
    form = client.get(path).context["form"]
    sent = {"declared": "on", "text": form.initial["text"], "token": str(uuid.uuid4())}
    return client.post(path, {**sent, **changes})


def names(letter: Letter) -> Any:
    return Signatory.objects.unguarded("test").of(letter).standing()


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
def everything() -> str:
    """All rows of all tables, as a dump would have them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(json_agg(t)::text, '') FROM \"{table}\" t")  # noqa: S608
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


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


# The door, and what is held ----------------------------------------------------------------------
def test_only_coordinators_open_the_door_and_a_new_address_ends_the_old() -> None:
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(NotYours):
        actions.open_door(letter=letter, by=make_user())
    first = actions.open_door(letter=letter, by=letter.created_by).outsiders_secret
    letter = actions.open_door(letter=letter, by=letter.created_by)
    old = reverse("letters:outside", args=[first])
    assert browser().get(old).status_code == 404
    assert browser().get(outside(letter)).status_code == 200
    actions.close_door(letter=letter, by=letter.created_by)
    assert browser().get(outside(letter)).status_code == 404


@pytest.mark.parametrize("state", [s for s in LetterState.values if s != LetterState.OPEN])
def test_door_of_a_letter_that_is_not_open_is_none(state: str) -> None:
    letter = make_letter(state=state)
    with pytest.raises(WrongState):
        actions.open_door(letter=letter, by=letter.created_by)


def test_coordinator_opens_and_closes_the_door_on_the_page() -> None:
    letter, client = make_letter(state=LetterState.OPEN), Client()
    client.force_login(letter.created_by)
    door = reverse("letters:door", args=[letter.pk])
    assert client.get(door).status_code == 200
    client.post(door, {"token": str(uuid.uuid4())})
    letter.refresh_from_db()
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert letter.outsiders_secret and letter.outsiders_secret in page
    client.post(door, {"token": str(uuid.uuid4())})
    letter.refresh_from_db()
    assert not letter.open_to_outsiders


@pytest.mark.parametrize("mode", [Mode.PUBLIC, Mode.NOT_COUNTED])
def test_what_looks_like_a_program_is_held_and_let_through(mode: str) -> None:
    letter = door_letter()
    answer = fill_in(letter, homepage="http://spam.example", mode=mode)
    assert answer.status_code == 302  # the same answer as everybody's
    assert not mails()
    request = SignOnRequest.objects.unguarded("test").get()
    client = Client()
    client.force_login(letter.created_by)
    page = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    assert "It filled a field that nobody sees." in page
    assert ("Ada Canary Noor" in page) is (mode == Mode.PUBLIC)
    assert "canary@post" not in page
    assert AuditEvent.objects.filter(action="letters.held_read").exists()
    url = reverse("letters:release", args=[request.pk])
    other = Client()
    other.force_login(make_user())
    assert other.post(url).status_code == 404
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    (message,) = mails()
    assert sign(link_in(message)).status_code == 302
    assert names(letter).count() == 1


def test_too_many_from_one_network_are_told_so() -> None:
    letter = door_letter()
    client = browser()
    form = client.get(outside(letter)).context["form"]
    guard = {"token": form.initial["token"], "opened": form.initial["opened"]}
    answers = [client.post(outside(letter), {**ADA, **guard}).status_code for _ in range(7)]
    assert answers[:5] == [302] * 5 and set(answers[5:]) == {429}


# Addresses ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("Ada.Noor+letters@GoogleMail.com", "adanoor@gmail.com"),
        ("a.d.a@gmail.com", "ada@gmail.com"),
        ("Ada.Noor+x@post.example", "ada.noor+x@post.example"),  # may be another person there
        ("ADA@POST.EXAMPLE.", "ada@post.example"),
        ("ada+x@outlook.com", "ada@outlook.com"),
        ("a.da@outlook.com", "a.da@outlook.com"),
        ("ada@ProtonMail.com", "ada@proton.me"),
        ("ada@pm.me", "ada@proton.me"),
        ("ada@me.com", "ada@icloud.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("  ada@post.example ", "ada@post.example"),
        ("+@gmail.com", "+@gmail.com"),
    ],
)
def test_one_mailbox_has_one_spelling(typed: str, one: str) -> None:
    assert canonical_address(typed) == one


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
