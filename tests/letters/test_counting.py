"""Numbers of names: one job counts them, signing writes no shared row, few hidden are never told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import actions
from letters.actions import counting
from letters.actions.counting import count_names, recount_names
from letters.enums import Kind, LetterState, Mode
from letters.models import Letter, LetterCount, ListVersion, Signatory
from tests.letters.factories import make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db
racing = pytest.mark.django_db(transaction=True)


def count_of(letter: Letter) -> tuple[int, int, int]:
    one = LetterCount.objects.get(letter=letter)
    return one.organizations, one.individuals, one.withheld


def make_person(letter: Letter, **fields: Any) -> Signatory:
    values = {"kind": Kind.INDIVIDUAL, "person": "Ada Noor", "organization_name": "", **fields}
    return make_name(letter, **values)


def test_what_stands_is_counted_by_kind_and_an_organization_once() -> None:
    letter = make_letter(state=LetterState.OPEN)
    make_name(letter)
    make_name(letter, organization_name="ALDERN law clinic")
    make_name(letter, organization_name="Brook Circle")
    make_person(letter)
    make_name(letter, organization_name="Gone", withdrawn_at=timezone.now() + timedelta(seconds=1))
    assert count_names() == 0
    assert count_of(letter) == (2, 1, 0)


def test_what_comes_and_goes_is_found_by_the_next_run() -> None:
    letter = make_letter(state=LetterState.OPEN)
    count_names()
    signer, organization = make_signer()
    name = actions.sign(letter=letter, mode=Mode.PUBLIC, by=signer, organization_id=organization.pk)
    assert count_of(letter) == (0, 0, 0)  # by its own run only
    count_names()
    assert count_of(letter) == (1, 0, 0)
    actions.withdraw(signatory=name, reason="", by=signer)
    count_names()
    assert count_of(letter) == (0, 0, 0)


@pytest.mark.parametrize(("hidden", "told"), [(0, 0), (1, 0), (4, 0), (5, 5), (7, 7)])
def test_few_hidden_names_are_never_a_difference(hidden: int, told: int) -> None:
    letter = make_letter(state=LetterState.CLOSED)
    make_name(letter)
    for number in range(hidden):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"Hidden {number}")
    count_names()
    assert count_of(letter) == (1, 0, told)


def test_hidden_names_move_no_number_while_names_come_in() -> None:
    letter = make_letter(state=LetterState.OPEN)
    for number in range(9):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"Hidden {number}")
    count_names()
    assert count_of(letter) == (0, 0, 0)


def test_the_database_refuses_a_few() -> None:
    letter = make_letter(state=LetterState.CLOSED)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterCount.objects.create(letter=letter, withheld=4, counted_at=now, moved_at=now)


def test_a_delivered_letter_is_counted_again_only_when_something_moved() -> None:
    letter = make_letter(state=LetterState.DELIVERED)
    name = make_name(letter)
    old = timezone.now() - timedelta(hours=2)
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(changed_at=old)
    count_names()
    LetterCount.objects.update(counted_at=old + timedelta(hours=1), organizations=9)
    assert count_names() == 0
    assert count_of(letter)[0] == 9
    Signatory.objects.unguarded("test").filter(pk=name.pk).update(withdrawn_at=timezone.now())
    assert count_names() == 1
    assert count_of(letter)[0] == 0


def test_the_night_repairs_what_no_run_noticed(caplog: pytest.LogCaptureFixture) -> None:
    letter = make_letter(state=LetterState.DELIVERED)
    make_name(letter)
    recount_names()
    LetterCount.objects.update(organizations=400)
    Letter.objects.unguarded("test").update(changed_at=timezone.now() - timedelta(days=9))
    count_names()
    assert count_of(letter)[0] == 400
    assert recount_names() == 1
    assert count_of(letter)[0] == 1
    assert "repaired" in caplog.text


def test_the_moment_of_the_last_move_stays_while_nothing_moves() -> None:
    letter = make_letter(state=LetterState.OPEN)
    count_names()
    first = LetterCount.objects.get(letter=letter)
    count_names()
    assert LetterCount.objects.get(letter=letter).counted_at == first.counted_at
    LetterCount.objects.update(counted_at=first.counted_at - counting.STALE)
    count_names()
    again = LetterCount.objects.get(letter=letter)
    assert again.counted_at > first.counted_at
    assert again.moved_at == first.moved_at
    make_name(letter)
    count_names()
    assert LetterCount.objects.get(letter=letter).moved_at > first.moved_at


# One run at a time ---------------------------------------------------------------------------------
def _while_another_run_holds(lock: int, do: Callable[[], int | None]) -> int | None:
    """Return what `do` gives while another connection is in a run under `lock`."""
    held, done = Event(), Event()

    def run() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
                held.set()
                done.wait(30)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    assert held.wait(30)
    try:
        return do()
    finally:
        done.set()
        thread.join()


@racing
def test_a_second_run_does_nothing() -> None:
    make_letter(state=LetterState.OPEN)
    assert _while_another_run_holds(counting.LOCK, count_names) is None
    assert not LetterCount.objects.exists()
    assert count_names() == 0  # the lock ended with the other's transaction
    assert LetterCount.objects.exists()


@racing
def test_under_another_lock_both_would_run() -> None:
    """The positive control."""
    make_letter(state=LetterState.OPEN)
    assert _while_another_run_holds(counting.LOCK + 1, count_names) == 0
    assert LetterCount.objects.exists()


# What a sign-on writes ------------------------------------------------------------------------------
OWN_ROWS = {
    "letters_signatory",
    "audit_event",
    "notifications_outbox",
    "notifications_notice",
    "web_form_receipt",
}


def written() -> dict[str, tuple[int, int]]:
    """Rows inserted, and rows changed or deleted, by table, as PostgreSQL itself counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {name: (inserted, changed) for name, inserted, changed in cursor.fetchall()}


