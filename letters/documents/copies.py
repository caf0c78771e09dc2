"""The sealed letter for one audience: who may see it, what it prints, made once."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.confidentiality import Audience, Level, Viewer
from foundation.confidentiality.viewers import person
from foundation.documents.kinds import Changed, DocumentKind, register_kind
from foundation.documents.models import Document
from foundation.documents.sheets import Sheet
from letters.documents.files import attached_files
from letters.documents.names import digest, withheld
from letters.documents.printing import CopyNames, fixed_text, print_letter
from letters.enums import AT_THE_OFFICE, Mode
from letters.models import Letter, Signatory
from letters.querysets import MODES_OF_COPY
from letters.text.printed import PrintedLetter
from organizations.querysets.parts import coordinates as coordinates_network

PRINT = "letter/3"  # raise it when the template changes, so that new copies are made
WHY = "the copy is made for its audience"


class SealedLetter(DocumentKind):
    """The sealed letter for one audience."""

    seals = True

    def __init__(self, key: str, level: Level) -> None:
        self.key, self.audience_level = key, level
        self.name = f"letters.sealed_{key}"

    def restrict(self, queryset: Any, viewer: Viewer) -> Any:
        """Coordinators see both copies; the Office its own, once delivered; everyone the public
        copy of a letter that they may read after delivery. Nobody sees a copy that prints a name
        which was taken back before delivery. What was delivered stays as it was: a name that is
        taken back later is noted beside it."""
        queryset = queryset.exclude(Exists(self._taken_back_since()))
        letters = Letter.objects.visible_to(viewer)
        if isinstance(viewer, Audience):
            delivered = letters.in_state(*AT_THE_OFFICE)
            return queryset.filter(_made_of(delivered), level__lte=viewer.level)
        seen = letters.in_state(*AT_THE_OFFICE)
        user = person(viewer)
        if self.audience_level > Level.PUBLIC and (user is None or not user.is_office):
            seen = seen.none()
        if user is not None:
            own = Letter.objects.visible_to(viewer).filter(coordinates_network(user, "network_id"))
            return queryset.filter(_made_of(seen) | _made_of(own))
        return queryset.filter(_made_of(seen))

    def _taken_back_since(self) -> QuerySet:
        """Return names that stood when a document was asked for, were taken back before delivery,
        and do not stand again: for use inside EXISTS."""
        names = Signatory.objects.unguarded("compared inside EXISTS; nobody reads them")
        again = names.standing().filter(
            letter=OuterRef("letter"),
            organization_name=OuterRef("organization_name"),
            person=OuterRef("person"),
        )
        return names.filter(
            Q(~Exists(again)) | ~Q(mode=Mode.PUBLIC),  # hidden ones are compared by nobody
            letter=OuterRef("source_id"),
            mode__in=MODES_OF_COPY[self.audience_level],
            created_at__lte=OuterRef("created_at"),
            withdrawn_at__gt=OuterRef("created_at"),
        ).exclude(withdrawn_at__gt=F("letter__delivered_at"))

    def level(self, source: Letter) -> Level:
        """Return who may read this copy."""
        return max(self.audience_level, Level(source.level))

    def content_hash(self, source: Letter, language: str) -> str:
        """Hash everything that the copy prints: text, list, order, dates, layout, address.

        The names themselves are not read: the database says whether they changed (`digest`).
        LookupError where no text was fixed in `language`."""
        text, level = fixed_text(source, language), self.audience_level
        parts = (
            PRINT,
            self.name,
            source.reference,
            text.sha256,
            str(text.frozen_at),
            str(text.number),
            str(source.closed_at),
            digest(source, level),
            digest(source, Level.PUBLIC),  # its fingerprint and its files are in every copy
            str(withheld(source, level)),
            source.arrangement,
            str(source.grouped),
            source.layout,
            source.network.printed_name() if source.letterhead else "",
            source.verify_url(),
            language,
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def sheet(self, document: Document) -> Sheet:
        """Return the letter as HTML. LookupError when it is gone, Changed when what was asked for
        is no longer there to be printed."""
        letter = (
            Letter.objects.unguarded(WHY)
            .select_related("frozen", "network")
            .filter(pk=document.source_id)
            .first()
        )
        if letter is None or not letter.is_frozen:
            raise LookupError("The letter is not there, or not fixed.")
        if not document.holds(self.content_hash(letter, document.language)):
            raise Changed("The letter or its list changed since the copy was asked for.")
        text = fixed_text(letter, document.language)
        names = CopyNames.read(letter, self.audience_level)
        printed = print_letter(letter, self.audience_level, text, names)
        return Sheet(
            html=paper(printed),
            language=printed.language,
            title=printed.text.subject,
            created=printed.frozen_at,
            attachments=attached_files(letter, text, names.public),
        )

    def filename(self, document: Document) -> str:
        """Return `LTR-2026-7K3QXP-en.pdf`; the Office's copy says so."""
        return file_name(self._reference(document), self.key, document.language, "pdf")

    def title(self, document: Document) -> str:
        """Return what the copy is called on its pages."""
        copy = _("public copy") if self.audience_level == Level.PUBLIC else _("the Office's copy")
        return f"{self._reference(document)}, {copy}"

    def reference(self, document: Document) -> str:
        """Return the letter's reference; who has the file has it already."""
        return self._reference(document)

    def reason(self, document: Document) -> str:
        """Return the sentence beside the seal."""
        return f"Sealed copy of {self._reference(document)}"

    def back_url(self, document: Document) -> str:
        """Return the letter's page."""
        return reverse("letters:detail", args=[document.source_id])

    def _reference(self, document: Document) -> str:
        letters = Letter.objects.unguarded("the reference stands on the copy itself")
        return letters.values_list("reference", flat=True).get(pk=document.source_id)


def file_name(reference: str, key: str, language: str, ending: str) -> str:
    """Return the name of a copy in a folder; it names no person."""
    audience = "" if key == "public" else f"-{key}"
    return f"{reference}{audience}-{language}.{ending}"


def paper(printed: PrintedLetter) -> str:
    """Return the letter as the page that becomes a PDF."""
    return render_to_string("letters/paper.html", {"printed": printed, "attached": True})


def _made_of(letters: QuerySet) -> Exists:
    """Return EXISTS: the document's source is one of `letters`."""
    return Exists(letters.filter(pk=OuterRef("source_id")).order_by())


PUBLIC_COPY = SealedLetter("public", Level.PUBLIC)
OFFICE_COPY = SealedLetter("office", Level.OFFICE)
COPIES = {kind.key: kind for kind in (PUBLIC_COPY, OFFICE_COPY)}
for _kind in COPIES.values():
    register_kind(_kind)
