"""A signature, or its withdrawal, that races with the freeze of a corrected text."""

from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest

from foundation.workflow import Refused
from letters import actions
from letters.actions import approving, correcting, sign_on
from letters.enums import LetterState as S
from letters.models import Approval, Letter, Signatory
from tests.letters.factories import make_signer
from tests.letters.test_correcting import begun, put
from tests.letters.test_leading import make_led
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(pk: Any) -> Letter:
    """What an action would have without the lock."""
    return Letter.objects.unguarded("test").get(pk=pk)


class Held:
    """Stands for `sign_on.HELD`: how signing reads the letter, told to whoever waits for it."""

    def __init__(self, read: Any, has_read: Event | None = None) -> None:
        self.read, self.has_read = read, has_read

    def first(self, pk: Any) -> Any:
        found = self.read(pk)
        if self.has_read:
            self.has_read.set()
        return found


def sign_while_the_text_is_corrected(monkeypatch: Any) -> tuple[Letter, Any, list[str]]:
    """Let one person sign while the corrected text is fixed: the signature has read which text is
    in force, and waits until the correction has ended, or for a while. Returns the letter, the
    name, and in which order the two were done."""
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    begun(letter, lead)
    signer, organization = make_signer()
    has_read, corrected, order = Event(), Event(), []
    held, name_to_sign = sign_on.HELD, sign_on.name_to_sign

    def wait_before_writing(*args: Any) -> Any:
        corrected.wait(timeout=2)  # with the lock it cannot come
        return name_to_sign(*args)

    monkeypatch.setattr(sign_on, "HELD", Held(held.first, has_read))
    monkeypatch.setattr(sign_on, "name_to_sign", wait_before_writing)

    def act(number: int) -> Any:
        if number:
            has_read.wait(timeout=10)
            actions.correct(letter=letter, by=lead)
            order.append("corrected")
            corrected.set()
            return None
        name = actions.sign(
            letter=letter, mode="public", by=signer, organization_id=organization.pk
        )
        order.append("signed")
        return name

    name = together(act, threads=2)[0]
    return unlocked(letter.pk), name, order


def asked(letter: Letter) -> int:
    """Return how many people were told that the text was corrected."""
    from foundation.notifications.models import Notice

    return Notice.objects.filter(kind="letters.corrected", about_id=str(letter.pk)).count()


def test_correction_waits_for_who_is_signing_and_asks_them_again(monkeypatch):
    letter, name, order = sign_while_the_text_is_corrected(monkeypatch)
    assert order == ["signed", "corrected"]
    assert name.text.number == 1 and letter.frozen.number == 2
    assert asked(letter) == 1


def test_without_the_lock_somebody_would_sign_a_text_that_is_no_more_and_not_be_told(monkeypatch):
    """The positive control."""
    monkeypatch.setattr(sign_on, "HELD", Held(unlocked))
    letter, name, order = sign_while_the_text_is_corrected(monkeypatch)
    assert order == ["corrected", "signed"]
    assert name.text.number == 1 and letter.frozen.number == 2
    assert asked(letter) == 0


def withdraw_while_the_text_is_corrected(
    monkeypatch: Any, *, locked: bool
) -> tuple[Any, list[str]]:
    """Let one person take a name back while the corrected text is fixed, at the moment when those
    who signed are told. Returns the letter and in which order the two were done."""
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    _signer, _organization, name = put(letter)
    begun(letter, lead)
    telling, withdrawn, order = Event(), Event(), []
    tell = correcting.tell_signatories

    def tell_slowly(*args: Any, **kwargs: Any) -> None:
        telling.set()
        withdrawn.wait(timeout=2)  # with the lock it cannot come
        tell(*args, **kwargs)

    monkeypatch.setattr(correcting, "tell_signatories", tell_slowly)
    if not locked:
        monkeypatch.setattr(sign_on, "hold_open", lambda pk: unlocked(pk).state)

    def act(number: int) -> None:
        if number:
            telling.wait(timeout=10)
            actions.withdraw(signatory=name, reason="", by=_signer)
            order.append("withdrawn")
            withdrawn.set()
        else:
            actions.correct(letter=letter, by=lead)
            order.append("corrected")

    together(act, threads=2)
    return letter, order


def test_withdrawal_waits_for_the_correction_and_takes_the_name_back_after_it(monkeypatch):
    letter, order = withdraw_while_the_text_is_corrected(monkeypatch, locked=True)
    assert order == ["corrected", "withdrawn"]
    assert asked(letter) == 1  # it stood when the text was corrected
    rows = Signatory.objects.unguarded("test").of(letter)
    assert [row.withdrawn_at is None for row in rows] == [False]


