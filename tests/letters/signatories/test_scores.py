"""How often the parser is right on invented lines, and how honest its confidence is.

Of each list, the lines with even numbers were looked at while the rules were written; those with
odd numbers were only ever scored.
"""

from __future__ import annotations

import pytest

from tests.letters.signatories.scoring import score, truths

LISTS = ("by_hand", "by_hand_harder", "by_hand_third")
RIGHT, DOUBTED, WRONG_DOUBTED = 0.85, 0.15, 0.80


def test_lists_are_large_enough() -> None:
    assert sum(len(truths(name)) for name in LISTS) >= 300


@pytest.mark.parametrize("half", [0, 1], ids=["looked_at", "only_scored"])
def test_scores_on_all_lists(half: int) -> None:
    rows = [row for name in LISTS for row in truths(name)[half::2]]
    result = score(rows)
    assert result.right >= RIGHT
    assert result.doubted <= DOUBTED
    assert result.wrong_doubted >= WRONG_DOUBTED or len(result.wrong) <= 3


def test_lists_have_no_line_twice() -> None:
    raws = [row.raw for name in LISTS for row in truths(name)]
    assert len(raws) == len(set(raws))
