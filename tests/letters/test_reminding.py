"""Reminders of the deadline: when, to whom, once; and that nothing of them tells who signed."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications import batch, outbox
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import deliver_mails
from letters import actions
from letters.actions.reminding import last_day, step_due
from letters.enums import LetterState, Mode
from letters.models import (
    Invalidation,
    Letter,
    NoReminder,
    Reminder,
    Signatory,
    SignOnInvitation,
)
from letters.rules import reminding
from letters.tasks import remind_to_sign
from tests.factories import make_expert, make_user
from tests.letters.factories import make_letter
from tests.letters.test_inviting import invite, member
from tests.races import together

DEADLINE = dt.datetime(2026, 12, 11, 17, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)


def letter_until(deadline: dt.datetime | None = DEADLINE, zone: str = "UTC", **more: Any) -> Letter:
    """Return an open letter with this deadline."""
    return make_letter(state=LetterState.OPEN, deadline=deadline, deadline_zone=zone, **more)


def at(moment: str) -> Any:
    """Return the traveller to a moment of UTC, e.g. "2026-12-04 08:00"."""
    return time_machine.travel(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=True)


def run(moment: str) -> int:
    """Let the clock run at that moment; return how many reminders were written."""
    with at(moment):
        return remind_to_sign()


def sent() -> list[str]:
    """Send all mails that wait; return the addresses of those that are reminders."""
    waiting = Outbox.objects.filter(kind="letters.reminder", done_at=None)
    before = len(mail.outbox)
    deliver_mails(list(waiting.values_list("pk", flat=True)))
    return sorted(message.to[0] for message in mail.outbox[before:])


@pytest.fixture
def invited(db: Any) -> Callable[..., tuple[Any, Any, SignOnInvitation]]:
    """Invite a new member organization of the letter on 20 November; return who, what, which."""

    def make(letter: Letter, **fields: Any) -> tuple[Any, Any, SignOnInvitation]:
        user, organization = member(letter, **fields)
        with at("2026-11-20 09:00"):
            found = invite(letter, organization)
        return user, organization, next(i for i in found if i.organization_id == organization.pk)

    return make


# When --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "step"),
    [
        ("2026-12-03 23:59", None), ("2026-12-04 00:00", 7), ("2026-12-04 17:00", 7),
        ("2026-12-06 10:00", 7), ("2026-12-08 23:59", 7), ("2026-12-09 00:00", 2),
        ("2026-12-10 23:59", 2), ("2026-12-11 00:00", 0), ("2026-12-11 16:59", 0),
        ("2026-12-11 17:00", None), ("2026-12-12 09:00", None), ("2026-11-01 09:00", None),
    ],
)  # fmt: skip
def test_step_by_the_calendar(now: str, step: int | None) -> None:
    letter = Letter(deadline=DEADLINE, deadline_zone="UTC")
    assert step_due(letter, dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)) == step


@pytest.mark.parametrize(
    ("zone", "local", "day"),
    [
        ("UTC", "2026-12-11 00:00", "2026-12-10"),  # midnight ends the day before
        ("UTC", "2026-12-11 00:01", "2026-12-11"),
        ("Pacific/Kiritimati", "2026-12-11 23:59", "2026-12-11"),
        ("Pacific/Niue", "2026-12-11 23:59", "2026-12-11"),
        ("Asia/Kathmandu", "2026-12-11 00:30", "2026-12-11"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01"),  # an hour that comes twice
        ("No/Such_Zone", "2026-12-11 09:00", "2026-12-11"),  # counts as UTC
    ],
)
def test_last_day_is_a_day_of_the_letters_zone(zone: str, local: str, day: str) -> None:
    where = dt.UTC if zone.startswith("No/") else zoneinfo.ZoneInfo(zone)
    deadline = dt.datetime.fromisoformat(local).replace(tzinfo=where)
    letter = Letter(deadline=deadline.astimezone(dt.UTC), deadline_zone=zone)
    assert str(last_day(letter)) == day


def test_days_are_counted_by_the_letters_calendar() -> None:
    """At 11:00 UTC of the 4th it is the 5th on Kiritimati: six days are left, not seven."""
    local = dt.datetime(2026, 12, 11, 9, tzinfo=zoneinfo.ZoneInfo("Pacific/Kiritimati"))
    letter = Letter(deadline=local, deadline_zone="Pacific/Kiritimati")
    first = dt.datetime(2026, 12, 3, 10, tzinfo=dt.UTC)  # midnight there
    assert step_due(letter, first) == 7
    assert step_due(letter, first - dt.timedelta(minutes=1)) is None


# To whom, how often ----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_three_reminders_each_once_however_often_the_clock_runs(invited: Any) -> None:
    letter = letter_until()
    user, *_ = invited(letter)
    hours = ["2026-12-03 20:00", "2026-12-04 01:00", "2026-12-04 02:00", "2026-12-07 09:00",
             "2026-12-09 00:30", "2026-12-10 09:00", "2026-12-11 00:30", "2026-12-11 16:00",
             "2026-12-11 18:00", "2026-12-12 09:00"]  # fmt: skip
    assert [run(hour) for hour in hours] == [0, 1, 0, 0, 1, 0, 1, 0, 0, 0]
    assert not Notice.objects.filter(kind="letters.reminder").exists()
    with at("2026-12-11 16:10"):
        assert sent() == [user.email] * 3
    assert AuditEvent.objects.filter(action="letters.reminded").count() == 3


@pytest.mark.django_db(transaction=True)
def test_mail_is_neutral(invited: Any) -> None:
    letter = letter_until(subject="Canary visits")
    invited(letter, name="Canary Law Clinic")
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        sent()
    told = mail.outbox[-1]
    assert "anary" not in f"{told.subject} {told.body} {told.extra_headers}"
    assert str(letter.pk) not in told.body and letter.reference not in told.body


@pytest.mark.django_db(transaction=True)
def test_clock_that_stood_still_makes_up_for_one_step_only(invited: Any) -> None:
    letter = letter_until()
    invited(letter)
    assert [run("2026-12-06 09:00"), run("2026-12-11 09:00")] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_deadline_moved_is_told_anew_and_within_the_day_is_not(invited: Any) -> None:
    letter = letter_until()
    invited(letter)
    assert run("2026-12-04 01:00") == 1

    def move(deadline: dt.datetime) -> None:
        Letter.objects.unguarded("test").filter(pk=letter.pk).update(deadline=deadline)

    move(DEADLINE + dt.timedelta(hours=3))
    assert run("2026-12-04 03:00") == 0
    move(DEADLINE + dt.timedelta(days=10))
    assert [run("2026-12-04 05:00"), run("2026-12-14 01:00")] == [0, 1]
    move(dt.datetime(2026, 12, 15, 12, tzinfo=dt.UTC))  # nearer: tomorrow
    assert run("2026-12-14 03:00") == 1
    move(dt.datetime(2026, 12, 14, 1, tzinfo=dt.UTC))  # over
    assert run("2026-12-14 03:00") == 0


@pytest.mark.django_db(transaction=True)
def test_who_was_invited_since_the_step_began_waits_for_the_next(invited: Any) -> None:
    letter = letter_until()
    _user, organization = member(letter)
    with at("2026-12-06 09:00"):
        invite(letter, organization)
    assert [run("2026-12-06 10:00"), run("2026-12-09 09:00")] == [0, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "case",
    ["no mail", "inactive", "left", "declined", "taken back", "paused", "closed", "no deadline"],
)
def test_who_is_not_reminded(invited: Any, case: str) -> None:
    letter = letter_until()
    user, _organization, invitation = invited(letter)
    with at("2026-12-01 09:00"):
        _make_so(case, letter, user, invitation)
    assert run("2026-12-04 01:00") == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "case", ["no mail", "inactive", "left", "declined", "taken back", "paused", "closed"]
)
def test_reminder_that_was_written_does_not_leave_when_it_is_overtaken(
    invited: Any, case: str
) -> None:
    letter = letter_until()
    user, _organization, invitation = invited(letter)
    assert run("2026-12-04 01:00") == 1
    with at("2026-12-04 01:01"):
        _make_so(case, letter, user, invitation)
        assert sent() == []


def _make_so(case: str, letter: Letter, user: Any, invitation: Any) -> None:
    letters = Letter.objects.unguarded("test").filter(pk=letter.pk)
    if case in ("no mail", "inactive"):
        user.wants_mail, user.is_active = case != "no mail", case != "inactive"
        user.save()
    elif case == "left":
        user.memberships.unguarded("test").update(ended_at=NOON)
    elif case == "declined":
        actions.decline(invitation=invitation, reason="", by=user)
    elif case == "taken back":
        actions.take_invitation_back(invitation=invitation, by=letter.created_by)
    elif case == "paused":
        letters.update(paused_at=NOON, paused_by=letter.created_by, pause_reason="A doubt.")
    elif case == "closed":
        letters.update(state=LetterState.CLOSED)
    else:
        letters.update(deadline=None)


@pytest.mark.django_db(transaction=True)
def test_after_undoing_a_no_reminders_go_on(invited: Any) -> None:
    letter = letter_until()
    user, _organization, invitation = invited(letter)
    with at("2026-12-01 09:00"):
        actions.decline(invitation=invitation, reason="", by=user)
        actions.undo_decline(invitation=invitation, by=user)
    assert run("2026-12-04 01:00") == 1
    with at("2026-12-04 01:01"):
        assert sent() == [user.email]


# After an answer, in every mode -----------------------------------------------------------------
def _expert(letter: Letter) -> tuple[Any, Any]:
    expert = make_expert(level=Level.PUBLIC)
    with at("2026-11-20 09:00"):
        invite(letter, expert)
    return expert.user, None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", Mode.values)
@pytest.mark.parametrize("who", ["organization", "expert"])
@pytest.mark.parametrize("then", ["signed", "signed late", "taken back"])
def test_nobody_is_reminded_after_signing_or_taking_back(
    invited: Any, mode: str, who: str, then: str
) -> None:
    letter = letter_until()
    user, organization = invited(letter)[:2] if who == "organization" else _expert(letter)
    other, *_ = invited(letter)
    body = organization.pk if organization else None

    def sign() -> Any:
        return actions.sign(letter=letter, mode=mode, by=user, organization_id=body)

    if then != "signed late":
        with at("2026-12-01 09:00"):
            name = sign()
            if then == "taken back":
                actions.withdraw(signatory=name, reason="", by=user)
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        if then == "signed late":  # the row is written already, the mail has not left
            sign()
        assert sent() == [other.email]


@pytest.mark.django_db(transaction=True)
def test_who_was_set_apart_after_signing_is_not_reminded(invited: Any) -> None:
    letter = letter_until()
    user, organization, _invitation = invited(letter)
    name = actions.sign(letter=letter, mode=Mode.PUBLIC, by=user, organization_id=organization.pk)
    wave = Invalidation.objects.create(
        letter=letter, conditions={}, reason="A test.", names=1, made_by=letter.created_by
    )
    Signatory.objects.unguarded("test").filter(pk=name.pk).update(invalidation=wave)
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        assert sent() == []


@pytest.mark.django_db(transaction=True)
def test_without_the_question_at_sending_who_signed_would_be_reminded(
    invited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control."""
    letter = letter_until()
    user, organization, _invitation = invited(letter)
    actions.sign(letter=letter, mode=Mode.NOT_COUNTED, by=user, organization_id=organization.pk)
    monkeypatch.setattr(reminding, "has_answered", lambda invitation: False)
    monkeypatch.setattr(
        reminding.Signatory.objects.none().__class__, "signed_by_person",
        lambda self, user: self.none(),
    )  # fmt: skip
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        assert sent() == [user.email]


