"""Lists: broken lines are joined, text that signs nothing is left out, nothing is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.reading import read_letter
from letters.signatories import explain, parse_line, parse_lines
from tests.letters.signatories.scoring import truths

ALPHABET = st.sampled_from(
    list(
        "abcZ ,.;:()[]-–—/|\t\n\r\f\x0b\x00\u2028\u202e\ud800&'’\"“”«»0123456789éßأبمد،中国和，（）ЖИйё"
    )
)
PIECES = st.sampled_from(
    [row.raw for name in ("by_hand", "by_hand_harder") for row in truths(name)]
    + ["Signed,", "3", "https://hill.test", "Organizations:", "Kenya", "", "  ", "See below."]
)


def test_broken_lines_are_joined_with_their_entry() -> None:
    text = (
        "Adaora Nwakaegbu, Director of Programmes, Lagoon Initiative for Peace and Rural Trade,\n"
        "Nigeria\n"
        "Beatriz Saldanha Coimbra, Executive Director, Foundation for Dialogue and Restoration\n"
        "(FDR), Portugal\n"
        "Quiet Coast Network, Chile\n"
    )
    found = parse_lines(text)
    assert [s.countries for s in found] == [("NG",), ("PT",), ("CL",)]
    assert found[1].acronym == "FDR"
    assert found[0].raw == "\n".join(text.splitlines()[:2])


def test_text_that_signs_nothing_is_left_out_with_its_reason() -> None:
    text = (
        "Signed,\n\nOrganizations:\n1. Hill Peace Trust, Kenya\nPage 2 of 3\n"
        "https://hill.test/list\nSee www.hill.test for more information.\n"
        "2. Lake Rights Forum, Malawi\nIndividuals\n3. Paula Weststroem, lawyer, Sweden\n- 4 -\n"
    )
    result = explain(text)
    assert len(result.signatories) == 3
    assert [x.reason for x in result.left_out] == [
        "a heading",
        "a heading",
        "a page number",
        "an address of the web or of mail",
        "looks like a footnote",
        "a heading",
        "a page number",
    ]


def test_headings_in_six_languages_are_left_out() -> None:
    for heading in (
        "Signataires :",
        "Firmantes:",
        "Подписи",
        "الموقعون:",
        "签署机构：",
        "Signatories",
    ):
        assert not parse_lines(f"{heading}\n"), heading


def test_blocks_of_short_lines_are_one_signatory_each() -> None:
    text = (
        "Dr. Joanna Westerfield\nExecutive Director\nHill Peace Trust\nKenya\n\n"
        "Marcus Oyelaranti\nProgramme Manager\nLake Rights Forum\nMalawi\n"
    )
    found = parse_lines(text)
    assert [(s.person, s.role, s.organization, s.countries) for s in found] == [
        ("Joanna Westerfield", "Executive Director", "Hill Peace Trust", ("KE",)),
        ("Marcus Oyelaranti", "Programme Manager", "Lake Rights Forum", ("MW",)),
    ]


def _assert_nothing_is_lost(text: str) -> None:
    result = explain(text)
    kept = [line for s in result.signatories for line in s.raw.split("\n")]
    kept += [x.line for x in result.left_out]
    for breaker in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        text = text.replace(breaker, "\n")
    assert sorted(kept) == sorted(line for line in text.split("\n") if line.strip())


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=120))
def test_any_text_is_read_and_no_line_is_lost(text: str) -> None:
    _assert_nothing_is_lost(text)
    parse_line(text)
    read_letter(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_list_is_read_and_no_line_is_lost(lines: list[str], end: str) -> None:
    _assert_nothing_is_lost(end.join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_line_gives_a_confidence_and_keeps_its_words(line: str) -> None:
    parsed = parse_line(line)
    assert parsed.raw == line
    assert 0 <= parsed.confidence <= 1


def test_country_above_a_group_is_given_to_its_lines_in_doubt() -> None:
    result = explain("Kenya\nHill Women's Trust\nLake Youth Forum\n\nUganda\nNile Mothers Union\n")
    assert [s.countries for s in result.signatories] == [("KE",), ("KE",), ("UG",)]
    assert all(s.confidence < 0.7 for s in result.signatories)
    assert [x.reason for x in result.left_out] == ["a place by itself"] * 2


def test_place_on_a_line_of_its_own_ends_an_entry() -> None:
    (found,) = parse_lines("Marcus Oyelaranti, activist\nLagos, Nigeria\n")
    assert (found.role, found.place_as_stated) == ("activist", "Lagos, Nigeria")


def test_sentences_and_copies_are_left_out() -> None:
    text = (
        "In solidarity,\nHill Women's Trust*, Kenya\n¹ As of 4 May 2024\n"
        "* Organizations marked with an asterisk joined later.\n"
        "The following organizations also support this letter:\nCC: Mission of Atlantis\n"
    )
    result = explain(text)
    assert [s.organization for s in result.signatories] == ["Hill Women's Trust"]
    assert len(result.left_out) == 5


def test_table_is_read_without_its_head_and_rules() -> None:
    text = (
        "| Name | Organization | Country |\n|---|---|---|\n| Paula Weststroem | Hill Trust | Mali |"
    )
    (found,) = parse_lines(text)
    assert (found.person, found.organization, found.countries) == (
        "Paula Weststroem",
        "Hill Trust",
        ("ML",),
    )


def test_several_bodies_in_one_line_are_doubted() -> None:
    for line in (
        "Hill Trust, Kenya; Lake Forum, Uganda; Nile Union, Egypt",
        "Hill Trust, Lake Forum, Nile Union and Blue Door",
    ):
        assert parse_line(line).confidence < 0.7


def test_withheld_name_is_kept_as_printed_and_doubted() -> None:
    found = parse_line("[Name withheld], human rights defender, Chad")
    assert (found.kind, found.person, found.role) == (
        "individual",
        "Name withheld",
        "human rights defender",
    )
    assert found.confidence < 0.7
