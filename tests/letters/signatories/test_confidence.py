"""Confidence: many small signs of a misreading weigh as much as a great one."""

from __future__ import annotations

import inspect
import re

import pytest

from letters.signatories import confidence, parse_line, signs, text
from letters.signatories.draft import Draft
from letters.signatories.remarks import UNCLEAR_ROLE
from tests.letters.signatories.scoring import truths


def test_every_weight_has_a_remark_and_is_no_bonus() -> None:
    weights = confidence._weights()
    assert all(weight > 0 and remark for weight, remark in weights.values())
    assert len(weights) == len(text.table("signs"))


def test_lines_of_all_lists_show_known_signs_only() -> None:
    for name in ("by_hand", "real_untidy", "sign_on_odd"):
        for row in truths(name):
            assert 0 < parse_line(row.raw).confidence < 1


def test_line_without_signs_is_sure() -> None:
    assert parse_line("Hill Peace Trust (HPT), Kenya").confidence > 0.9


@pytest.mark.parametrize(
    "line",
    [
        "Jane Hollowfield, Envoy to Marrow and Glen",
        "Jane Hollowfield, Quorl",
        "Hill Peace Trust (in union, with others), Kenya",
        "Brume Haffel, Ostrin Wex, Lund Foll",
        "Jane Hollowfield, Hill Trust, Glen Institute for Law, Marsh Network",
    ],
)
def test_line_that_may_be_read_otherwise_is_doubted_with_a_reason(line: str) -> None:
    found = parse_line(line)
    assert found.confidence < 0.7
    assert found.notes


def test_small_signs_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(kind="individual", person="Jane Hollowfield", role="member")
    monkeypatch.setattr(confidence, "signs_of", lambda *_: {"person": 1.0})
    confidence.judge(draft, "")
    one = draft.doubts.ceiling
    many = {
        "person": 1.0,
        "long post alone": 1.0,
        "unknown words in the post": 1.0,
        "comma in the post": 1.0,
    }
    monkeypatch.setattr(confidence, "signs_of", lambda *_: many)
    confidence.judge(draft, "")
    assert draft.doubts.ceiling < 0.7 <= one
    assert UNCLEAR_ROLE in draft.doubts.remarks or draft.doubts.remarks


def test_words_that_reach_no_field_are_a_sign() -> None:
    draft = Draft(organization="Hill Trust")
    assert "words lost" in signs.signs_of(draft, "Hill Trust, Marshland Jurists")


def test_every_sign_that_can_be_shown_has_a_weight() -> None:
    source = inspect.getsource(signs)
    shown = set(re.findall(r'yield "([^"]+)"', source))
    shown |= set(re.findall(r'yield "[^"]+" if .* else "([^"]+)"', source))
    shown |= set(signs._OF_REMARKS.values())
    shown |= {f"{signs._OF_REMARKS[remark]}, deeply" for remark in signs._DEEPLY}
    assert shown <= set(confidence._weights())
