"""Two coordinators who add the same batch at the same moment: its names stand once."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest

from foundation.workflow import WrongState
from letters import actions
from letters.actions import batches
from letters.enums import Mode
from letters.models import Letter, Signatory, SignatoryBatch
from tests.factories import make_network, make_user
from tests.letters.factories import make_letter
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "Aldern Law Clinic, Germany\nBirch Centre for Peace, Kenya"


def added_by_both() -> tuple[int, int]:
    """Let both coordinators add one batch; return how many names stand, and how many were told
    that the other was faster."""
    both = [make_user(), make_user()]
    letter = make_letter(network=make_network(coordinators=tuple(both)), by=both[0])
    batch = actions.add_batch(letter=letter, source=LIST, mode=Mode.PUBLIC, by=both[0])

    def add(number: int) -> bool:
        try:
            actions.commit_batch(batch=batch, by=both[number])
        except WrongState:
            return False
        return True

    done = together(add, threads=2)
    standing = Signatory.objects.unguarded("test").of(letter).standing().count()
    return standing, done.count(False)


def test_batch_added_by_two_at_once_stands_once():
    assert added_by_both() == (2, 1)


def test_without_the_lock_its_names_would_stand_twice(monkeypatch):
    """The positive control."""
    met = Barrier(2)

    def unlocked(batch: SignatoryBatch, by: Any) -> SignatoryBatch:
        found = SignatoryBatch.objects.unguarded("test").get(pk=batch.pk)
        found.letter = Letter.objects.unguarded("test").get(pk=batch.letter_id)
        met.wait(timeout=20)  # both have read that it is still in review
        return found

    monkeypatch.setattr(batches, "_lock_batch", unlocked)
    assert added_by_both() == (4, 0)
