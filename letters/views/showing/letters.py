"""Letters and their asks as the components of pages want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.web.templatetags.portal_tags import un_date
from letters.enums import TO_ACKNOWLEDGE
from letters.models import Ask, Letter
from letters.text import parse_body, parse_notes
from recommendations.enums import Progress, Side
from recommendations.models import Answer, ProgressReport


def numbered(letter: Letter, asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """Return the body in blocks: headings, and numbered places with the asks marked there."""
    here: dict[str, list[dict[str, str]]] = defaultdict(list)
    for ask in asks:
        here[ask.place].append({"label": ask.number, "url": f"#ask-{ask.number}"})
    defined = {note.number for note in parse_notes(letter.text().notes)}
    mark = reverse("letters:mark", args=[letter.pk])
    rows: list[dict[str, Any]] = []
    for block in parse_body(letter.text().body):
        if block.kind == "heading":
            rows.append({"heading": block.pieces, "numbers": defined})
        rows += [
            {
                "place": place,
                "pieces": pieces,
                "numbers": defined,
                "chips": here[place],
                "mark_url": f"{mark}?place={place}",
            }
            for place, pieces in block.places
        ]
    return rows


def marked(asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """Return the asks as the desk shows them beside the text."""
    return [_ask(ask) | {"pk": ask.pk, "owner": ask.recommendation.owner} for ask in asks]


def answered(
    letter: Letter,
    asks: Iterable[Ask],
    answers: Iterable[Answer],
    reports: Iterable[ProgressReport],
) -> list[dict[str, Any]]:
    """Return the asks with what was answered and reported, newest first, from what is seen."""
    said: dict[Any, list[Answer]] = defaultdict(list)
    for answer in answers:
        said[answer.recommendation_id].append(answer)
    done: dict[Any, list[ProgressReport]] = defaultdict(list)
    for report in reports:
        if report.side == Side.OFFICE:
            done[report.recommendation_id].append(report)
    url = letter.get_absolute_url()
    return [
        _ask(ask)
        | {
            "place_url": f"{url}{ask.anchor}",
            "answers": said[ask.recommendation_id],
            "reports": done[ask.recommendation_id],
            "lang": ask.recommendation.language,
            "due": None if ask.is_settled or ask.is_offer else ask.recommendation.answer_by,
        }
        for ask in asks
    ]


def _ask(ask: Ask) -> dict[str, Any]:
    item = ask.recommendation
    return {
        "number": ask.number,
        "sentence": item.text,
        "place": ask.place,
        "quote": ask.quote,
        "to": item.addressee.translated() if item.addressee else "",
        "url": reverse("recommendations:detail", args=[item.pk]),
        "state": item.state_label,
        "facts": [
            {"label": _("Position of the Office"), "value": item.get_position_display()},
            {"label": _("Progress on the ground"), "value": item.get_progress_display()},
        ],
        "is_offer": ask.is_offer,
        "acknowledged_at": ask.acknowledged_at,
        "published": item.published_at is not None,
    }


def summary(asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """Return how many asks there are, how many were answered, and what was done: three numbers."""
    demands = [ask for ask in asks if not ask.is_offer]
    done = [ask for ask in demands if ask.recommendation.progress == Progress.DONE]
    settled = [ask for ask in demands if ask.is_settled]
    numbers = ((_("Asked"), demands), (_("Answered"), settled), (_("Done"), done))
    return [{"label": label, "value": str(len(found))} for label, found in numbers]


def desk_rows(letters: Iterable[Letter], asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """Return letters as rows of components/desk.html; `asks` are those of all of them."""
    of_letter: dict[Any, list[Ask]] = defaultdict(list)
    for ask in asks:
        if not ask.is_offer:
            of_letter[ask.letter_id].append(ask)
    return [
        {
            "url": reverse("letters:item", args=[letter.pk]),
            "title": letter.subject,
            "lang": letter.language,
            "about": f"{letter.reference} · {letter.network.printed_name()}",
            "cells": [
                {"label": _("State"), "state": letter.state_label},
                {"label": _("Asks"), "text": _count(of_letter[letter.pk])},
                {
                    "label": _("Owner"),
                    "text": letter.owner.display_name() if letter.owner else "–",
                },
                {"label": _("Delivered"), **_clock(letter)},
            ],
        }
        for letter in letters
    ]


def _count(asks: list[Ask]) -> str:
    if not asks:
        return "–"
    settled = sum(ask.is_settled for ask in asks)
    words = ngettext("%(settled)s of %(n)s answered", "%(settled)s of %(n)s answered", len(asks))
    return words % {"settled": settled, "n": len(asks)}


def _clock(letter: Letter) -> dict[str, Any]:
    """Return by when the letter is to be acknowledged, else when it came."""
    if letter.state in TO_ACKNOWLEDGE:
        return {"due": letter.acknowledge_by}
    return {"text": un_date(letter.delivered_at)}


def next_number(numbers: Iterable[str]) -> str:
    """Return the number that follows the whole numbers among `numbers`."""
    whole = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    return str(max(whole, default=0) + 1)
