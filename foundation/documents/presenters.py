"""The sentences of this app's audit events."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.audit import register_presenter
from foundation.audit.models import AuditEvent


def _id(event: AuditEvent) -> dict[str, str]:
    return {"id": event.object_id[:8]}


def requested(event: AuditEvent) -> str:
    """Somebody asked for a document."""
    return _("Document %(id)s was asked for.") % _id(event)


def rendered(event: AuditEvent) -> str:
    """A worker made it."""
    return _("Document %(id)s was made and put away.") % _id(event)


def failed(event: AuditEvent) -> str:
    """A worker could not make it."""
    return _("Document %(id)s could not be made (%(code)s).") % {
        **_id(event),
        "code": event.facts.get("code", ""),
    }


def retried(event: AuditEvent) -> str:
    """Somebody had it tried again."""
    return _("Document %(id)s was to be tried again.") % _id(event)


def downloaded(event: AuditEvent) -> str:
    """Somebody downloaded it."""
    return _("Document %(id)s was downloaded.") % _id(event)


def forgotten(event: AuditEvent) -> str:
    """It was deleted with what it was made of."""
    return _("Document %(id)s was deleted with what it was made of.") % _id(event)


register_presenter("documents.forgotten", forgotten)
register_presenter("documents.requested", requested)
register_presenter("documents.rendered", rendered)
register_presenter("documents.failed", failed)
register_presenter("documents.retried", retried)
register_presenter("documents.downloaded", downloaded)
