"""The Office's receipt for a letter: one sealed page, made when the letter is acknowledged."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import segno
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.confidentiality import Level, Viewer
from foundation.documents.actions import request_document
from foundation.documents.kinds import DocumentKind, register_kind
from foundation.documents.models import Document
from foundation.documents.sheets import Sheet
from letters.enums import SINCE_ACKNOWLEDGED, LetterState
from letters.models import DeliveryStep, Letter
from letters.text import spaced
from letters.text.receipts import day_of, receipt_words

LAYOUT = "receipt/1"  # raise it when the template changes, so that new ones are made
WHY = "the receipt is made for those who may read the letter"


class Receipt(DocumentKind):
    """The receipt: reference, network, subject, days, fingerprints; no name of a person."""

    name = "letters.receipt"
    seals = True

    def restrict(self, queryset: Any, viewer: Viewer) -> Any:
        """Whoever may see the letter, from acknowledging on: it says nothing that the letter's own
        page does not say."""
        letters = Letter.objects.visible_to(viewer).in_state(*SINCE_ACKNOWLEDGED)
        return queryset.filter(Exists(letters.filter(pk=OuterRef("source_id")).order_by()))

    def level(self, source: Letter) -> Level:
        """Return the level of the letter."""
        return Level(source.level)

    def content_hash(self, source: Letter, language: str) -> str:
        """Hash everything that the receipt prints."""
        printed = sorted((key, str(value)) for key, value in _facts(source, language).items())
        words = repr((LAYOUT, language, source.reference, printed))
        return hashlib.sha256(words.encode()).hexdigest()

    def sheet(self, document: Document) -> Sheet:
        """Return the receipt as HTML. LookupError when the letter is gone, or not acknowledged."""
        letters = Letter.objects.unguarded(WHY).select_related("network", "frozen")
        letter = letters.filter(pk=document.source_id).first()
        if letter is None or letter.acknowledged_at is None:
            raise LookupError("The letter is not there, or was not acknowledged.")
        facts = _facts(letter, document.language)
        return Sheet(
            html=render_to_string("letters/receipt.html", facts),
            language=document.language,
            title=f"{facts['words'].title} {letter.reference}",
            created=letter.acknowledged_at,
        )

    def filename(self, document: Document) -> str:
        """Return `LTR-2026-7K3QXP-receipt.pdf`."""
        return f"{self.reference(document)}-receipt.pdf"

    def title(self, document: Document) -> str:
        """Return what it is called on its pages."""
        return _("Receipt for %(reference)s") % {"reference": self.reference(document)}

    def reference(self, document: Document) -> str:
        """Return the letter's reference; who has the file has it already."""
        letters = Letter.objects.unguarded("the reference stands on the receipt itself")
        return letters.values_list("reference", flat=True).get(pk=document.source_id)

    def reason(self, document: Document) -> str:
        """Return the sentence beside the seal."""
        return f"Receipt for {self.reference(document)}"

    def back_url(self, document: Document) -> str:
        """Return the page of what was asked, answered, done."""
        return reverse("letters:answers", args=[document.source_id])


RECEIPT = Receipt()
register_kind(RECEIPT)


def request_receipt(letter: Letter, *, by: Any) -> Document:
    """Return the document of the letter's receipt, in the letter's language; asked for twice it is
    made once. The caller holds the letter, which is acknowledged."""
    return request_document(RECEIPT.name, letter, by=by, language=letter.language)


def receipt_of(letter: Letter) -> Document | None:
    """Return the receipt of a letter that its reader was shown, made or not; None before it was
    asked for. Who sees the letter sees its receipt (`restrict`), so nothing is asked again."""
    if letter.acknowledged_at is None:
        return None
    documents = Document.objects.unguarded("seen with the letter, which the reader sees already")
    made = documents.of_source(letter.pk).filter(kind=RECEIPT.name)
    return made.order_by("created_at").first()


def _facts(letter: Letter, language: str) -> dict[str, Any]:
    """Return what letters/receipt.html prints, in `language`."""
    words = receipt_words(language)
    steps = DeliveryStep.objects.unguarded(WHY).of(letter).filter(state=LetterState.DELIVERED)
    step = steps.first()
    verify = letter.verify_url()
    return {
        "words": words,
        "language": language,
        "subject_language": letter.text().language,
        "office": settings.OFFICE_NAME,
        "received": words.received.partition("%(office)s"),
        "reference": letter.reference,
        "network": letter.network.printed_name(),
        "subject": letter.text().subject,
        "delivered": _day(letter.delivered_at, language),
        "acknowledged": _day(letter.acknowledged_at, language),
        "text_hash": spaced(letter.frozen.sha256) if letter.frozen else "",
        "file_hash": spaced(step.file_hash) if step and step.file_hash else "",
        "verify_words": verify.partition("://")[2],
        "qr": segno.make(verify, error="m").svg_data_uri(border=0),
    }


def _day(moment: datetime | None, language: str) -> str:
    """Return the day in Coordinated Universal Time: a paper has no reader's zone."""
    return day_of(moment.astimezone(UTC).date(), language) if moment else ""
