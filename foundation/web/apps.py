"""The app of the web foundation: template tags, the token of forms, checks of policies."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Loads the check that every URL declares its policy."""

    name = "foundation.web"
    label = "web"

    def ready(self) -> None:
        """Register the check and the refusal of writes while reading."""
        from foundation.web import checks, limits, retention  # noqa: F401
