"""References: random, readable aloud, and drawn again where one is taken."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.confidentiality.references import ALPHABET, new_reference, new_secret
from tests.factories import make_expert, make_organization
from tests.letters.factories import make_letter


def test_reference_has_prefix_year_and_six_letters_that_nobody_mixes_up() -> None:
    prefix, year, code = new_reference("LTR", date(2026, 11, 3)).split("-")
    assert (prefix, year, len(code)) == ("LTR", "2026", 6)
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1ILU")


def test_secret_is_longer() -> None:
    assert [len(group) for group in new_secret().split("-")] == [4, 4, 4, 4]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_letter, make_organization, make_expert])
def test_reference_that_is_taken_is_drawn_again(make) -> None:
    first = make()
    second = make(reference=first.reference)
    assert second.reference != first.reference
    kept = first.reference
    first.save()  # its own is not taken
    assert first.reference == kept
