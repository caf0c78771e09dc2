"""The real letter, brought in through the action and the commands, sealed and verified.

The letter lies outside the repository (REFERENCE_DIR); without it these tests are skipped and
`make test` says NOT TESTED.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.enums import LetterState, Method
from letters.models import BatchLine, Letter, Signatory
from tests.letters.factories import make_coordinator

REFERENCE = Path(os.environ.get("REFERENCE_DIR") or "../shared/reference")
LETTER = REFERENCE / "letter-2018.txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LETTER.is_file(), reason="the reference letter is not here"),
]


def run(*args: str) -> list[str]:
    """Run a command; return the lines that it printed."""
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue().splitlines()


def the_letter() -> Letter:
    return Letter.objects.unguarded("test").get()


def test_reference_letter_already_sent_is_filed_with_its_names():
    user, _network = make_coordinator()
    lines = run("import_letter", str(LETTER), "--coordinator", user.email)
    letter = the_letter()
    assert lines[-1] == letter.reference
    assert (letter.state, letter.imported) == (LetterState.CLOSED, True)
    names = Signatory.objects.unguarded("test").of(letter).standing()
    assert names.count() == 62
    assert set(names.values_list("method", flat=True)) == {Method.IMPORTED}
    assert letter.frozen.text().date == "24 January 2018"
    assert any("Not known" in line for line in lines)


def test_reference_letter_still_collecting_is_a_draft_in_review():
    user, _network = make_coordinator()
    lines = run("import_letter", str(LETTER), "--coordinator", user.email, "--open")
    letter = the_letter()
    assert lines[-1] == letter.reference
    assert (letter.state, letter.imported) == (LetterState.DRAFT, False)
    rows = BatchLine.objects.unguarded("test").filter(batch__letter=letter)
    assert rows.count() == 62
    assert not Signatory.objects.unguarded("test").of(letter).exists()


def test_reference_letter_of_a_stranger_is_refused():
    with pytest.raises(CommandError, match="no account"):
        run("import_letter", str(LETTER), "--coordinator", "nobody@tests.example")


def test_reference_letter_leaves_as_a_sealed_pdf(tmp_path):
    user, _network = make_coordinator()
    reference = run("import_letter", str(LETTER), "--coordinator", user.email)[-1]
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    run("export_letter", reference, "--output", str(first))
    run("export_letter", reference, "--output", str(second))
    assert first.read_bytes() == second.read_bytes()
    assert "unchanged" in " ".join(run("verify_pdf", str(first)))
    changed = bytearray(first.read_bytes())
    changed[len(changed) // 3] ^= 1
    second.write_bytes(changed)
    with pytest.raises((CommandError, SystemExit)):
        run("verify_pdf", str(second))
