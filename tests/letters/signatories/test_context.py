"""What headings, columns and the rest of a list tell of its lines."""

from __future__ import annotations

from letters.signatories import parse_lines

BODIES = [
    f"{name} Network, Kenya"
    for name in ["Reed", "Silt", "Tarn", "Weir", "Ford", "Isle", "Cove", "Dune"]
]


def test_heading_settles_what_a_bare_name_is() -> None:
    under_bodies, under_people = parse_lines(
        "Organizations:\nMaria Serena\n\nIndividuals:\nHope Wanjiruki"
    )
    assert (under_bodies.kind, under_bodies.organization) == ("organization", "Maria Serena")
    assert (under_people.kind, under_people.person) == ("individual", "Hope Wanjiruki")


def test_heading_changes_no_line_that_tells_its_kind_itself() -> None:
    director, network = parse_lines(
        "Organizations:\nMaria Serena, Director, Open Tarn Network\n\nExperts:\nOpen Weir Network"
    )
    assert (director.kind, network.kind) == ("individual", "organization")


def test_bare_name_in_a_list_of_bodies_is_doubted() -> None:
    alone = parse_lines("Maria Serena, Kenya")[0]
    among = parse_lines("\n".join([*BODIES, "Maria Serena, Kenya"]))[-1]
    assert alone.kind == among.kind == "individual"
    assert among.confidence < 0.7 <= alone.confidence


def test_columns_are_read_one_below_the_other() -> None:
    found = parse_lines(
        "Open Tarn Network, Kenya        Reed Trust, Mali\n"
        "Open Weir Network, Ghana        Silt Trust, Peru"
    )
    assert [p.countries for p in found] == [("KE",), ("GH",), ("ML",), ("PE",)]


def test_columns_of_a_table_stay_side_by_side() -> None:
    found = parse_lines("Open Tarn Network        Kenya\nOpen Weir Network        Ghana")
    assert [(p.organization, p.countries) for p in found] == [
        ("Open Tarn Network", ("KE",)),
        ("Open Weir Network", ("GH",)),
    ]


def test_unknown_name_in_a_list_of_people_is_read_as_a_name() -> None:
    people = [f"{name} Hollowfield, lawyer, Kenya" for name in ("Anna", "Maria", "Peter", "John")]
    people += [f"{name} Marshland, teacher, Mali" for name in ("Ruth", "Paul", "Sarah", "David")]
    alone = parse_lines("Ostrin Haffelwex")[0]
    among = parse_lines("\n".join([*people, "Ostrin Haffelwex"]))[-1]
    assert (alone.kind, among.kind) == ("organization", "individual")
    assert alone.confidence < 0.7 <= among.confidence
    assert among.person == "Ostrin Haffelwex"