@pytest.mark.django_db(transaction=True)
def test_colleague_is_not_reminded_when_the_organization_signed_unnamed(invited: Any) -> None:
    from tests.factories import make_membership

    letter = letter_until()
    user, organization, _invitation = invited(letter)
    make_membership(make_user(), organization)
    with at("2026-12-01 09:00"):
        actions.sign(
            letter=letter, mode=Mode.COORDINATORS, by=user, organization_id=organization.pk
        )
    assert run("2026-12-04 01:00") == 2  # the rows say nothing
    with at("2026-12-04 01:01"):
        assert sent() == []


def _dump(*tables: str) -> list[str]:
    """Every column of every row, random and blind ones as their length, sorted."""
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT row_to_json(t) FROM {table} t")  # noqa: S608 - ours
            for (row,) in cursor.fetchall():
                for name in ("id", "key", "sealed", "recipient_id", "about_id", "dedupe_key"):
                    row[name] = len(str(row.get(name, "")))
                found.append(f"{table} {sorted(row.items())}")
    return found


@pytest.mark.django_db(transaction=True)
def test_no_row_tells_who_of_the_invited_signed(invited: Any) -> None:
    """One of three signed unnamed: the rows of the three are alike, those of the outbox too."""
    letter = letter_until()
    people = [invited(letter) for _ in range(3)]
    user, organization, _invitation = people[1]
    with at("2026-12-01 09:00"):
        actions.sign(letter=letter, mode=Mode.NOT_COUNTED, by=user, organization_id=organization.pk)
    assert run("2026-12-04 01:00") == 3
    with at("2026-12-04 01:01"):
        assert sent() == sorted(one[0].email for one in (people[0], people[2]))
    Outbox.objects.exclude(kind="letters.reminder").delete()
    rows = _dump("letters_reminder", "notifications_outbox")
    assert len(rows) == 6 and len(set(rows)) == 2, rows
    text = " ".join(str(r) for r in Reminder.objects.unguarded("test").values_list())
    assert not [one for one in people if str(one[0].pk) in text or str(one[1].pk) in text]


