"""CPU seconds of a letter's PDF in a real, warm worker, against a bare `write_pdf` in the same one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.house import House
from bench.table import Goal, Row, in_turns
from launcher.processes import wait_for

SIZES = ((80, 12, Goal("ratio", "≤", 1.3)), (1000, 4, Goal("ratio", "≤", 1.1)))
"""Signatories, turns, goal."""
PATIENCE = 240  # seconds
PLACES = ("Alder", "Brook", "Cedar", "Dale", "Elm", "Ford", "Glen", "Heath", "Isle", "Juniper")
KINDS = ("Law Clinic", "Mediation Circle", "Réseau des quartiers", "Observatorio Cívico", "Forum")
COUNTRIES = ("DE", "KE", "PE", "NP", "SN", "TN", "PH", "CA", "BA", "ID")


def measure(house: House) -> list[Row]:
    """Two rows: 80 and 1,000 signatories."""
    rows = []
    with house.worker("documents"):
        for size, turns, goal in SIZES:
            answer = _ask(house, _make_document(size), turns)
            name = f"letter PDF, HTML to sealed bytes, {size:,} signatories (CPU s)"
            rows.append(in_turns(name, answer["ours"], answer["floor"], goal))
    return rows


def _ask(house: House, document: str, turns: int) -> dict[str, Any]:
    """Let the worker measure, and read what it wrote. RuntimeError when it does not answer."""
    from bench.tasks import measure_rendering

    target = house.var.path / f"{document}.json"
    measure_rendering.apply_async((document, turns, str(target)), queue="documents")
    if not wait_for(target.exists, PATIENCE):
        raise RuntimeError("the worker for documents did not answer")
    answer: dict[str, Any] = json.loads(Path(target).read_text())
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer


def _make_document(size: int) -> str:
    """A closed letter of two and a half pages with `size` names, and the document asked of it."""
    from django.db import transaction

    from foundation.documents.actions import request_document
    from letters.enums import LetterState
    from tests.letters.factories import make_coordinator, make_letter

    with transaction.atomic():
        user, network = make_coordinator()
        letter = make_letter(
            state=LetterState.CLOSED, network=network, by=user, body=_body(), notes=_notes()
        )
        for number in range(size):
            _make_name(letter, number)
        document = request_document("letters.sealed_public", letter, by=user, language="en")
    return str(document.pk)


def _make_name(letter: Any, number: int) -> None:
    from letters.enums import Kind
    from tests.letters.factories import make_name

    place = PLACES[number % len(PLACES)]
    country = COUNTRIES[number // 3 % len(COUNTRIES)]
    if number % 6 == 5:
        person = {"honorific": "Dr.", "person": f"{place} Möller-{number}", "role": "Lecturer"}
        make_name(letter, kind=Kind.INDIVIDUAL, countries=[country], organization_name="", **person)
    else:
        body = f"{place} {KINDS[number % len(KINDS)]} {number}"
        make_name(letter, organization_name=body, acronym=f"{place[:2].upper()}{number}",
                  countries=[country], position=number)  # fmt: skip


def _body() -> str:
    paragraph = (
        "We write because the people best placed to say what a measure does are seldom asked, and "
        "because the review of this year decides what will be asked for the next five.[^{n}] Where "
        "organizations were heard, as in the visits of the last period, the findings were taken up; "
        "where they were not, the same harm returned under another name. "
    )
    parts = [
        paragraph.format(n=n) * 1 + paragraph.format(n="").replace("[^]", "") for n in range(1, 9)
    ]
    asks = "We ask that the Office:\n\na) meets organizations on every visit;\nb) says what came of it;\nc) publishes both."
    return "\n\n".join([*parts, asks])


def _notes() -> str:
    return "\n".join(
        f"{n}. Resolution 77/298, paragraph {n}; A/HRC/40/{50 + n}." for n in range(1, 9)
    )
