"""What this room forgets by itself, and what a legal hold keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.enums import StaffRole
from foundation.audit.models import AuditEvent
from foundation.confidentiality import SystemActor, forgetting
from foundation.confidentiality.forgetting import Job, jobs
from foundation.workflow import NotYours, WrongState
from letters import actions
from letters.enums import Mode
from letters.models import BatchLine, LegalHold, Letter, Signatory, SignatoryBatch
from portal.operations.forgetting import forget_all
from portal.tasks import forget_what_is_due
from tests.factories import make_approver, make_officer
from tests.letters.factories import make_coordinator, make_letter

pytestmark = pytest.mark.django_db
OPERATOR = SystemActor("operator")


@pytest.fixture
def batch() -> SignatoryBatch:
    """A batch of two lines, added to a letter that was closed three years ago."""
    user, network = make_coordinator()
    letter = make_letter(network=network, by=user)
    source = "Aldern Law Clinic, Germany\nDr. Ada Noor, Lecturer, Kenya"
    made = actions.add_batch(letter=letter, source=source, mode=Mode.PUBLIC, by=user)
    actions.commit_batch(batch=made, by=user)
    close(letter, days=3 * 365)
    return made


def close(letter: Letter, days: int) -> None:
    letters = Letter.objects.unguarded("test").filter(pk=letter.pk)
    letters.update(closed_at=timezone.now() - timedelta(days=days))


def left(batch: SignatoryBatch) -> tuple[str, set[str]]:
    """What is left of the pasted text, and of its lines."""
    row = SignatoryBatch.objects.unguarded("test").get(pk=batch.pk)
    lines = BatchLine.objects.unguarded("test").filter(batch=batch)
    return row.source, {line.raw + line.person + line.organization_name for line in lines}


GONE = ("", {"(removed)"})


def hold(batch: SignatoryBatch) -> LegalHold:
    return actions.place_hold(
        letter=batch.letter, reason="A court asks", ordered_by=make_approver(), by=OPERATOR
    )


def test_pasted_text_is_emptied_after_two_years_and_the_rows_stay(batch: SignatoryBatch) -> None:
    done = forget_all()
    assert left(batch) == GONE
    assert done["letters.pasted_lists"] == 1
    assert BatchLine.objects.unguarded("test").filter(batch=batch).count() == 2
    names = Signatory.objects.unguarded("test").filter(batch=batch)
    assert all(name.display_line() for name in names)  # what stands under the letter stays
    events = AuditEvent.objects.filter(action="retention.forgotten")
    assert [event.facts["job"] for event in events] == ["letters.pasted_lists"]


def test_a_second_night_has_nothing_to_do(batch: SignatoryBatch) -> None:
    forget_what_is_due()
    assert set(forget_all().values()) == {0}


def test_before_its_day_nothing_is_forgotten(batch: SignatoryBatch) -> None:
    close(batch.letter, days=729)
    forget_all()
    assert left(batch)[0] != ""


def test_a_hold_keeps_it_and_its_end_lets_it_go(batch: SignatoryBatch) -> None:
    hold(batch)
    forget_all()
    assert left(batch)[0] != ""
    actions.lift_hold(letter=batch.letter, ordered_by=make_approver(), by=OPERATOR)
    forget_all()
    assert left(batch) == GONE


def test_a_hold_says_who_why_and_when_and_stands_once(batch: SignatoryBatch) -> None:
    placed = hold(batch)
    assert (placed.reason, placed.lifted_at) == ("A court asks", None)
    assert placed.ordered_by.has_role(StaffRole.APPROVER)
    event = AuditEvent.objects.get(action="letters.hold_placed")
    assert event.facts["ordered_by"] == str(placed.ordered_by_id)
    with pytest.raises(WrongState):
        hold(batch)
    for order in (actions.lift_hold, lambda **k: actions.place_hold(reason="x", **k)):
        with pytest.raises(NotYours):
            order(letter=batch.letter, ordered_by=make_officer(), by=OPERATOR)


def test_the_dry_run_counts_and_changes_nothing(batch: SignatoryBatch, capsys: Any) -> None:
    before = left(batch)
    call_command("forget", "--dry-run")
    said = capsys.readouterr().out
    assert "letters.pasted_lists: 1 due, 0 kept by a legal hold." in said
    assert left(batch) == before
    hold(batch)
    call_command("forget")
    assert "letters.pasted_lists: 0 due, 1 kept by a legal hold." in capsys.readouterr().out
    assert left(batch) == before


def test_now_means_now(batch: SignatoryBatch, capsys: Any) -> None:
    call_command("forget", "--now")
    assert "letters.pasted_lists: 1 emptied." in capsys.readouterr().out
    assert left(batch) == GONE


def test_the_operator_places_and_lifts_a_hold(batch: SignatoryBatch) -> None:
    order = [batch.letter.reference, "--ordered-by", make_approver().email]
    with pytest.raises(CommandError, match="Say why"):
        call_command("hold_letter", *order)
    call_command("hold_letter", *order, "--reason", "A court asks")
    assert LegalHold.objects.get().reason == "A court asks"
    call_command("hold_letter", *order, "--lift")
    assert LegalHold.objects.get().lifted_at
    with pytest.raises(CommandError, match="No hold"):
        call_command("hold_letter", *order, "--lift")
    with pytest.raises(CommandError, match="no such letter"):
        call_command("hold_letter", "LTR-2026-222222", *order[1:], "--lift")


def test_long_work_is_done_in_batches(
    batch: SignatoryBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    Letter.objects.unguarded("test").update(state="draft")
    actions.add_batch(
        letter=batch.letter, source="Brook Circle, Kenya", mode=Mode.PUBLIC, by=batch.created_by
    )
    monkeypatch.setattr(forgetting, "BATCH", 1)
    assert forget_all()["letters.pasted_lists"] == 2


def test_a_job_that_empties_nothing_is_stopped_and_the_others_run(
    batch: SignatoryBatch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lazy = Job("a.lazy", "does nothing", lambda: LegalHold.objects.all(), lambda rows: 0)
    monkeypatch.setitem(forgetting._jobs, "a.lazy", lazy)
    hold(batch)
    close(batch.letter, days=3 * 365)
    LegalHold.objects.update(lifted_at=timezone.now(), lifted_by=make_approver())
    assert "a.lazy" not in forget_all()
    assert "a.lazy failed" in caplog.text
    assert left(batch) == GONE


def test_every_job_says_its_rule() -> None:
    assert jobs()
    assert all(str(job.says).endswith(".") for job in jobs())