@pytest.mark.django_db(transaction=True)
def test_a_reason_for_not_sending_would_be_found(
    invited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: with the reason in the row, the one that did not leave stands out."""
    letter = letter_until()
    people = [invited(letter) for _ in range(3)]
    actions.sign(
        letter=letter, mode=Mode.NOT_COUNTED, by=people[1][0], organization_id=people[1][1].pk
    )
    known = outbox._protected_envelope

    def with_a_reason(row: Any) -> Any:
        prepared = known(row)
        closed = isinstance(prepared, batch.Closed)
        return batch.Closed("no such reader") if closed else prepared

    monkeypatch.setattr(outbox, "_protected_envelope", with_a_reason)
    run("2026-12-04 01:00")
    with at("2026-12-04 01:01"):
        sent()
    Outbox.objects.exclude(kind="letters.reminder").delete()
    assert len(set(_dump("notifications_outbox"))) == 2


@pytest.mark.django_db(transaction=True)
def test_page_and_digest_say_no_answer_for_who_signed_uncounted(invited: Any, client: Any) -> None:
    from django.urls import reverse

    letter = letter_until()
    seen = {}
    for mode in Mode.values:
        user, organization, _invitation = invited(letter, name=f"Canary {mode} Clinic")
        with at("2026-12-01 09:00"):
            actions.sign(letter=letter, mode=mode, by=user, organization_id=organization.pk)
    with at("2026-12-02 09:00"):
        client.force_login(letter.created_by)
        html = client.get(reverse("letters:invitations", args=[letter.pk])).content.decode()
    for part in html.split("<li>"):
        for mode in Mode.values:
            if f"Canary {mode} Clinic" in part:
                seen[mode] = "no answer" in part
    assert seen == {
        Mode.PUBLIC: False, Mode.OFFICE: False, Mode.COORDINATORS: False, Mode.NOT_COUNTED: True
    }  # fmt: skip


# Races -----------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_remind_once(invited: Any) -> None:
    letter = letter_until()
    people = [invited(letter)[0] for _ in range(3)]
    with at("2026-12-04 01:00"):
        assert sum(together(lambda _: remind_to_sign(), threads=10)) == 3
        assert sent() == sorted(one.email for one in people)


@pytest.mark.django_db(transaction=True)
def test_without_the_key_ten_clocks_would_remind_ten_times(
    invited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control."""
    import uuid

    letter = letter_until()
    invited(letter)
    blind = reminding.vault.blind
    monkeypatch.setattr(
        reminding.vault, "blind",
        lambda purpose, *parts: blind(purpose, *parts, str(uuid.uuid4()))
        if purpose == "letters.reminder" else blind(purpose, *parts),
    )  # fmt: skip
    with at("2026-12-04 01:00"):
        assert sum(together(lambda _: remind_to_sign(), threads=4)) == 4


@pytest.mark.django_db(transaction=True)
def test_signing_while_the_clock_writes_is_never_held_up(invited: Any) -> None:
    """The clock takes no lock of the letter that a signatory waits for; who signs meanwhile gets
    no mail."""
    letter = letter_until()
    people = [invited(letter) for _ in range(4)]

    def act(number: int) -> None:
        if number == 4:
            remind_to_sign()
            return
        user, organization, _invitation = people[number]
        actions.sign(letter=letter, mode=Mode.OFFICE, by=user, organization_id=organization.pk)

    with at("2026-12-04 01:00"):
        together(act, threads=5)
        assert sent() == []


@pytest.mark.django_db(transaction=True)
def test_rows_go_when_the_letter_is_closed(invited: Any) -> None:
    letter = letter_until()
    user, organization, _invitation = invited(letter)
    run("2026-12-04 01:00")
    with at("2026-12-04 02:00"):
        name = actions.sign(
            letter=letter, mode=Mode.OFFICE, by=user, organization_id=organization.pk
        )
        actions.withdraw(signatory=name, reason="", by=user)
    assert NoReminder.objects.unguarded("test").count() == 1
    Letter.objects.unguarded("test").update(state=LetterState.CLOSED)
    run("2026-12-04 03:00")
    rows = [m.objects.unguarded("test").count() for m in (Reminder, NoReminder)]
    assert rows == [0, 0]