def test_without_the_lock_a_withdrawal_would_come_in_between(monkeypatch):
    """The positive control: the name is gone when those who stand are counted."""
    letter, order = withdraw_while_the_text_is_corrected(monkeypatch, locked=False)
    assert order == ["withdrawn", "corrected"]
    assert asked(letter) == 0


def withdraw_while_the_letter_is_closed(monkeypatch: Any, *, locked: bool) -> list[str]:
    """Let the only name be taken back while the letter is closed, after it was counted."""
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    signer, _organization, name = put(letter)
    counted, withdrawn, order = Event(), Event(), []
    from letters.actions import lifecycle

    record = lifecycle.record

    def record_slowly(*args: Any, **kwargs: Any) -> Any:
        counted.set()
        withdrawn.wait(timeout=2)
        return record(*args, **kwargs)

    monkeypatch.setattr(lifecycle, "record", record_slowly)
    if not locked:
        monkeypatch.setattr(sign_on, "hold_open", lambda pk: unlocked(pk).state)

    def act(number: int) -> None:
        if number:
            counted.wait(timeout=10)
            actions.withdraw(signatory=name, reason="", by=signer)
            order.append("withdrawn")
            withdrawn.set()
        else:
            actions.close(letter=letter, by=lead)
            order.append("closed")

    together(act, threads=2)
    return order


def test_withdrawal_waits_for_the_close(monkeypatch):
    assert withdraw_while_the_letter_is_closed(monkeypatch, locked=True) == ["closed", "withdrawn"]


def test_without_the_lock_a_letter_would_be_closed_without_the_name_it_was_closed_for(monkeypatch):
    """The positive control."""
    order = withdraw_while_the_letter_is_closed(monkeypatch, locked=False)
    assert order == ["withdrawn", "closed"]


def edit_while_it_is_opened(monkeypatch: Any, *, locked: bool) -> tuple[Letter, list[str]]:
    """Let one lead edit the draft while another opens it with the approval of the earlier text."""
    letter, (one, two), _ = make_led(2)
    actions.approve(letter=letter, step="open", by=two)
    approved, edited, how = Event(), Event(), []
    from letters.actions import lifecycle

    freeze = lifecycle.freeze

    def freeze_slowly(*args: Any, **kwargs: Any) -> Any:
        approved.set()
        edited.wait(timeout=2)
        return freeze(*args, **kwargs)

    monkeypatch.setattr(lifecycle, "freeze", freeze_slowly)
    if not locked:
        monkeypatch.setattr(lifecycle, "lock", unlocked)

    def act(number: int) -> None:
        if number:
            approved.wait(timeout=10)
            with suppress(Refused):
                actions.edit(letter=letter, version=0, by=two, body="Another text.")
                how.append("edited")
            edited.set()
        else:
            actions.open_for_sign_on(letter=letter, by=one)

    together(act, threads=2)
    return unlocked(letter.pk), how


def test_text_that_is_opened_is_the_one_that_was_approved(monkeypatch):
    letter, how = edit_while_it_is_opened(monkeypatch, locked=True)
    assert how == []  # the edit came after the freeze, and was refused
    assert letter.body == letter.text().body


def test_without_the_lock_an_edit_would_come_between_approval_and_freeze(monkeypatch):
    """The positive control: the draft says one thing, and what people sign another."""
    letter, how = edit_while_it_is_opened(monkeypatch, locked=False)
    assert how == ["edited"]
    assert letter.body != letter.text().body


def approve_together(letter: Letter, lead: Any) -> list[str]:
    """Let one lead press the button ten times at once."""

    def press(_number: int) -> str:
        try:
            actions.approve(letter=letter, step="open", by=lead)
            return "approved"
        except Exception as error:
            return type(error).__name__

    return together(press, threads=10)


def test_lead_who_presses_ten_times_approves_once():
    letter, (one, _two), _ = make_led(2)
    assert approve_together(letter, one) == ["approved"] * 10
    assert Approval.objects.unguarded("test").count() == 1


def test_without_the_lock_the_constraint_would_be_met(monkeypatch):
    """The positive control."""
    letter, (one, _two), _ = make_led(2)
    gate, record = Barrier(10), approving.fingerprint_to_approve

    def all_at_once(*args: Any, **kwargs: Any) -> str:
        found = record(*args, **kwargs)
        with suppress(BrokenBarrierError):
            gate.wait(timeout=3)
        return found

    monkeypatch.setattr(approving, "lock", unlocked)
    monkeypatch.setattr(approving, "lead_of", approving.lead_of)
    monkeypatch.setattr(approving, "fingerprint_to_approve", all_at_once)
    assert "IntegrityError" in approve_together(letter, one)
