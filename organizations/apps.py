"""The app of organizations."""

from __future__ import annotations

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Loads the rules, sentences, notifications and rows of retention of this room."""

    name = "organizations"

    def ready(self) -> None:
        """Register what other parts ask for by name."""
        from importlib import import_module
        from importlib.util import find_spec

        for part in ("rules", "presenters", "notifications", "retention", "receivers"):
            if find_spec(f"organizations.{part}"):
                import_module(f"organizations.{part}")
