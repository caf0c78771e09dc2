"""The app of the audit log."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    """Tells test connections that they may empty the log, and registers the log's own sentences."""

    name = "foundation.audit"
    label = "audit"

    def ready(self) -> None:
        """Register what must stand before the first request."""
        from foundation.audit import presenters  # noqa: F401

        if getattr(settings, "AUDIT_ALLOW_TRUNCATE", False):
            connection_created.connect(allow_truncate, dispatch_uid="audit.allow_truncate")


def allow_truncate(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Lift the refusal of TRUNCATE for this session; the trigger also asks for a test database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.audit_allow_truncate', 'on', false)")
