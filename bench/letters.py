"""CPU seconds of a letter's PDF in a real, warm worker, against a bare `write_pdf` in the same one;
the memory that the largest one takes; and what it costs to ask for the same copy again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.clients import Request, fire
from bench.house import House
from bench.table import Goal, Row, in_turns
from launcher.processes import wait_for

SIZES = (
    (80, 12, Goal("ratio", "≤", 1.3)),
    (1_000, 4, Goal("ratio", "≤", 1.1)),
    (10_000, 1, Goal("ratio", "≤", 1.1)),
)
"""Signatories, turns, goal. Ten thousand are an annex, and fill some 200 pages."""
ANNEXED = 1_000  # from how many names on they stand in an annex
PATIENCE = 900  # seconds
AGAIN = 20  # requests for a copy that is there
STEADY = Goal("ratio", "≤", 1.1)
LARGEST = Goal("ours", "≤", 2048)  # MB
AT_ONCE = Goal("ours", "≤", 50)  # milliseconds
PLACES = ("Alder", "Brook", "Cedar", "Dale", "Elm", "Ford", "Glen", "Heath", "Isle", "Juniper")
KINDS = ("Law Clinic", "Mediation Circle", "Réseau des quartiers", "Observatorio Cívico", "Forum")
COUNTRIES = ("DE", "KE", "PE", "NP", "SN", "TN", "PH", "CA", "BA", "ID")


def measure(house: House) -> list[Row]:
    """Three rows of CPU seconds, one of pages, one of memory, one of the second export."""
    rows: list[Row] = []
    costs: list[float] = []  # CPU seconds a page
    with house.worker("documents"):
        for size, turns, goal in SIZES:
            letter, document = _make_document(size)
            answer = _ask(house, document, turns)
            name = f"letter PDF, HTML to sealed bytes, {size:,} signatories (CPU s)"
            rows.append(in_turns(name, answer["ours"], answer["floor"], goal))
            costs.append(rows[-1].ours / answer["pages"] * 1000)
    name = f"letter PDF, {size:,} signatories, a page (CPU ms), floor: with {SIZES[-2][0]:,}"
    rows.append(Row(name, costs[-1], costs[-2], costs[-1] / costs[-2], STEADY))
    name = f"letter PDF, {size:,} signatories, highest memory of the worker (MB)"
    rows.append(Row(name, answer["megabytes"], goal=LARGEST))
    name = f"second export of the same letter, {size:,} signatories (ms)"
    rows.append(Row(name, _again(house, letter), goal=AT_ONCE))
    return rows


def _again(house: House, letter: Any) -> float:
    """Milliseconds of a request for a copy that was asked for before."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(letter.created_by)
    page = client.get(f"/letters/{letter.pk}/paper/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None, "the page of the copies has no form"
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    body = urlencode({"csrfmiddlewaretoken": token[1], "language": "en"})
    asked = Request(f"/letters/{letter.pk}/export/public/", body, cookies)
    with house.web() as port:
        fire(port, [[asked] * 3])  # warms up
        seconds, statuses = fire(port, [[asked] * AGAIN])
    assert set(statuses) == {302}, f"answers: {statuses}"
    assert _documents_of(letter) == 1, "the second export made another document"
    return seconds / AGAIN * 1000


def _documents_of(letter: Any) -> int:
    from foundation.documents.models import Document

    return Document.objects.unguarded("the benchmark counts its own").of_source(letter.pk).count()


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


def _make_document(size: int) -> tuple[Any, str]:
    """A closed letter of two and a half pages with `size` names, and the document asked of it."""
    from django.db import transaction

    from foundation.documents.actions import request_document
    from letters.enums import Layout, LetterState
    from tests.letters.factories import make_coordinator, make_letter

    with transaction.atomic():
        user, network = make_coordinator()
        letter = make_letter(
            state=LetterState.CLOSED, network=network, by=user, body=_body(), notes=_notes(),
            layout=Layout.ANNEX if size >= ANNEXED else Layout.LETTER,
        )  # fmt: skip
        for number in range(size):
            _make_name(letter, number)
        document = request_document("letters.sealed_public", letter, by=user, language="en")
    return letter, str(document.pk)


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
