"""In which capacity a person signs, and organizations that are printed for identification only."""

from __future__ import annotations

import pytest

from letters.signatories import parse_line, parse_lines


@pytest.mark.parametrize(
    "line",
    [
        "Jane Hollowfield, lawyer, in her personal capacity, Kenya",
        "Jeanne Récifal, avocate (à titre personnel), Mali",
        "Juana Marea Soto, abogada, a título personal, Perú",
        "Juana Marea Soto, abogada, en su calidad personal, Perú",
        "Анна Рифова, юрист (в личном качестве), Казахстан",
        "سعاد المرجان، ناشطة (بصفتها الشخصية)، تونس",
        "高珊瑚，作家（以个人名义），马来西亚",
    ],
)
def test_personal_capacity_is_a_field_and_no_part_of_another(line: str) -> None:
    found = parse_line(line)
    assert (found.kind, found.capacity, found.affiliation_only) == ("individual", "personal", False)
    assert found.countries
    assert found.role and len(found.role.split()) < 3
    assert not found.organization


@pytest.mark.parametrize(
    "remark",
    [
        " (affiliation for identification purposes only)",
        ", titles and affiliations listed for identification only",
        " (affiliation à titre indicatif uniquement)",
        " (afiliación únicamente a efectos de identificación)",
        " [institution for purposes of identification only]",
    ],
)
def test_affiliation_for_identification_is_a_field(remark: str) -> None:
    found = parse_line(f"Jane Hollowfield, Professor of Law, University of Mitreham{remark}")
    assert found.affiliation_only
    assert found.capacity == "personal"
    assert (found.role, found.organization) == ("Professor of Law", "University of Mitreham")


def test_who_signs_for_a_body_signs_for_the_institution() -> None:
    assert parse_line("Jane Hollowfield, on behalf of Hill Peace Trust").capacity == "institutional"
    assert parse_line("Hill Peace Trust (Jane Hollowfield), Kenya").capacity == "institutional"
    assert parse_line("Hill Peace Trust, Kenya").capacity == ""


def test_heading_tells_the_capacity_of_the_people_below_it() -> None:
    trust, jane, john = parse_lines(
        "Organizations:\nHill Peace Trust, Kenya\n"
        "Individuals in their personal capacity (affiliations for identification only):\n"
        "Jane Hollowfield, Director, Hill Peace Trust\n\nIndividuals:\nJohn Marsh, lawyer"
    )
    assert (trust.capacity, trust.affiliation_only) == ("", False)
    assert (jane.capacity, jane.affiliation_only) == ("personal", True)
    assert (john.capacity, john.affiliation_only) == ("", False)


def test_star_is_read_as_the_note_below_the_list_tells() -> None:
    jane, john = parse_lines(
        "Jane Hollowfield, Professor of Law, University of Mitreham*\n"
        "John Marsh, Director, Hill Peace Trust\n"
        "* Affiliation for identification purposes only."
    )
    assert (jane.affiliation_only, jane.organization) == (True, "University of Mitreham")
    assert not john.affiliation_only


def test_agreed_keys_of_a_row_stay_as_they_were() -> None:
    assert {"capacity", "affiliation_only"}.isdisjoint(parse_line("Hill Trust, Kenya").as_dict())
