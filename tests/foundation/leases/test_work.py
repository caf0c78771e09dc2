"""The life of a leased row, with the races that two processes can have."""

from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from foundation.leases import work
from foundation.leases.models import MAX_CRASHES
from foundation.notifications.models import SecurityMail
from tests.foundation.leases.conftest import Make, in_thread


def get(pk: Any) -> SecurityMail:
    return SecurityMail.objects.get(pk=pk)


def let_pass(pk: Any, *fields: str) -> None:
    """Turn the clock of these fields back, as if their time had run out."""
    past = timezone.now() - timezone.timedelta(seconds=1)
    SecurityMail.objects.filter(pk=pk).update(**dict.fromkeys(fields, past))


def test_claim_takes_the_oldest_first_and_only_once(rows: Make) -> None:
    ids = rows(3)
    assert work.claim(SecurityMail, 2, 30) == ids[:2]
    assert work.claim(SecurityMail, 2, 30) == ids[2:]
    assert work.claim(SecurityMail, 2, 30) == []


def test_claim_leaves_what_is_not_due_done_or_parked(rows: Make) -> None:
    now = timezone.now()
    later, done, parked = rows(3)
    SecurityMail.objects.filter(pk=later).update(due_at=now + timezone.timedelta(seconds=60))
    work.finish(SecurityMail, done)
    work.park(SecurityMail, parked, "550")
    assert work.claim(SecurityMail, 10, 30) == []


def test_claimed_row_comes_back_when_its_lease_ran_out(rows: Make) -> None:
    (pk,) = rows()
    work.claim(SecurityMail, 1, 30)
    let_pass(pk, "lease_until")
    assert work.claim(SecurityMail, 1, 30) == [pk]


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_share_the_rows_without_waiting(rows: Make) -> None:
    ids = rows(4)
    with transaction.atomic():
        mine = work.claim(SecurityMail, 2, 30)  # its locks are still held
        theirs = in_thread(lambda: work.claim(SecurityMail, 4, 30))
    assert mine == ids[:2]
    assert theirs == ids[2:]


@pytest.mark.django_db(transaction=True)
def test_rows_are_claimed_twice_without_the_lock(rows: Make) -> None:
    """Positive control of the test above: a plain SELECT gives both the same rows."""
    rows(2)
    with transaction.atomic():
        mine = list(SecurityMail.objects.filter(lease_until=None).values_list("pk", flat=True))
        theirs = in_thread(
            lambda: list(SecurityMail.objects.filter(lease_until=None).values_list("pk", flat=True))
        )
    assert set(mine) == set(theirs)


@pytest.mark.django_db(transaction=True)
def test_begin_lets_only_one_of_two_workers_start(rows: Make) -> None:
    (pk,) = rows()
    assert work.begin(SecurityMail, [pk], 30) == [pk]
    assert in_thread(lambda: work.begin(SecurityMail, [pk], 30)) == []


@pytest.mark.django_db(transaction=True)
def test_begin_has_committed_the_crash_when_it_returns(rows: Make) -> None:
    (pk,) = rows()
    work.begin(SecurityMail, [pk], 30)
    assert in_thread(lambda: get(pk).crashes) == 1


@pytest.mark.django_db(transaction=True)
def test_begin_refuses_to_run_inside_a_transaction(rows: Make) -> None:
    (pk,) = rows()
    with pytest.raises(RuntimeError), transaction.atomic():
        work.begin(SecurityMail, [pk], 30)


def test_begin_ignores_rows_that_failed_meanwhile(rows: Make) -> None:
    (pk,) = rows()
    work.begin(SecurityMail, [pk], 30)
    work.fail(SecurityMail, pk, "450")
    assert work.begin(SecurityMail, [pk], 30) == []


def test_finish_clears_the_marks_and_counts_once(rows: Make) -> None:
    (pk,) = rows()
    work.begin(SecurityMail, [pk], 30)
    assert work.finish(SecurityMail, pk)
    assert not work.finish(SecurityMail, pk)
    row = get(pk)
    assert row.done_at is not None
    assert (row.crashes, row.run_until, row.lease_until, row.address) == (0, None, None, "")


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 1), (1, 2), (5, 32), (11, 2048), (12, 3600), (3000, 3600)]
)
def test_fail_waits_twice_as_long_each_time(rows: Make, attempts: int, seconds: int) -> None:
    (pk,) = rows(attempts=attempts)
    work.begin(SecurityMail, [pk], 30)
    before = timezone.now()
    work.fail(SecurityMail, pk, "450")
    row = get(pk)
    wait = (row.due_at - before).total_seconds()
    assert 0.79 * seconds <= wait <= 1.21 * seconds + 1
    assert (row.attempts, row.crashes, row.last_error) == (attempts + 1, 0, "450")


