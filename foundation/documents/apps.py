"""The app of documents."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Registers the lane by which documents reach their workers."""

    name = "foundation.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Register what must stand before the first request."""
        from foundation.documents import presenters, retention, rules  # noqa: F401
        from foundation.documents.models import Document
        from foundation.leases.lanes import Lane, register_lane

        register_lane(
            Lane(
                "documents", Document, _hand_over, batch=20, lease=25, ahead=100,
                label=_("Documents"),
            )
        )  # fmt: skip


def _hand_over(ids: list[object]) -> None:
    from foundation.documents.tasks import hand_over

    hand_over(ids)
