"""What is cut, and that it is counted."""

from __future__ import annotations

import pytest

from meetings.briefs import Words
from meetings.briefs.shortening import LADDER, Limits, clip, shortened, weight
from tests.meetings.briefs.contents import hostile, usual


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("as it is", 8, "as it is"),
        ("one two three four", 14, "one two three…"),
        ("one, two three", 5, "one…"),
        ("a" * 20, 5, "aaaaa…"),
        ("漢字漢字", 5, "漢字…"),
        ("abce\u0301f", 4.5, "abce\u0301…"),
        ("", 0, ""),
    ],
)
def test_text_is_cut_at_a_word_by_its_width(text: str, limit: int, cut: str) -> None:
    assert clip(text, limit) == cut


def test_first_steps_change_nothing_but_the_type() -> None:
    for limits in LADDER[:2]:
        form = shortened(usual(), limits)
        assert (form.content, form.cut) == (usual(), False)
        assert not any(form.left_out.values())


def test_every_step_takes_less_room_than_the_one_before() -> None:
    content = hostile("o", spaced=True)
    weights = [weight(shortened(content, limits).content) for limits in LADDER[1:]]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_people_and_recommendations_are_cut_last() -> None:
    assert all(limits.participants >= 10 for limits in LADDER[:-1])
    assert all(limits.recommendations >= 12 for limits in LADDER[:-1])


def test_what_is_left_out_is_counted() -> None:
    form = shortened(usual(), Limits(participants=4, recommendations=5, items=1))
    assert form.left_out["participants"] == 6
    assert form.left_out["recommendations"] == 7
    assert form.left_out["key_messages"] == 2
    assert not form.cut


def test_paragraphs_of_other_people_are_no_cut() -> None:
    assert not shortened(usual(), Limits()).cut
    assert Words("a\n\n b").one_line == "a b"
