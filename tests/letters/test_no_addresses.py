"""No web address and no formula is printed under a letter, however the name came in."""

from __future__ import annotations

import pytest

from letters import actions
from letters.actions.batches import NoNames
from letters.enums import Mode
from letters.forms import LineForm
from letters.models import BatchLine, Signatory, SignatoryBatch
from tests.letters.factories import make_coordinator, make_letter

pytestmark = pytest.mark.django_db


def make_batch(source: str) -> tuple[SignatoryBatch, list[BatchLine]]:
    user, network = make_coordinator()
    letter = make_letter(network=network, by=user)
    batch = actions.add_batch(letter=letter, source=source, mode=Mode.PUBLIC, by=user)
    return batch, list(BatchLine.objects.unguarded("test").filter(batch=batch).as_pasted())


def test_a_pasted_address_is_not_added_and_the_line_is_told() -> None:
    batch, _lines = make_batch(
        "Aldern Law Clinic, Germany\nBrook Circle, see https://brook.example, Kenya"
    )
    with pytest.raises(NoNames, match=r"Line 2: .*web address"):
        actions.commit_batch(batch=batch, by=batch.created_by)
    assert not Signatory.objects.unguarded("test").exists()


def test_it_is_added_once_it_was_corrected_or_left_out() -> None:
    batch, lines = make_batch(
        "Aldern Law Clinic, Germany\nBrook Circle, see https://brook.example, Kenya"
    )
    actions.keep_line(line=lines[1], keep=False, by=batch.created_by)
    assert actions.commit_batch(batch=batch, by=batch.created_by) == 1


def test_bullets_of_a_list_are_no_formulas() -> None:
    batch, _lines = make_batch("- Aldern Law Clinic, Germany\n- Brook Mediation Circle, Kenya")
    assert actions.commit_batch(batch=batch, by=batch.created_by) == 2


@pytest.mark.parametrize("name", ["person", "organization_name", "role", "acronym", "honorific"])
def test_a_correction_cannot_bring_a_formula_in(name: str) -> None:
    _batch, (line,) = make_batch("Aldern Law Clinic, Germany")
    data = {"version": "0", "kind": "organization", "organization_name": "Aldern", name: "=1+1"}
    form = LineForm(data, line=line)
    assert not form.is_valid()
    assert "formula" in form.errors[name][0]
