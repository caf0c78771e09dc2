"""One sentence per audit event of this room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter

SENTENCES = {
    "meetings.begun": _("Began the request for meeting %(id)s; seen by level %(level)s."),
    "meetings.edited": _("Edited the draft of meeting %(id)s."),
    "meetings.windows_set": _("Set %(count)s times that suit for meeting %(id)s."),
    "meetings.level_changed": _(
        "Changed who may see meeting %(id)s from level %(before)s to %(level)s."
    ),
    "meetings.participant_added": _(
        "Put person %(participant)s on the list of meeting %(id)s, for: %(side)s."
    ),
    "meetings.participant_removed": _(
        "Took person %(participant)s off the list of meeting %(id)s."
    ),
    "meetings.naming_agreed": _(
        "Set whether person %(participant)s of meeting %(id)s may be named in briefs: %(agreed)s."
    ),
    "meetings.counting_agreed": _(
        "Set whether meeting %(id)s may stand in public totals: %(agreed)s."
    ),
    "meetings.style_chosen": _("Chose how to be told of meeting %(id)s: %(style)s."),
    "meetings.requested": _("Asked for meeting %(id)s; answer due by %(answer_by)s."),
    "meetings.assigned": _("Assigned meeting %(id)s; answer due by %(answer_by)s."),
    "meetings.declined": _("Declined meeting %(id)s."),
    "meetings.withdrawn": _("Withdrew the request for meeting %(id)s."),
    "meetings.proposed": _("Proposed %(count)s times for meeting %(id)s, round %(round)s."),
    "meetings.other_times_asked": _(
        "Asked for other times of meeting %(id)s; answer due by %(answer_by)s."
    ),
    "meetings.taken_back": _("Took the times of round %(round)s of meeting %(id)s back."),
    "meetings.confirmed": _("Chose a time of meeting %(id)s: %(starts_at)s."),
    "meetings.moved": _("Moved meeting %(id)s to %(starts_at)s."),
    "meetings.cancelled": _("Cancelled meeting %(id)s, for: %(side)s."),
    "meetings.held": _("Wrote down who came to meeting %(id)s: %(attended)s people."),
    "meetings.note_drafted": _("Drafted the note of meeting %(id)s."),
    "meetings.note_filed": _("Filed the note of meeting %(id)s."),
    "meetings.brief_written": _("Wrote the Office's lines for the brief of meeting %(id)s."),
    "meetings.brief_read": _("Opened the Office's lines for the brief of meeting %(id)s."),
    "meetings.committed": _("Wrote down commitment %(commitment)s of meeting %(id)s, due %(due)s."),
    "meetings.commitment_done": _("Marked commitment %(commitment)s of meeting %(id)s as done."),
    "meetings.word_written": _("Wrote a message about meeting %(id)s, for: %(side)s."),
    "meetings.note_written": _("Wrote a note inside the Office about meeting %(id)s."),
    "meetings.readers_named": _("Named %(count)s officers for meeting %(id)s."),
    "meetings.read": _("Opened meeting %(id)s at the desk."),
    "meetings.note_read": _("Opened the note of meeting %(id)s."),
}


class _Facts(dict[str, Any]):
    """Facts of older events may lack what a newer sentence asks for: a dash stands there."""

    def __missing__(self, key: str) -> str:
        return "–"


def say(event: AuditEvent) -> str:
    """Return the sentence of an event of this room, its facts filled in."""
    facts = _Facts({**event.facts, "id": str(event.object_id)[:8]})
    for name in ("participant", "commitment"):
        facts[name] = str(facts[name])[:8]
    return str(SENTENCES[event.action]) % facts


for _action in SENTENCES:
    register_presenter(_action, say)
