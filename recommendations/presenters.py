"""One sentence per audit event of this room, and the one place that says who asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter
from foundation.confidentiality import Level
from recommendations.models import Recommendation

SENTENCES = {
    "recommendations.begun": _("Began recommendation %(id)s; seen by level %(level)s."),
    "recommendations.entered": _("Entered recommendation %(id)s, which came as: %(source)s."),
    "recommendations.edited": _("Edited the draft of recommendation %(id)s."),
    "recommendations.level_changed": _(
        "Changed who may see recommendation %(id)s from level %(before)s to %(level)s."
    ),
    "recommendations.counting_changed": _(
        "Changed whether recommendation %(id)s is counted in public numbers: %(counted)s."
    ),
    "recommendations.submitted": _(
        "Sent recommendation %(id)s; to be taken up by %(acknowledge_by)s, answer due by "
        "%(answer_by)s."
    ),
    "recommendations.assigned": _("Assigned recommendation %(id)s; answer due by %(answer_by)s."),
    "recommendations.day_moved": _(
        "Moved the day of the answer to %(id)s from %(before)s to %(answer_by)s; why: %(reason)s."
    ),
    "recommendations.asked": _("Asked for clarification of recommendation %(id)s."),
    "recommendations.clarified": _("Clarified recommendation %(id)s."),
    "recommendations.resumed": _("Went on with recommendation %(id)s without a clarification."),
    "recommendations.answer_drafted": _("Drafted an answer (%(position)s) to %(id)s."),
    "recommendations.proposed": _("Sent the answer to %(id)s for clearance."),
    "recommendations.given_back": _("Gave the answer to %(id)s back."),
    "recommendations.cleared": _("Cleared the answer to %(id)s."),
    "recommendations.recalled": _("Took the cleared answer to %(id)s back to change it."),
    "recommendations.published": _("Published the answer (%(position)s) to %(id)s."),
    "recommendations.reopened": _("Reopened recommendation %(id)s for another answer."),
    "recommendations.joined": _("Joined recommendation %(id)s to another that says the same."),
    "recommendations.separated": _("Separated recommendation %(id)s from another."),
    "recommendations.answered_along": _(
        "Let the answer (%(position)s) to another stand for recommendation %(id)s."
    ),
    "recommendations.link_proposed": _(
        "Said who sent recommendation %(id)s; made sure by: %(how)s."
    ),
    "recommendations.link_confirmed": _("Confirmed, as the second person, who sent %(id)s."),
    "recommendations.link_accepted": _("Accepted recommendation %(id)s as their own."),
    "recommendations.link_declined": _("Said that recommendation %(id)s is not theirs."),
    "recommendations.link_undone": _(
        "Undid the link of recommendation %(id)s to a sender who could read it: %(readable)s."
    ),
    "recommendations.withdrawn": _("Withdrew recommendation %(id)s."),
    "recommendations.progress_reported": _(
        "Reported progress (%(progress)s) on %(id)s, for: %(side)s."
    ),
    "recommendations.readers_named": _("Named %(count)s officers for recommendation %(id)s."),
    "recommendations.read": _("Opened recommendation %(id)s at the desk."),
}


class _Facts(dict[str, Any]):
    """Facts of older events may lack what a newer sentence asks for: a dash stands there."""

    def __missing__(self, key: str) -> str:
        return "–"


def say(event: AuditEvent) -> str:
    """Return the sentence of an event of this room, its facts filled in."""
    facts = _Facts({**event.facts, "id": str(event.object_id)[:8]})
    return str(SENTENCES[event.action]) % facts


for _action in SENTENCES:
    register_presenter(_action, say)


def sender_line(item: Recommendation, *, inside: bool) -> str:
    """Return who asks, for a page; "" where the reader may not know.

    `inside`: the reader may see the item's inside (rules.may_look_into). Others learn the name
    only where the submitter chose "everyone".
    """
    return item.sender_name() if inside or item.level == Level.PUBLIC else ""
