"""Numbers out of which nobody can be found: proved on small worlds by trying every one of them."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pytest

from portal.figures.protecting import (
    STEP,
    Breakdown,
    bounds_of,
    derivable,
    no_offset,
    protect,
    slack_of,
)

PAIR = (Breakdown("all", ("a", "b")),)
NESTED = (
    Breakdown("answered", ("yes", "no", "referred")),
    Breakdown("answered", ("begun", "done")),
    Breakdown("sent", ("waiting", "answered")),
    Breakdown("sent", ("2025", "2026")),
)
Offset = Callable[[str], int]


def offsets(values: Mapping[str, int]) -> Offset:
    return lambda cell: values[cell]


def every_offset() -> Iterator[Offset]:
    for values in itertools.product(range(STEP), repeat=3):
        yield offsets(dict(zip(("all", "a", "b"), values, strict=True)))


def pair(a: int, b: int) -> dict[str, int]:
    return {"all": a + b, "a": a, "b": b}


def nested(rng: random.Random) -> dict[str, int]:
    """Counts of which every breakdown adds up."""
    most = rng.choice((4, 9, 30, 400))
    yes, no, referred = (rng.randint(0, most) for _ in range(3))
    answered = yes + no + referred
    begun = rng.randint(0, answered)
    sent = answered + (waiting := rng.randint(0, most))
    first = rng.randint(0, sent)
    return {
        "sent": sent, "waiting": waiting, "answered": answered, "yes": yes, "no": no,
        "referred": referred, "begun": begun, "done": answered - begun, "2025": first,
        "2026": sent - first,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_shown_is_true_and_never_under_five(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(300):
        counts = nested(rng)
        secret = offsets({cell: rng.randint(0, STEP - 1) for cell in counts})
        for offset in (no_offset, secret):
            shown = protect(counts, NESTED, offset)
            assert set(shown) == set(counts)
            for cell, number in shown.items():
                assert number is None or (0 <= number <= counts[cell] and number % STEP == 0)
            for one in NESTED:
                parts = [shown[part] or 0 for part in one.parts]
                assert shown[one.total] is None or sum(parts) <= (shown[one.total] or 0)
            assert derivable(shown, NESTED, slack_of(offset)) == set()


@pytest.mark.parametrize("secrets", [[no_offset], list(every_offset())], ids=["open", "secret"])
def test_hidden_cell_may_hold_none_to_four_in_worlds_with_the_same_page(
    secrets: list[Offset],
) -> None:
    """Of all worlds that give one page, with every secret: the hidden part is 0, 1, 2, 3 or 4."""
    worlds = defaultdict(set)
    for a, b in itertools.product(range(13), range(23)):
        for offset in secrets:
            page = protect(pair(a, b), PAIR, offset)
            if page["a"] == 0:
                worlds[tuple(page.items())].add(a)
    seen = {page: found for page, found in worlds.items() if dict(page)["b"] <= STEP * 2}
    assert len(seen) >= 3
    assert all(found >= set(range(STEP)) for found in seen.values())


def shown_small(days: tuple) -> bool:
    """Tell whether the world was tried as far as these two pages reach."""
    return dict(days[1])["a"] <= STEP and dict(days[1])["b"] == 0


def test_two_days_in_a_row_never_tell_a_count() -> None:
    """Today one more than yesterday, and the reader knows that: five counts remain possible."""
    possible = defaultdict(set)
    for a, b in itertools.product(range(16), range(9)):
        for offset in every_offset():
            days = tuple(tuple(protect(pair(n, b), PAIR, offset).items()) for n in (a, a + 1))
            if days[0] != days[1]:
                possible[days].add(a)
    first = {days: found for days, found in possible.items() if shown_small(days)}
    assert len(first) >= 3
    assert min(len(counts) for counts in first.values()) >= STEP


def test_two_days_without_the_secret_offset_tell_the_count() -> None:
    """Positive control: plain rounding says "four" on the day on which five is reached."""
    possible = defaultdict(set)
    for a in range(14):
        days = tuple(tuple(protect(pair(n, 0), PAIR).items()) for n in (a, a + 1))
        if days[0] != days[1]:
            possible[days].add(a)
    assert {4} in possible.values()


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ({"all": 7, "a": 5, "b": 0}, {"all", "b"}),  # an exact total: 7 - 5..9 leaves 0 to 2
        ({"all": 25, "a": 20, "b": 0}, {"b"}),  # 25 less 20..24 leaves one or more
        ({"all": 12, "a": 9, "b": 0}, {"all", "a", "b"}),  # exact numbers: b holds three
        ({"all": 20, "a": 20, "b": 0}, set()),
        ({"all": 25, "a": 20, "b": None}, set()),
    ],
)
def test_planted_leak_is_found(shown: dict[str, int | None], found: set[str]) -> None:
    assert derivable(shown, PAIR, STEP - 1) == found


def test_leak_through_two_breakdowns_is_found_and_closed() -> None:
    """Within its own breakdown nobody need be waiting; the years say somebody must."""
    shown = {
        "answered": 5, "yes": 5, "no": 0, "referred": 0, "begun": 5, "done": 0, "sent": 15,
        "waiting": 0, "2025": 0, "2026": 15,
    }  # fmt: skip
    assert derivable(shown, NESTED, STEP - 1) >= {"waiting", "2025"}
    counts = {
        "answered": 14, "yes": 4, "no": 5, "referred": 5, "begun": 14, "done": 0, "sent": 18,
        "waiting": 4, "2025": 0, "2026": 18,
    }  # fmt: skip
    assert derivable(protect(counts, NESTED), NESTED, 4) == set()


def test_total_gives_way_so_that_the_hidden_part_stays_hidden() -> None:
    shown = protect(pair(24, 3), PAIR)
    assert shown == {"all": 20, "a": 20, "b": 0}
    assert bounds_of(shown, PAIR, 4)["b"] == (0, 4)


def test_nobody_and_a_few_look_the_same() -> None:
    assert {tuple(protect(pair(20, few), PAIR).items()) for few in range(5)} == {
        tuple({"all": 20, "a": 20, "b": 0}.items())
    }


def test_numbers_that_cannot_be_true_are_refused() -> None:
    with pytest.raises(ValueError, match="contradict"):
        bounds_of({"all": 60, "a": 20, "b": 0}, PAIR, 4)
