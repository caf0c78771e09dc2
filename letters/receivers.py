"""Answers to facts from rooms below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from foundation.documents.models import Document
from foundation.documents.signals import document_ready
from foundation.notifications.outbox import notify
from letters.documents import COPIES
from letters.models import Letter


@receiver(document_ready, sender=Document, dispatch_uid="letters.tell_that_a_copy_is_ready")
def tell_that_a_copy_is_ready(sender: type[Document], document: Document, **kwargs: Any) -> None:
    """Tell the person who asked for a sealed letter that it is there."""
    if document.kind not in {kind.name for kind in COPIES.values()} or not document.requested_by:
        return
    letter = Letter.objects.unguarded("the letter of the document").get(pk=document.source_id)
    notify(
        "letters.document_ready", to=document.requested_by, about=letter, dedupe=str(document.pk)
    )
