"""What is told of documents that were asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutALetter


@register
class DocumentReady(AboutALetter):
    """To the person who asked for it: the document can be downloaded."""

    kind = "letters.document_ready"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A document that you asked for is ready.")
