"""The way of a delivered letter: where it stands, and every step with its day and who took it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from letters.enums import SINCE_ACKNOWLEDGED
from letters.enums import LetterState as S
from letters.models import DeliveryStep, Letter


def steps_of(viewer: Any, letter: Letter) -> list[DeliveryStep]:
    """Return the steps of the letter that `viewer` may see, the first one first."""
    return list(DeliveryStep.objects.visible_to(viewer).of(letter).select_related("by"))


def way(letter: Letter, steps: Iterable[DeliveryStep]) -> list[dict[str, Any]]:
    """Return where a delivered letter stands, with its clock, for components/way.html."""
    at = {step.state: step.at for step in steps}
    line = [
        {"state": S.DELIVERED, "label": _("Delivered"), "at": letter.delivered_at},
        {"state": S.OPENED, "label": _("Opened"), "at": at.get(S.OPENED)},
        {"state": S.ACKNOWLEDGED, "label": _("Acknowledged"), "at": letter.acknowledged_at},
        {"state": S.UNDER_REVIEW, "label": _("Under review"), "at": at.get(S.UNDER_REVIEW)},
        {"state": S.ANSWERED, "label": _("Answered"), "at": letter.answered_at},
    ]
    if letter.state == S.NO_ANSWER:
        line[-1] = {"state": S.NO_ANSWER, "label": _("Closed without an answer")}
        line[-1]["at"] = at.get(S.NO_ANSWER)
    here = next(place for place, one in enumerate(line) if one["state"] == letter.state)
    for place, one in enumerate(line):
        one["place"] = "done" if place < here else "here" if place == here else ""
        if place > here:
            one.pop("at")
    if letter.state not in SINCE_ACKNOWLEDGED:
        line[2]["due"] = letter.acknowledge_by
    return line


def history(steps: Iterable[DeliveryStep], *, staff: bool) -> list[dict[str, Any]]:
    """Return each step in words: what, when, who. The staff of the Office read names, everybody
    else in what capacity it was."""
    return [
        {
            "label": S(step.state).label,
            "at": step.at,
            "by": step.by.display_name() if staff and step.by else _capacity(step),
            "reason": step.reason,
        }
        for step in steps
    ]


def _capacity(step: DeliveryStep) -> str:
    if step.by is None:
        return _("by itself, with the last answer") if step.state == S.ANSWERED else ""
    if step.state == S.DELIVERED:
        return _("by a coordinator of the network")
    if step.state == S.NO_ANSWER:
        return _("by an approver of the Office")
    return _("by an officer of the Office")


def closing_reason(letter: Letter, steps: Iterable[DeliveryStep]) -> str:
    """Return why the letter was closed without an answer, "" where it was not."""
    reasons = [step.reason for step in steps if step.state == S.NO_ANSWER]
    return reasons[-1] if letter.state == S.NO_ANSWER and reasons else ""
