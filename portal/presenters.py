"""Sentences for what operators did on the machine."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.audit import register_presenter
from foundation.audit.models import AuditEvent


def backup_began(event: AuditEvent) -> str:
    """A backup was begun."""
    return _("An operator began a backup of the database and all files.")


def restored(event: AuditEvent) -> str:
    """A backup was put back."""
    before, position = event.facts.get("position_before") or 0, event.facts.get("position") or 0
    words = _("An operator restored the backup of %(when)s.") % {"when": event.facts.get("made_at")}
    if before > position:
        words += " " + _("%(n)s later events of this log were lost with that.") % {
            "n": before - position
        }
    return words


def forgotten(event: AuditEvent) -> str:
    """A nightly job of retention emptied rows."""
    return _("What was due was forgotten: %(rows)s rows (%(job)s).") % event.facts


register_presenter("operations.backup_began", backup_began)
register_presenter("operations.restored", restored)
register_presenter("retention.forgotten", forgotten)
