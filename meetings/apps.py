"""The app of meetings."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Loads what other parts ask for by name: rules, sentences, messages, documents, rows of retention."""

    name = "meetings"

    def ready(self) -> None:
        """Register this room with the foundation."""
        for part in ("rules", "presenters", "notifications", "documents", "retention"):
            import_module(f"meetings.{part}")
