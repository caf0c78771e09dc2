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
        ):
            import_module(f"letters.{part}")
        sealed = (
            "Signatory",
            "SignatoryBatch",
            "BatchLine",
            "Reminder",
            "SignOnInvitation",
            "SignOnRequest",
            "Unsealing",
        )
        for model in sealed:
            register_box(self.get_model(model), "sealed")
        register_box(self.get_model("Reply"), "pdf")
