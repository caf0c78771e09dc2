"""The clock of an item in plain words: where it stands, and by when it moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.web.templatetags.portal_tags import is_past, un_date
from recommendations.enums import ClockReason
from recommendations.enums import RecommendationState as S
from recommendations.models import DayChange, Recommendation


def way(item: Recommendation) -> list[dict[str, Any]]:
    """Return where an item stands, with its clock: received, considered, answered, followed."""
    answer = {"label": _("Answer"), "place": "", "due": item.answer_by}
    follow = {"label": _("Follow-up"), "place": ""}
    considered = {"label": _("Under consideration"), "place": "", "at": item.assigned_at}
    if item.submitted_at is None:
        here = "stopped" if item.state == S.WITHDRAWN else "here"
        written = {
            "label": _("Being written"),
            "place": here,
            "note": _("The Office does not see it yet"),
        }
        return [written, {"label": _("Received"), "place": ""}, considered, answer, follow]
    received = {"label": _("Received"), "place": "done", "at": item.submitted_at}
    if item.state == S.SUBMITTED:
        received |= {"place": "here", "note": _("An owner is being found")}
        considered |= {"at": None, "due": item.moves_by}
    elif item.state == S.CLARIFICATION:
        answer["due"] = None
        considered |= {"label": _("The Office has a question"), "place": "here"}
        considered["note"] = _("The clock of the Office stands still")
    elif item.state == S.ANSWERED:
        considered["place"] = answer["place"] = "done"
        answer |= {"due": None, "at": item.published_at}
        follow |= {"place": "here", "note": item.get_progress_display()}
    elif item.state == S.WITHDRAWN:
        stopped = {"label": _("Withdrawn"), "place": "stopped"}
        return [received, stopped]
    else:
        considered["place"] = "here"
        answer["due"] = item.moves_by
    return [received, considered, answer, follow]


def where_it_stands(item: Recommendation) -> str:
    """Return one or two plain sentences for who submitted it: where it stands, what comes by when."""
    if item.state == S.WITHDRAWN:
        return _("It was withdrawn. The Office does not work on it any more.")
    if item.submitted_at is None:
        return _("It is not sent yet. The clock of the Office starts when you send it.")
    if item.state == S.SUBMITTED:
        return f"{_('The Office has received it.')} {_taken_up(item)} {_answered(item)}"
    if item.state == S.CLARIFICATION:
        return _(
            "The Office has asked a question on %(day)s. Until it is answered the clock stands "
            "still; the day of the answer then moves by as many days."
        ) % {"day": un_date(item.paused_at)}
    if item.state == S.JOINED:
        joined = _(
            "The Office answers it together with another ask that says the same. Both are kept; "
            "the answer stands for both."
        )
        return f"{joined} {_paused() if item.paused_at else _answered(item)}"
    if item.state == S.ANSWERED:
        return _("The Office has answered. What happens next is reported on this page.")
    if item.published_at:
        return f"{_('There is an answer, and the Office keeps the ask open.')} {_answered(item)}"
    taken_up = _("A person at the Office has worked on it since %(day)s.")
    return f"{taken_up % {'day': un_date(item.assigned_at)}} {_answered(item)}"


def _paused() -> str:
    return _("The clock stands still until a question of the Office is answered.")


def _taken_up(item: Recommendation) -> str:
    if item.moves_by is not None and is_past(item.moves_by):
        late = _(
            "A person should have taken it up by %(day)s: that is late, and it is not your fault."
        )
        return late % {"day": un_date(item.moves_by)}
    return _("A person takes it up by %(day)s.") % {"day": un_date(item.moves_by)}


def _answered(item: Recommendation) -> str:
    if is_past(item.answer_by):
        late = _("The answer was due by %(day)s: the Office is late. You need to do nothing.")
        return late % {"day": un_date(item.answer_by)}
    return _("You have an answer by %(day)s.") % {"day": un_date(item.answer_by)}


def moved(changes: Iterable[DayChange]) -> list[tuple[Any, str]]:
    """Return (moment, sentence) for each time the day of the answer moved, with the reason."""
    return [(change.changed_at, _sentence(change)) for change in changes]


def _sentence(change: DayChange) -> str:
    said = _("The day of the answer moved from %(before)s to %(after)s. %(reason)s.")
    reason = ClockReason(change.reason).label
    if change.reason == ClockReason.OTHER:
        said = _("The day of the answer moved from %(before)s to %(after)s.")
    days = {"before": un_date(change.before), "after": un_date(change.after)}
    return " ".join(filter(None, [said % {**days, "reason": reason}, change.text]))
