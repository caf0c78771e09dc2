"""From delivery to the end: each step with who took it and when, read by those who signed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level, SystemActor
from foundation.notifications.models import Notice
from foundation.workflow import Refused
from letters import actions
from letters.enums import LetterState as S
from letters.models import DeliveryStep, Letter
from tests.factories import make_approver, make_officer, make_user
from tests.letters.factories import answer_ask, make_ask, make_letter, make_name

pytestmark = pytest.mark.django_db
WHY = "It was meant for another office."


def url(name: str, *args: Any) -> str:
    return reverse(f"letters:{name}", args=args)


def steps(letter: Letter) -> list[tuple[str, Any]]:
    """Return the letter's steps: (state, who)."""
    found = DeliveryStep.objects.unguarded("test").of(letter)
    return [(step.state, step.by) for step in found]


@pytest.fixture
def letter() -> Letter:
    """A public letter that was delivered, with a name that a person signed."""
    made = make_letter(state=S.DELIVERED, level=Level.PUBLIC)
    make_name(made, signed_by=make_user())
    return made


def signer_of(letter: Letter) -> Any:
    return letter.signatories.unguarded("test").get().signed_by


def told(user: Any) -> list[str]:
    return list(Notice.objects.filter(recipient_id=user.pk).values_list("kind", flat=True))


def test_each_step_is_written_down_with_who_took_it(letter: Letter) -> None:
    first, second, approver = make_officer(), make_officer(), make_approver()
    actions.receive(letter=letter, by=first)
    actions.acknowledge(letter=letter, by=second)
    actions.begin_review(letter=letter, by=second)
    actions.close_unanswered(letter=letter, reason=WHY, by=approver)
    actions.begin_review(letter=letter, by=first)
    assert steps(letter) == [
        (S.OPENED, first), (S.ACKNOWLEDGED, second), (S.UNDER_REVIEW, second),
        (S.NO_ANSWER, approver), (S.UNDER_REVIEW, first),
    ]  # fmt: skip
    now = Letter.objects.unguarded("test").get(pk=letter.pk)
    assert now.owner == first, "who opens it owns it, if nobody does"
    kept = set(AuditEvent.objects.values_list("action", flat=True))
    assert kept >= {
        "letters.opened_at_the_office",
        "letters.acknowledged",
        "letters.under_review",
        "letters.closed_unanswered",
    }


def test_delivery_is_written_down_with_the_hash_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = make_letter(state=S.CLOSED)
    monkeypatch.setattr("letters.actions.delivering._must_be_sealed", lambda letter: "ab" * 32)
    actions.deliver(letter=letter, by=letter.created_by)
    step = DeliveryStep.objects.unguarded("test").get()
    assert (step.state, step.by, step.file_hash) == (S.DELIVERED, letter.created_by, "ab" * 32)


def test_acknowledging_skips_the_opening(letter: Letter) -> None:
    officer = make_officer()
    actions.acknowledge(letter=letter, by=officer)
    assert steps(letter) == [(S.ACKNOWLEDGED, officer)]


def test_marking_an_ask_skips_forward_and_each_step_stands(letter: Letter) -> None:
    officer = make_officer()
    actions.receive(letter=letter, by=officer)
    ask = make_ask(letter, by=officer)
    make_ask(letter, by=officer)
    assert [state for state, _by in steps(letter)] == [S.OPENED, S.ACKNOWLEDGED, S.UNDER_REVIEW]
    assert told(signer_of(letter)).count("letters.acknowledged") == 1
    answer_ask(ask)
    assert steps(letter)[-1][0] == S.UNDER_REVIEW, "one ask is still open"


def test_letter_is_answered_by_itself_with_its_last_ask(letter: Letter) -> None:
    ask = make_ask(letter)
    answer_ask(ask)
    assert steps(letter)[-1] == (S.ANSWERED, None)


def test_ask_in_an_answered_letter_opens_it_and_both_steps_stay(letter: Letter) -> None:
    answer_ask(make_ask(letter))
    make_ask(letter)
    states = [state for state, _by in steps(letter)]
    assert states == [S.ACKNOWLEDGED, S.UNDER_REVIEW, S.ANSWERED, S.UNDER_REVIEW]


