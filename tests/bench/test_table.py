"""The table and the JSON of the benchmarks; nothing here is timed."""

from __future__ import annotations

import json

import pytest

from bench.clients import Get, Request
from bench.public_page import rows
from bench.table import LATEST, Goal, Row, in_turns, render, rounded, write
from bench.visit import _local, _references

KEYS = {"name", "ours", "floor", "ratio", "goal"}
AT_MOST = Goal("ratio", "≤", 1.3)


def test_json_has_the_five_keys_and_plain_values(tmp_path):
    rows = [Row("a", 0.123456, 0.1, 1.23456, AT_MOST), Row("b – ü", 40_840)]
    write(rows, tmp_path / "latest.json")
    found = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    assert found == [
        {"name": "a", "ours": 0.1235, "floor": 0.1, "ratio": 1.235, "goal": "ratio ≤ 1.3"},
        {"name": "b – ü", "ours": 40840, "floor": None, "ratio": None, "goal": None},
    ]


def test_committed_numbers_have_the_same_shape():
    rows = json.loads(LATEST.read_text(encoding="utf-8"))
    assert rows
    assert all(set(row) == KEYS for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(isinstance(row["ours"], int | float) for row in rows)


def test_table_says_which_goal_is_missed():
    lines = render([Row("good", 1.2, 1, 1.2, AT_MOST), Row("bad", 2, 1, 2, AT_MOST)]).split("\n")
    assert [line.split()[-1] for line in lines[1:]] == ["met", "MISSED"]
    assert len({line.index("ratio") for line in lines}) == 2  # the head's column, the goals' column


@pytest.mark.parametrize(
    ("goal", "row", "met"),
    [
        (Goal("ratio", "≤", 1.3), Row("", 1, 1, 1.3), True),
        (Goal("ratio", "≤", 1.3), Row("", 1, 1, 1.31), False),
        (Goal("ratio", "≥", 0.5), Row("", 1, 1, 0.49), False),
        (Goal("ratio", "≥", 0.5), Row("", 1), False),
        (Goal("ours", "≤", 60_000), Row("", 59_999), True),
    ],
)
def test_goal_is_met_up_to_its_bound(goal, row, met):
    assert goal.is_met(row) is met


def test_turns_give_medians_and_the_median_of_their_ratios():
    row = in_turns("x", [1.0, 2.0, 30.0], [1.0, 4.0, 10.0])
    assert (row.ours, row.floor, row.ratio) == (2.0, 4.0, 1.0)


def test_turns_without_a_counterpart_are_refused():
    with pytest.raises(ValueError, match="zip"):
        in_turns("x", [1.0, 2.0], [1.0])


def test_numbers_are_rounded_to_what_they_tell():
    assert [rounded(x) for x in (None, 0.0123456, 999.94, 40_840.2)] == [
        None,
        0.01235,
        999.9,
        40840,
    ]


def test_request_counts_the_bytes_of_its_body():
    head, _, body = Request("/x/", "a=é", "session=1").as_bytes().partition(b"\r\n\r\n")
    assert b"Content-Length: 4" in head
    assert body == "a=é".encode()


def test_visit_finds_what_a_page_loads_and_nothing_else():
    page = (
        b'<link rel="stylesheet" href="a.css"><link rel="canonical" href="/x"><script src="/b.js">'
        b'</script><img src="data:image/png;base64,AA"><a href="/y">y</a><img src="c.png">'
    )
    assert _references("text/html", page) == ["a.css", "/b.js", "c.png"]
    assert _references("text/css", b"url(f.woff2) url('data:x') url(#g)") == ["f.woff2"]


def test_visit_refuses_what_comes_from_elsewhere():
    assert _local("/static/css/a.css", "../f.woff2?v=1") == "/static/f.woff2?v=1"
    with pytest.raises(RuntimeError, match=r"other\.example"):
        _local("/", "https://other.example/a.js")


def test_page_is_asked_for_without_cookies_and_body():
    asked = Get("/").as_bytes()
    assert asked.startswith(b"GET / HTTP/1.1\r\n") and asked.endswith(b"\r\n\r\n")
    assert b"Cookie" not in asked


def test_public_page_is_held_to_its_floor_and_to_its_other_size():
    small = {"ours": [200.0], "floor": [400.0], "bare": [1000.0]}
    found = rows(small, {**small, "ours": [100.0]}, sizes=(10, 20))
    assert [row.ratio for row in found] == [0.2, 0.5, 0.1, 0.25, 2.0]
    assert [row.goal and row.goal.is_met(row) for row in found] == [True, None, True, None, False]