def test_fail_all_spreads_the_next_tries(rows: Make) -> None:
    ids = rows(20, attempts=8)
    work.fail_all(SecurityMail, ids, "ConnectionRefusedError")
    due = SecurityMail.objects.values_list("due_at", flat=True)
    assert max(due) - min(due) > timezone.timedelta(seconds=20)


def test_release_takes_the_crash_back(rows: Make) -> None:
    (pk,) = rows()
    work.begin(SecurityMail, [pk], 30)
    work.release(SecurityMail, [pk])
    assert get(pk).crashes == 0
    assert work.begin(SecurityMail, [pk], 30) == [pk]


def test_unclaim_leaves_a_row_that_a_worker_has_begun(rows: Make) -> None:
    begun, waiting = rows(2)
    work.claim(SecurityMail, 2, 30)
    work.begin(SecurityMail, [begun], 30)
    work.unclaim(SecurityMail, [begun, waiting])
    assert get(begun).crashes == 1
    assert work.claim(SecurityMail, 2, 30) == [waiting]


def test_renew_keeps_a_running_row_and_only_that(rows: Make) -> None:
    running, idle = rows(2)
    work.begin(SecurityMail, [running], 1)
    assert work.renew(SecurityMail, running, 600)
    assert not work.renew(SecurityMail, idle, 600)
    seconds = (get(running).run_until - timezone.now()).total_seconds()
    assert 500 < seconds < 700


def test_row_that_kills_its_workers_is_parked_after_five(rows: Make) -> None:
    (pk,) = rows()
    for _ in range(MAX_CRASHES):
        assert work.begin(SecurityMail, [pk], 30) == [pk]
        let_pass(pk, "run_until", "lease_until")  # the worker has died
    assert work.claim(SecurityMail, 1, 30) == []
    assert work.park_crashed(SecurityMail) == 1
    assert [row.pk for row in work.parked(SecurityMail)] == [pk]


def test_row_in_its_fifth_run_is_not_parked(rows: Make) -> None:
    (pk,) = rows(crashes=MAX_CRASHES - 1)
    work.begin(SecurityMail, [pk], 30)
    assert work.park_crashed(SecurityMail) == 0
    assert work.finish(SecurityMail, pk)


def test_row_whose_hand_over_was_lost_is_not_blamed(rows: Make) -> None:
    (pk,) = rows()
    for _ in range(20):
        work.claim(SecurityMail, 1, 30)
        let_pass(pk, "lease_until")
    assert get(pk).crashes == 0


def test_retry_makes_a_parked_row_new(rows: Make) -> None:
    (pk,) = rows(attempts=3, crashes=5)
    assert not work.retry(SecurityMail, pk)
    work.park(SecurityMail, pk, "550")
    assert work.retry(SecurityMail, pk)
    assert work.claim(SecurityMail, 1, 30) == [pk]
    assert (get(pk).attempts, get(pk).crashes, get(pk).last_error) == (0, 0, "")


def test_dismiss_closes_and_empties_a_parked_row(rows: Make) -> None:
    (pk,) = rows()
    assert not work.dismiss(SecurityMail, pk, "overtaken")
    work.park(SecurityMail, pk, "550")
    assert work.dismiss(SecurityMail, pk, "overtaken")
    row = get(pk)
    assert row.done_at is not None
    assert (row.address, row.last_error) == ("", "dismissed: overtaken")


def test_depth_counts_what_is_due(rows: Make) -> None:
    assert work.depth(SecurityMail) == work.Depth(0, None, 0)
    ids = rows(3)
    work.park(SecurityMail, ids[0], "550")
    depth = work.depth(SecurityMail)
    assert (depth.waiting, depth.parked) == (2, 1)
    assert depth.since == get(ids[1]).due_at


def test_times_are_those_of_the_database(rows: Make) -> None:
    """A process whose clock is an hour fast claims nothing early."""
    (pk,) = rows()
    SecurityMail.objects.filter(pk=pk).update(
        due_at=timezone.now() + timezone.timedelta(minutes=30)
    )
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=1)):
        assert work.claim(SecurityMail, 1, 30) == []


def test_claim_uses_the_index_of_open_rows(rows: Make) -> None:
    rows(5)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute(
            "EXPLAIN SELECT id FROM notifications_security_mail WHERE done_at IS NULL "
            "AND parked_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT 1"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "securitymail_open" in plan
