"""One sentence per audit event of this room, and the names of staff for auditors."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from accounts.models import RoleDecision, User
from foundation.audit import register_naming, register_presenter
from foundation.audit.models import AuditEvent


def _role(event: AuditEvent) -> str:
    value = event.facts.get("role", "")
    return str(StaffRole(value).label) if value in StaffRole.values else str(value)


def _person(event: AuditEvent) -> str:
    return event.object_id[:8]


def role_given(event: AuditEvent) -> str:
    """Say which role was given to whom (by id)."""
    return _("Gave the role “%(role)s” to person %(id)s.") % {
        "role": _role(event),
        "id": _person(event),
    }


def role_taken(event: AuditEvent) -> str:
    """Say which role was taken from whom (by id)."""
    return _("Took the role “%(role)s” from person %(id)s.") % {
        "role": _role(event),
        "id": _person(event),
    }


def preferences_changed(event: AuditEvent) -> str:
    """Say which preferences were changed, not to what."""
    changed = ", ".join(event.facts.get("changed", []))
    return _("Changed own preferences (%(fields)s).") % {"fields": changed}


def sessions_ended(event: AuditEvent) -> str:
    """Say how many sessions were ended."""
    return _("Signed out other devices (%(count)s).") % {"count": event.facts.get("count", 0)}


def name_staff(ids: Iterable[str]) -> Mapping[str, str]:
    """Return the names of those of `ids` who are or were staff: auditors see who of staff acted."""
    keys = []
    for text in ids:
        try:
            keys.append(uuid.UUID(str(text)))
        except ValueError:
            continue
    known = RoleDecision.objects.filter(user_id__in=keys).values("user_id")
    return {str(user.pk): user.display_name() for user in User.objects.filter(pk__in=known)}


register_presenter("accounts.role_given", role_given)
register_presenter("accounts.role_taken", role_taken)
register_presenter("accounts.preferences_changed", preferences_changed)
register_presenter("accounts.sessions_ended", sessions_ended)
register_naming(name_staff)
