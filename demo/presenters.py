"""The sentence of the demo's own event."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import register_presenter


def filled(event: AuditEvent) -> str:
    """Bulk data were loaded."""
    return _("Loaded the invented data of the size “%(size)s” (seed %(seed)s).") % {
        "size": event.facts.get("size", ""),
        "seed": event.facts.get("seed", ""),
    }


register_presenter("demo.filled", filled)
