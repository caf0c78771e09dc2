"""The plain markup of a body: lists of every kind, items that belong to items, places."""

from __future__ import annotations

import random
import re

import pytest

from letters.text import parse_body

NESTED = """We ask the Office

1. to meet organizations
   (a) on every visit,
   that is, each one;
   (b) without minders;
      (i) alone,
      (ii) or with a friend;
2. to tell them afterwards.

Then more."""


def shapes(body: str) -> list[tuple[str, int, int]]:
    return [(block.kind, block.start, len(block.items)) for block in parse_body(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("(a) one\n(b) two", [("letters", 1, 2)]),
        ("a) one\nb) two", [("letters", 1, 2)]),
        ("(i) one\n(ii) two\n(iii) three\n(iv) four\n(v) five", [("roman", 1, 5)]),
        ("(h) eight\n(i) nine\n(j) ten", [("letters", 8, 3)]),
        ("1) one\n2) two", [("numbers", 1, 2)]),
        ("(1) one\n(2) two", [("numbers", 1, 2)]),
        ("а) раз\nб) два", [("letters", 1, 2)]),
        ("أ) واحد\nب) اثنان", [("letters", 1, 2)]),
        ("(UN) bodies meet.", [("paragraph", 1, 1)]),
        ("(see) below", [("paragraph", 1, 1)]),
        ("2018) was the year", [("paragraph", 1, 1)]),
    ],
)
def test_list_is_read_by_its_marks(body, expected):
    assert shapes(body) == expected


def test_items_that_are_set_in_belong_to_the_item_above():
    blocks = parse_body(NESTED)
    assert [block.kind for block in blocks] == ["paragraph", "numbers", "paragraph"]
    first, second = blocks[1].entries
    (letters,) = first.below
    assert letters.kind == "letters" and second.below == []
    assert letters.items[0][0].text == "on every visit, that is, each one;"
    (roman,) = letters.entries[1].below
    assert roman.kind == "roman"


def test_places_run_through_what_belongs_to_an_item():
    places = [place for block in parse_body(NESTED) for place, _ in block.places]
    assert places == ["1", "2.1", "2.1.a", "2.1.b", "2.1.b.i", "2.1.b.ii", "2.2", "3"]


def test_note_is_printed_where_it_is_first_called_in_reading_order():
    blocks = parse_body("1. one[^1]\n  (a) below[^1]\n2. two[^2]")
    one, below = blocks[0].entries[0].pieces[1], blocks[0].entries[0].below[0].items[0][1]
    assert (one.first, below.first) == (True, False)


LINES = ("plain words", "(a) one", "   (b) set in", "      (i) deeper", "1. first", "  - dot", "",
         "## Head", "   ## Set in", "  goes on", "\t2) tab", "(z) far", "[^1] note")  # fmt: skip


def test_no_word_is_lost_however_lines_follow_each_other():
    draw = random.Random(4)
    for _ in range(400):
        lines = [f"{draw.choice(LINES)} w{at}" for at in range(draw.randint(1, 9))]
        blocks = parse_body("\n".join(lines))
        headings = [pieces for block in blocks if not block.number for pieces in block.items]
        texts = [*headings, *(pieces for block in blocks for _, pieces in block.places)]
        said = "\n".join("".join(piece.text for piece in pieces) for pieces in texts)
        for at in range(len(lines)):
            assert re.search(rf"\bw{at}\b", said), (lines, said)
        assert all(inner.is_list for block in blocks for inner in nested(block))


def nested(block):
    """Return all that belongs to the items of a block, however deep."""
    found = [inner for entry in block.entries for inner in entry.below]
    return [*found, *(deeper for inner in found for deeper in nested(inner))]


@pytest.mark.parametrize("body", ["", "\n\n", "## ", "(", "1.", "- ", "   (a)", "\t- x\n- y", "a)"])
def test_no_text_raises(body):
    for block in parse_body(body):
        assert block.places is not None