def test_opening_tells_nobody_and_stops_no_clock(letter: Letter) -> None:
    due = letter.acknowledge_by
    actions.receive(letter=letter, by=make_officer())
    assert told(signer_of(letter)) == []
    now = Letter.objects.unguarded("test").get(pk=letter.pk)
    assert (now.acknowledge_by, now.acknowledged_at) == (due, None)


def test_no_answer_has_a_reason_and_those_who_signed_are_told_once(letter: Letter) -> None:
    actions.acknowledge(letter=letter, by=make_officer())
    approver = make_approver()
    with pytest.raises(Refused, match="Say why"):
        actions.close_unanswered(letter=letter, reason="  ", by=approver)
    actions.close_unanswered(letter=letter, reason=WHY, by=approver)
    for user in (signer_of(letter), letter.created_by):
        assert told(user).count("letters.no_answer") == 1


def test_letter_with_an_ask_that_waits_is_not_closed_without_an_answer(letter: Letter) -> None:
    ask = make_ask(letter)
    with pytest.raises(Refused, match="each of them gets an answer"):
        actions.close_unanswered(letter=letter, reason=WHY, by=make_approver())
    actions.undo_ask(ask=ask, reason="A strength, no ask.", by=make_officer())
    actions.close_unanswered(letter=letter, reason=WHY, by=make_approver())


def test_the_database_takes_no_closing_without_a_reason(letter: Letter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryStep.objects.create(letter=letter, state=S.NO_ANSWER)


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_steps_are_seen_with_their_letter(level: int) -> None:
    letter = make_letter(state=S.DELIVERED, level=level)
    make_name(letter, signed_by=make_user())
    actions.receive(letter=letter, by=make_officer())
    seen = DeliveryStep.objects
    for viewer in (signer_of(letter), letter.created_by, make_officer(), SystemActor("x")):
        assert seen.visible_to(viewer).of(letter).exists()
    for viewer in (AnonymousUser(), make_user()):
        assert seen.visible_to(viewer).of(letter).exists() is (level == Level.PUBLIC)


# Pages ----------------------------------------------------------------------------------------
def test_office_steps_in_the_browser(client: Client, letter: Letter) -> None:
    client.force_login(make_officer())
    for name, state in (("receive", S.OPENED), ("acknowledge", S.ACKNOWLEDGED),
                        ("review_letter", S.UNDER_REVIEW)):  # fmt: skip
        path = url(name, letter.pk)
        assert client.get(path).status_code == 200
        answer = client.post(path, {"token": uuid.uuid4()})
        assert answer.headers["Location"] == url("item", letter.pk)
        assert Letter.objects.unguarded("test").get(pk=letter.pk).state == state
    assert client.get(url("close_unanswered", letter.pk)).status_code == 404, "no approver"


def test_who_signed_reads_the_reason_and_no_name_of_an_officer(
    client: Client, letter: Letter
) -> None:
    officer, approver = make_officer(), make_approver()
    actions.receive(letter=letter, by=officer)
    actions.acknowledge(letter=letter, by=officer)
    client.force_login(approver)
    path = url("close_unanswered", letter.pk)
    assert "word for word" in client.get(path).content.decode()
    assert client.post(path, {"text": "", "token": uuid.uuid4()}).status_code == 422
    client.post(path, {"text": WHY, "token": uuid.uuid4()})
    assert client.get(path).status_code == 404
    at_the_desk = client.get(url("item", letter.pk)).content.decode()
    assert officer.display_name() in at_the_desk
    client.force_login(signer_of(letter))
    body = client.get(url("answers", letter.pk)).content.decode()
    assert WHY in body
    assert "by an approver of the Office" in body
    assert "by an officer of the Office" in body
    assert officer.display_name() not in body
    assert approver.display_name() not in body
    assert url("answers", letter.pk) in client.get(letter.get_absolute_url()).content.decode()


def test_page_shows_where_the_letter_stands(client: Client, letter: Letter) -> None:
    actions.receive(letter=letter, by=make_officer())
    client.force_login(signer_of(letter))
    way = client.get(url("answers", letter.pk)).context["way"]
    assert [one["place"] for one in way] == ["done", "here", "", "", ""]
    assert way[2]["due"] == letter.acknowledge_by
    assert way[1]["at"] is not None
