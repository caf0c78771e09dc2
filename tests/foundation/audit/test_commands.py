"""seal_audit and verify_audit as an operator meets them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.audit import record
from foundation.audit.models import AuditSeal
from foundation.confidentiality import SystemActor
from tests.foundation.audit.conftest import without_triggers

BY = SystemActor("test")
pytestmark = pytest.mark.django_db(transaction=True)


def run_verify() -> tuple[int, str, str]:
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("verify_audit", stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        status = int(str(end.code))
    return status, out.getvalue(), err.getvalue()


def test_commands_seal_and_verify() -> None:
    record("letters.frozen", None, by=BY)
    out = StringIO()
    status, before, _ = run_verify()
    assert status == 0
    assert "Waiting for their seal: 1" in before
    call_command("seal_audit", "--once", stdout=out)
    assert out.getvalue() == "Sealed: 1.\n"
    status, after, errors = run_verify()
    assert (status, errors) == (0, "")
    assert "Waiting for their seal: none." in after
    assert "position 1 of" in after


def test_verify_of_a_changed_row_ends_with_1_and_a_sentence() -> None:
    event = record("letters.frozen", None, by=BY)
    call_command("seal_audit", "--once", stdout=StringIO())
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET action = 'letters.opened'")
    status, _, errors = run_verify()
    assert status == 1
    assert f"event {event.pk}" in errors
    assert "does NOT hold" in errors


def test_seal_of_a_broken_chain_says_where_to_read(head_file: Path) -> None:
    record("letters.frozen", None, by=BY)
    call_command("seal_audit", "--once", stdout=StringIO())
    head_file.unlink()
    with pytest.raises(CommandError, match=r"docs/audit\.md"):
        call_command("seal_audit", "--once", stdout=StringIO())
    call_command("seal_audit", "--accept-head", stdout=StringIO())
    assert run_verify()[0] == 0


@pytest.mark.fault
def test_sealer_that_runs_alone_seals_within_five_seconds_and_ends_on_sigterm(
    head_file: Path,
) -> None:
    database = connection.settings_dict
    url = (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}"
        f":{database['PORT']}/{database['NAME']}"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "seal_audit"],
        env={**os.environ, "DATABASE_URL": url, "AUDIT_HEAD_FILE": str(head_file)},
    )
    try:
        wait_for_seals(0, process)
        record("letters.frozen", None, by=BY)
        began = time.monotonic()
        wait_for_seals(2, process)
        assert time.monotonic() - began < 5
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
    assert run_verify()[0] == 0


def wait_for_seals(count: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until `count` events are sealed; 0: until the sealer has sealed a first event of ours."""
    if not count:
        record("letters.opened", None, by=BY)
        count = 1
    end = time.monotonic() + seconds
    while AuditSeal.objects.count() < count:
        assert process.poll() is None, "the sealer ended"
        assert time.monotonic() < end, "nothing was sealed"
        time.sleep(0.05)
