"""The sentences of the log's own events."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter


def listed(event: AuditEvent) -> str:
    """An auditor looked through the log."""
    return _("The audit log was looked through (page %(page)s).") % {
        "page": event.facts.get("page", 1)
    }


def opened(event: AuditEvent) -> str:
    """An auditor opened one event."""
    return _("Event %(id)s of the audit log was opened.") % {"id": event.object_id}


def head_renewed(event: AuditEvent) -> str:
    """An operator accepted a new head."""
    return _(
        "An operator let the chain go on at position %(position)s without the head that was "
        "written before."
    ) % {"position": event.facts.get("position", 0)}


register_presenter("audit.listed", listed)
register_presenter("audit.opened", opened)
register_presenter("audit.head_renewed", head_renewed)
