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


def vault_rotated(event: AuditEvent) -> str:
    """Boxes were closed anew under the newest key of the vault."""
    return _(
        "An operator encrypted %(closed)s names and documents anew under key %(key)s; %(left)s were "
        "left under older keys."
    ) % {name: event.facts.get(name, 0) for name in ("closed", "key", "left")}


def vault_keys_dropped(event: AuditEvent) -> str:
    """Old keys of the vault were taken out of use."""
    return _("An operator took old keys of the vault out of use: %(keys)s.") % {
        "keys": ", ".join(event.facts.get("keys", []))
    }


register_presenter("operations.vault_rotated", vault_rotated)
register_presenter("operations.vault_keys_dropped", vault_keys_dropped)


def forgotten(event: AuditEvent) -> str:
    """A nightly job of retention emptied rows."""
    return _("What was due was forgotten: %(rows)s rows (%(job)s).") % event.facts


register_presenter("operations.backup_began", backup_began)
register_presenter("operations.restored", restored)
register_presenter("retention.forgotten", forgotten)
