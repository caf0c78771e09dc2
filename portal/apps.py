"""The app of the roof: operators' commands and the pages above all rooms."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public's figures; the sentences of operators' commands."""

    name = "portal"

    def ready(self) -> None:
        """Register the sentences, what is kept, and the check of the vault's keys."""
        from foundation.confidentiality.vault import checks  # noqa: F401
        from portal import presenters, retention  # noqa: F401
