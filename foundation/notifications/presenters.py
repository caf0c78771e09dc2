"""Sentences for the audit events of this package."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter
from foundation.notifications.enums import DismissReason


def retried(event: AuditEvent) -> str:
    """Parked work was put back."""
    return _("Parked work of the lane %(lane)s was tried again.") % {"lane": event.facts["lane"]}


def dismissed(event: AuditEvent) -> str:
    """Parked work was given up."""
    return _("Parked work of the lane %(lane)s was dismissed: %(reason)s.") % {
        "lane": event.facts["lane"],
        "reason": DismissReason(event.facts["reason"]).label,
    }


register_presenter("work.retried", retried)
register_presenter("work.dismissed", dismissed)