def written_by_signing(also: Callable[[Letter], Any] = lambda letter: None) -> dict[str, Any]:
    """What one POST of the sign-on form writes; `also` is done within the same request."""
    letter = make_letter(state=LetterState.OPEN)
    signer, organization = make_signer()
    client = Client()
    client.force_login(signer)
    client.get(reverse("letters:detail", args=[letter.pk]))
    before = written()
    answer = client.post(
        reverse("letters:sign", args=[letter.pk]),
        {"mode": "public", "hat": str(organization.pk), "declared": "on"},
    )
    assert answer.status_code == 302
    also(letter)
    after = written()
    return {
        name: (inserted - before.get(name, (0, 0))[0], changed - before.get(name, (0, 0))[1])
        for name, (inserted, changed) in after.items()
        if (inserted, changed) != before.get(name)
    }


def test_a_sign_on_writes_its_own_rows_only() -> None:
    found = written_by_signing()
    assert set(found) <= OWN_ROWS
    assert {changed for _inserted, changed in found.values()} == {0}  # nothing that was there
    assert all(inserted == 1 for inserted, _changed in found.values()), found


def test_a_counter_on_the_letter_would_be_seen() -> None:
    """The positive control: one more write, to the row that all sign-ons of a letter share."""
    found = written_by_signing(
        lambda letter: Letter.objects.unguarded("x").filter(pk=letter.pk).update(version=1)
    )
    assert found["letters_letter"] == (0, 1)


def test_who_is_not_to_be_counted_is_in_no_number() -> None:
    letter = make_letter(state=LetterState.CLOSED)
    for number in range(7):
        make_name(letter, mode=Mode.NOT_COUNTED, organization_name=f"Sealed {number}")
    count_names()
    assert count_of(letter) == (0, 0, 0)
    make_name(letter, mode=Mode.COORDINATORS, organization_name="Known to some")
    count_names()
    assert count_of(letter) == (0, 0, 0)  # one more than seven would have been eight


def test_number_that_is_withheld_stays_as_it_was_delivered():
    """A hidden name that is taken back later must not be seen in a number that goes down by one."""
    letter = make_letter(state=LetterState.DELIVERED)
    for number in range(5):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"Hidden Valley {number}")
    count_names()
    assert LetterCount.objects.get(letter=letter).withheld == 5  # the control
    ListVersion.objects.create(
        letter=letter, text=letter.frozen, number=1, reason="closed", sha256="0" * 64,
        organizations=0, individuals=0, withheld=6,
    )  # fmt: skip
    count_names(every_letter=True)
    assert LetterCount.objects.get(letter=letter).withheld == 6
