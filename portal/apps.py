"""The app of the roof: operators' commands and the pages above all rooms."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """No models; the sentences of operators' commands."""

    name = "portal"

    def ready(self) -> None:
        """Register the sentences."""
        from portal import presenters  # noqa: F401
