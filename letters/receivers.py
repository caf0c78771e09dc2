"""Answers to facts and questions from rooms below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from foundation.confidentiality import Level, Viewer
from foundation.documents.models import Document
from foundation.documents.signals import document_ready
from foundation.notifications.outbox import notify
from letters.actions import drop_ask, hear_answer, hear_progress
from letters.actions.exporting import EXPORTER, request_copy
from letters.documents import COPIES, names_for
from letters.models import Letter, Signatory
from letters.signals import letter_delivered
from meetings.briefs import Past, Words
from meetings.briefs.background import register_source
from organizations.models import Expert, Network
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


@receiver(letter_delivered, dispatch_uid="letters.make_the_public_copy")
def make_the_public_copy(sender: type[Letter], letter: Letter, **kwargs: Any) -> None:
    """Have the public copy made with every delivery, whether or not somebody asked for it: where
    it came only sometimes, its absence would tell of names that are not public."""
    if names_for(letter, Level.PUBLIC):
        request_copy(letter=letter, copy="public", by=EXPORTER)


def past_letters(requester: Any, viewer: Viewer) -> Iterator[Past]:
    """Give the delivered letters that carry the requester's name, or are of their network, as far
    as `viewer` may see letter and name; for the brief of a meeting."""
    letters = Letter.objects.visible_to(viewer)
    if isinstance(requester, Network):
        letters = letters.filter(network=requester)
    else:
        names = Signatory.objects.visible_to(viewer).standing()
        if isinstance(requester, Expert):
            names = names.signed_by_person(requester.user).in_own_name()
        else:
            names = names.signed_for(requester)
        letters = letters.filter(pk__in=names.values("letter_id"))
    for letter in letters.select_related("frozen"):
        if letter.delivered_at is not None:
            subject = Words(letter.text().subject, letter.language[:2])
            yield Past(letter.delivered_at.date(), letter.reference, subject)


register_source("letters", past_letters)


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
