"""The brief as a PDF: two pages, nobody who did not agree, the same bytes, read by machines."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from meetings.briefs import Participant, Position, Words, paper
from tests.foundation.documents.test_rendering import elements
from tests.meetings.briefs.contents import HIDDEN, arabic, hostile, references, small, usual
from tests.meetings.briefs.rendering import everything_in, pages_of, rendered


@pytest.fixture(scope="module")
def brief() -> bytes:
    return rendered(usual())


def test_ten_people_and_twelve_recommendations_fit_two_pages_in_full(brief: bytes) -> None:
    pages = pages_of(brief)
    assert len(pages) == 2
    words = " ".join(pages)
    for reference in references(12):
        assert words.count(reference) == 1
    assert words.count("May be named") == 7
    assert "Publish the calendar of country visits six months ahead" in words
    assert "…" not in words
    assert "more: see" not in words


def test_classification_reference_and_moment_stand_on_each_page(brief: bytes) -> None:
    for page in pages_of(brief):
        assert page.count("CONFIDENTIAL") == 1
        assert "MTG-2026-4FHW7N" in page
        assert "drawn up 25 November 2026, 10:40 UTC" in page


def test_both_clocks_stand_beside_each_other(brief: bytes) -> None:
    said = "8 December 2026, 10:00–11:00 in Nairobi (07:00–08:00 UTC)"
    assert said in pages_of(brief)[0]


@pytest.mark.parametrize("name", [part for name in HIDDEN for part in (name, name.split()[-1])])
def test_who_did_not_agree_is_nowhere_in_the_file(name: str) -> None:
    spoken = f"We hear {name.upper()} first. {name.split()[-1]}'s brother was taken in May."
    content = replace(
        usual(),
        subject=Words(f"Meeting {name}"),
        theirs=Words(spoken),
        about=Words(f"Led by\n{name}"),
        key_messages=(Words(f"Thank {name}, in private."),),
        recommendations=(Position(references(1)[0], Words(f"Protect {name}"), "Pending"),),
    )
    found = everything_in(rendered(content))
    assert name.lower() not in found.lower()
    assert "[name withheld]" in found
    assert found.count("Representative of a civil society organization") == 3
    assert "Field coordinator" not in found
    assert "Dr. Lena Hartwig" in found  # who agreed is named


def test_who_agreed_is_named_everywhere() -> None:
    """The positive control: with consent the same name stands where it was written."""
    people = tuple(replace(one, may_be_named=True) for one in usual().participants)
    content = replace(usual(), participants=people, theirs=Words(f"Hear {HIDDEN[0]} first."))
    assert pages_of(rendered(content))[0].count(HIDDEN[0]) == 2


def test_same_content_gives_the_same_bytes_and_another_other_ones(brief: bytes) -> None:
    assert rendered(usual()) == brief
    assert rendered(replace(usual(), form="Online")) != brief


@pytest.mark.parametrize(
    ("letter", "spaced", "number"),
    [("o", True, 12), ("W", False, 40), ("漢", False, 40), ("ض", True, 40), ("и", True, 40)],
)
def test_the_longest_texts_fit_two_pages_and_say_what_is_left_out(
    letter: str, spaced: bool, number: int
) -> None:
    pages = pages_of(rendered(hostile(letter, spaced=spaced, number=number)))
    assert len(pages) == 2
    words = " ".join(pages)
    for reference in references(12):
        assert reference in words
    assert f"Who comes: {number} people" in words
    assert words.count("May be named") == 10
    assert f"and {number - 10} more: see MTG-2026-4FHW7N in the portal" in words
    assert "Texts that end in … are shortened to fit two pages" in words


def test_more_than_usual_is_set_smaller_and_its_end_is_counted() -> None:
    pages = pages_of(rendered(usual(participants=20, recommendations=30)))
    assert len(pages) == 2
    assert "Who comes: 20 people" in pages[0]
    assert " more: see MTG-2026-4FHW7N in the portal" in " ".join(pages)


def test_brief_for_which_nothing_was_written_is_one_page_that_says_so() -> None:
    (page,) = pages_of(rendered(small()))
    for said in (
        "Who comes: 1 person",
        "No key messages were written.",
        "Not fixed yet",
        "No letter and no meeting before this one.",
    ):
        assert said in page
    assert "Annexes" not in page


def test_brief_with_nobody_on_the_list_is_made() -> None:
    (page,) = pages_of(rendered(replace(small(), participants=())))
    assert "Nobody is on the list yet." in page


def test_arabic_brief_runs_from_the_right_and_is_read_as_written(
    run: Callable[..., str],
) -> None:
    assert '<html lang="ar" dir="rtl"' in paper(arabic())[0]
    data = rendered(arabic())
    assert len(pages_of(data)) == 2
    words = run(data, "pdftotext", "FILE", "-")
    for reference in references(12):
        assert reference in words
    assert "ستسمعون منا خلال ثلاثين يوما" in words
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.Lang == "ar"


def test_what_people_wrote_is_escaped() -> None:
    bad = '<script>alert(1)</script><img src="https://tests.example/x.png">&amp;'
    content = replace(
        usual(),
        subject=Words(bad),
        place=Words(bad),
        participants=(Participant(Words(bad), Words(bad), may_be_named=True),),
        key_messages=(Words(bad),),
        theirs=Words(bad, '"><b>'),
    )
    for page in paper(content):
        assert "<script" not in page
        assert "<img" not in page
        assert '<b>"' not in page
    assert "<script>alert(1)</script>" in " ".join(pages_of(rendered(content)))


def test_structure_has_headings_lists_and_header_cells(brief: bytes) -> None:
    with pikepdf.open(io.BytesIO(brief)) as pdf:
        tags = [str(element.S) for element in elements(pdf)]
        scopes = [str(one.A.Scope) for one in elements(pdf) if one.S == "/TH"]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 9
    assert tags.count("/Table") == 3
    assert tags.count("/L") == 6
    assert scopes.count("/Row") == 8
    assert set(scopes) == {"/Row", "/Column"}
