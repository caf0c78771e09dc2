"""What the Office has done with the demo's letters: acknowledged, marked, answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.data.people import account
from letters.actions.asks import acknowledge_offer, mark_ask
from letters.actions.delivering import acknowledge
from letters.models import Ask, Letter
from organizations.models import Pillar
from recommendations import actions
from recommendations.models import ActionAsked, Addressee, Recommendation, Topic

WHY = "the demo finds its own pieces again"


@dataclass(frozen=True)
class Marked:
    """An ask in a letter, and how far it has come: marked, assigned, answered or acknowledged."""

    number: str
    place: str
    quote: str
    text: str
    action: str
    topics: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    state: str = "marked"
    answer: str = ""
    report: tuple[str, str] = ("", "")  # (progress, text)


ASKS: dict[str, tuple[Marked, ...]] = {
    "A standing table with networks of civil society": (
        Marked(
            "1",
            "2",
            "meet networks of civil society at a standing table, four times a year",
            "Meet networks of civil society at a standing table four times a year.",
            "convene",
            ("whole-of-society",),
            ("i",),
            "answered",
            "The Office will hold the table four times a year, the first time in March.",
            ("under_way", "The first date is set, and networks were asked for the agenda."),
        ),
        Marked(
            "2",
            "2",
            "with an agenda that both sides write",
            "Write the agenda of each meeting together with the networks.",
            "include",
            ("whole-of-society",),
            ("i",),
            "assigned",
        ),
        Marked(
            "O.1",
            "3",
            "We are ready to prepare the first meeting",
            "The networks can prepare the first meeting and bring newcomers to it.",
            "offer",
            state="acknowledged",
        ),
    ),
    "Somebody to write to in every region": (
        Marked(
            "1",
            "2",
            "name one person in every region",
            "Name one person in every region to whom organizations can write.",
            "institutionalise",
            ("coordination",),
            ("iii",),
            "answered",
            "Five officers are named, one for each region; the list stands on the portal.",
            ("done", "The list is published and is renewed every January."),
        ),
    ),
}


@transaction.atomic
def work_on(letter: Letter) -> None:
    """Acknowledge a delivered letter of the demo, mark its asks and lead them to their states."""
    officer = account("officer")
    letter = acknowledge(letter=letter, by=officer)
    for marked in ASKS.get(letter.subject, ()):
        _mark(letter, marked, officer)


def _mark(letter: Letter, marked: Marked, officer: Any) -> None:
    values = {
        "text": marked.text,
        "addressee": Addressee.objects.get(key="office"),
        "action_asked": ActionAsked.objects.get(key=marked.action),
        "pillars": list(Pillar.objects.filter(key__in=marked.pillars)),
        "topics": list(Topic.objects.filter(key__in=marked.topics)),
    }
    owner = None if marked.state == "marked" else officer
    where = {"number": marked.number, "place": marked.place, "quote": marked.quote}
    ask = mark_ask(letter=letter, values=values, by=officer, owner=owner, **where)
    if marked.state == "acknowledged":
        acknowledge_offer(ask=ask, by=officer)
    if marked.state == "answered":
        _answer(ask, marked, officer)


def _answer(ask: Ask, marked: Marked, officer: Any) -> None:
    item = Recommendation.objects.unguarded(WHY).get(pk=ask.recommendation_id)
    day = timezone.now().date()
    actions.assign(recommendation=item, owner=officer, answer_by=day, by=officer)
    values = {"position": "accepted", "language": "en", "text": marked.answer}
    actions.draft_answer(recommendation=item, values=values, version=0, by=officer)
    actions.propose_answer(recommendation=item, by=officer)
    actions.clear_answer(recommendation=item, by=account("approver"))
    actions.publish_answer(recommendation=item, by=officer)
    progress, text = marked.report
    actions.report_progress(recommendation=item, progress=progress, text=text, by=officer)
