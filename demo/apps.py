"""The app of the demo."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Brings the mailbox, the sign-in buttons and `manage.py demo`."""

    name = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentence of the demo's own event."""
        from demo import presenters  # noqa: F401
