"""The app of letters."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Loads what other parts ask for by name: rules, sentences, messages, documents, receivers."""

    name = "letters"

    def ready(self) -> None:
        """Register this room with the foundation."""
        from foundation.confidentiality.vault import register_box

        for part in (
            "rules",
            "presenters",
            "notifications",
            "documents",
            "retention",
            "receivers",
            "forgetting",
            "receipt",
        ):
            import_module(f"letters.{part}")
        for model in ("Signatory", "SignatoryBatch", "BatchLine", "Reminder"):
            register_box(self.get_model(model), "sealed")
