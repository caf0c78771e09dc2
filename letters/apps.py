"""The app of letters."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Loads what other parts ask for by name: rules, sentences, messages, documents, receivers."""

    name = "letters"

    def ready(self) -> None:
        """Register this room with the foundation."""
        parts = ("rules", "presenters", "notifications", "notices_of_drafts", "documents")
        for part in (*parts, "retention", "receivers"):
            import_module(f"letters.{part}")
