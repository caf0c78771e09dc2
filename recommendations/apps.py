"""The app of recommendations."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Loads what other parts ask for by name: rules, sentences, messages, rows of retention."""

    name = "recommendations"

    def ready(self) -> None:
        """Register this room with the foundation."""
        for part in ("rules", "presenters", "notifications", "retention"):
            import_module(f"recommendations.{part}")
