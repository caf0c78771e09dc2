"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Loads the receivers and sentences of this room."""

    name = "accounts"

    def ready(self) -> None:
        """Register what other parts ask for by name."""
        from importlib import import_module
        from importlib.util import find_spec

        for part in ("presenters", "notifications", "retention", "receivers"):
            if find_spec(f"accounts.{part}"):
                import_module(f"accounts.{part}")
