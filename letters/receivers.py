"""Answers to facts from rooms below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from foundation.documents.models import Document
from foundation.documents.signals import document_ready
from foundation.notifications.outbox import notify
from letters.actions import drop_ask, hear_answer, hear_progress
from letters.documents import COPIES
from letters.models import Letter
from recommendations.models import Answer, ProgressReport, Recommendation
from recommendations.signals import (
    progress_reported,
    recommendation_answered,
    recommendation_withdrawn,
)


@receiver(document_ready, sender=Document, dispatch_uid="letters.tell_that_a_copy_is_ready")
def tell_that_a_copy_is_ready(sender: type[Document], document: Document, **kwargs: Any) -> None:
    """Tell the person who asked for a sealed letter that it is there."""
    if document.kind not in {kind.name for kind in COPIES.values()} or not document.requested_by:
        return
    letter = Letter.objects.unguarded("the letter of the document").get(pk=document.source_id)
    notify(
        "letters.document_ready", to=document.requested_by, about=letter, dedupe=str(document.pk)
    )


@receiver(recommendation_answered, dispatch_uid="letters.an_ask_was_answered")
def an_ask_was_answered(
    sender: type, recommendation: Recommendation, answer: Answer, by: Any, **kwargs: Any
) -> None:
    """Tell those who ask; with the last one, call the letter answered."""
    hear_answer(recommendation=recommendation, answer=answer, by=by)


@receiver(progress_reported, dispatch_uid="letters.something_became_of_an_ask")
def something_became_of_an_ask(
    sender: type, recommendation: Recommendation, report: ProgressReport, by: Any, **kwargs: Any
) -> None:
    """Tell those who ask."""
    hear_progress(recommendation=recommendation, report=report, by=by)


@receiver(recommendation_withdrawn, dispatch_uid="letters.an_ask_was_withdrawn")
def an_ask_was_withdrawn(
    sender: type, recommendation: Recommendation, by: Any, **kwargs: Any
) -> None:
    """Take the ask back with its recommendation."""
    drop_ask(recommendation=recommendation, by=by)
