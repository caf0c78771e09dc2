"""One sentence per audit event of this room. Ids and codes only: the log names nobody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter

SENTENCES = {
    "organizations.begun": _("A registration was begun; seen by level %(level)s."),
    "organizations.level_changed": _(
        "Who may see a registration was changed from level %(before)s to %(level)s."
    ),
    "organizations.described": _("An entry was edited (version %(version)s)."),
    "organizations.submitted": _("A registration was sent to the Office."),
    "organizations.accepted": _("A registration was vetted until %(valid_until)s."),
    "organizations.more_asked": _("The Office asked for more."),
    "organizations.refused": _("A registration was refused."),
    "organizations.appealed": _("A refusal was appealed."),
    "organizations.appeal_granted": _("An appeal was granted; vetted until %(valid_until)s."),
    "organizations.appeal_dismissed": _("An appeal was dismissed."),
    "organizations.extended": _("A vetting was extended until %(valid_until)s."),
    "organizations.revoked": _("A vetting was taken back."),
    "organizations.expired": _("A vetting expired."),
    "organizations.renewed": _("An expired registration was sent again."),
    "organizations.revised": _("A refused registration was opened for changes."),
    "organizations.archived": _("A registration was closed."),
    "organizations.officers_named": _("%(count)s officers are named for an entry."),
    "organizations.read": _("Staff opened an entry."),
    "organizations.evidence_added": _("A paper was added (%(kind)s, %(size)s bytes)."),
    "organizations.evidence_removed": _("A paper was taken back."),
    "organizations.evidence_read": _("A paper was downloaded."),
    "organizations.vouched": _("An organization vouched for another."),
    "organizations.vouch_withdrawn": _("An organization took its word back."),
    "organizations.invited": _("A person was invited as %(role)s."),
    "organizations.invitation_revoked": _("An invitation was taken back."),
    "organizations.member_joined": _("A person joined as %(role)s."),
    "organizations.member_changed": _("A member has the role %(role)s now."),
    "organizations.mandate_stated": _("A mandate of %(given_on)s was stated."),
    "organizations.member_ended": _("A membership ended."),
    "organizations.network_made": _("A network was made; seen by level %(level)s."),
    "organizations.network_edited": _("A network was edited."),
    "organizations.network_archived": _("A network was archived."),
    "organizations.coordinator_named": _("A coordinator was named."),
    "organizations.coordinator_ended": _("A coordinator stepped down or was removed."),
    "organizations.network_proposed": _("A network proposed a membership."),
    "organizations.network_asked": _("An organization asked to be in a network."),
    "organizations.network_confirmed": _("An organization confirmed its place in a network."),
    "organizations.network_accepted": _("A network accepted a member."),
    "organizations.network_left": _("A membership of a network ended."),
}


def say(event: AuditEvent) -> str:
    """Return the sentence of an event of this room, its facts filled in."""
    return str(SENTENCES[event.action]) % _Facts(event.facts)


class _Facts(dict[str, Any]):
    """Facts of older events may lack what a newer sentence asks for: a dash stands there."""

    def __missing__(self, key: str) -> str:
        return "–"


for _action in SENTENCES:
    register_presenter(_action, say)
