"""The files that this room hands out: the sealed letter, in two copies.

The *Office's copy* carries every name; the *public copy* only the names that are public. Where
every name is public the two would be the same, and only the public copy is made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.confidentiality import Audience, Level, Viewer
from foundation.confidentiality.viewers import person
from foundation.documents.kinds import DocumentKind, register_kind
from foundation.documents.models import Document
from foundation.documents.sheets import Sheet
from letters.enums import AT_THE_OFFICE, FROZEN, SMALLEST_COUNT, LetterState, Mode
from letters.models import Letter, Signatory
from letters.querysets import MODES_OF_COPY
from letters.rules import coordinates
from letters.text import canonical_list, fingerprint, parse_body, parse_notes, spaced
from letters.text.arranging import arrange
from organizations.querysets.parts import coordinates as coordinates_network

LAYOUT = "letter/1"  # raise it when the template changes, so that new copies are made
WHY = "the copy is made for its audience"


def names_for(letter: Letter, level: Level) -> list[Signatory]:
    """Return the standing names that the readers of a copy at `level` may see, opened, as entered."""
    rows = Signatory.objects.visible_to(Audience(level)).of(letter).standing().as_entered()
    names = list(rows)
    for name in names:
        if name.is_hidden:
            name.open()
    return names


def all_names_public(letter: Letter) -> bool:
    """Tell whether the Office's copy would name nobody that the public copy leaves out."""
    names = Signatory.objects.unguarded("a question whose answer is shown to coordinators only")
    return not names.of(letter).standing().filter(mode=Mode.OFFICE).exists()


class SealedLetter(DocumentKind):
    """The sealed letter for one audience."""

    seals = True

    def __init__(self, key: str, level: Level) -> None:
        self.key, self.audience_level = key, level
        self.name = f"letters.sealed_{key}"

    def restrict(self, queryset: Any, viewer: Viewer) -> Any:
        """Coordinators see both copies; the Office its own, once delivered; everyone the public
        copy of a letter that they may read after delivery. Nobody sees a copy that prints a name
        which was taken back since."""
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
        """Return names that stood when a document was asked for, were taken back, and do not stand
        again: for use inside EXISTS."""
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
        )

    def level(self, source: Letter) -> Level:
        """Return who may read this copy."""
        return max(self.audience_level, Level(source.level))

    def content_hash(self, source: Letter, language: str) -> str:
        """Hash everything that the copy prints: text, list, order, dates, layout, address."""
        names = names_for(source, self.audience_level)
        printed = canonical_list([name.printed_record() for name in names])
        parts = (LAYOUT, self.name, source.reference, source.frozen.sha256, fingerprint(printed))
        dates = (str(source.closed_at), str(source.frozen.frozen_at))
        more = (source.arrangement, str(self._withheld(source, names)), settings.SITE_URL, language)
        return hashlib.sha256("\n".join((*parts, *dates, *more)).encode()).hexdigest()

    def sheet(self, document: Document) -> Sheet:
        """Return the letter as HTML. LookupError when it is gone."""
        letter = (
            Letter.objects.unguarded(WHY)
            .select_related("frozen", "network")
            .filter(pk=document.source_id)
            .first()
        )
        if letter is None or not letter.is_frozen:
            raise LookupError("The letter is not there, or not fixed.")
        with translation.override(document.language):
            html = render_to_string("letters/paper.html", self._context(letter))
        return Sheet(
            html=html,
            language=document.language,
            title=letter.text().subject,
            created=letter.closed_at or letter.frozen.frozen_at,
        )

    def filename(self, document: Document) -> str:
        """Return `LTR-2026-7K3QXP.pdf`; the Office's copy says so."""
        ending = "" if self.audience_level == Level.PUBLIC else "-office"
        return f"{self._reference(document)}{ending}.pdf"

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

    def _withheld(self, letter: Letter, names: list[Signatory]) -> int:
        """Return how many names this copy leaves out; 0 below five."""
        total = Signatory.objects.unguarded("a total, never below five").of(letter).counted()
        hidden = total.count() - len(names)
        return hidden if hidden >= SMALLEST_COUNT else 0

    def _context(self, letter: Letter) -> dict[str, Any]:
        text = letter.text()
        names = names_for(letter, self.audience_level)
        printed = canonical_list([name.printed_record() for name in names])
        verify = settings.SITE_URL + reverse("documents:verify")
        return {
            "letter": letter,
            "network": letter.network.printed_name(),
            "text": text,
            "blocks": parse_body(text.body),
            "notes": {note.number: note.text for note in parse_notes(text.notes)},
            "groups": arrange(names, letter.arrangement),
            "organizations": sum(name.kind == "organization" for name in names),
            "individuals": sum(name.kind == "individual" for name in names),
            "withheld": self._withheld(letter, names),
            "text_hash": spaced(letter.frozen.sha256),
            "list_hash": spaced(fingerprint(printed)),
            "verify": verify,
            "verify_words": verify.partition("://")[2],
            "qr": segno.make(verify, error="m").svg_data_uri(border=0),
            "site_name": settings.SITE_NAME,
        }


def _made_of(letters: QuerySet) -> Exists:
    """Return EXISTS: the document's source is one of `letters`."""
    return Exists(letters.filter(pk=OuterRef("source_id")).order_by())


PUBLIC_COPY = SealedLetter("public", Level.PUBLIC)
OFFICE_COPY = SealedLetter("office", Level.OFFICE)
COPIES = {kind.key: kind for kind in (PUBLIC_COPY, OFFICE_COPY)}
for _kind in COPIES.values():
    register_kind(_kind)


def main_copy(letter: Letter) -> SealedLetter:
    """Return the copy with every name: the public one where every name is public."""
    return PUBLIC_COPY if all_names_public(letter) else OFFICE_COPY


@dataclass(frozen=True)
class Copy:
    """A copy as the letter's page offers it."""

    key: str
    label: str
    make_label: str
    hint: str
    url: str
    ready: bool  # asked for: there is a page that says how far it is
    made: bool  # the file is there
    may_make: bool


def copies_for(user: Any, letter: Letter) -> list[Copy]:
    """Return the copies that `user` can download or ask for, the one with every name first."""
    if letter.state not in FROZEN:
        return []
    making = user.is_authenticated and coordinates(user, letter)
    if main_copy(letter) is PUBLIC_COPY:
        offered = [PUBLIC_COPY]
    else:
        offered = [OFFICE_COPY, PUBLIC_COPY] if names_for(letter, Level.PUBLIC) else [OFFICE_COPY]
    found = [_copy(kind, user, letter, making) for kind in offered]
    return [copy for copy in found if copy.ready or copy.may_make]


def current_document(kind: SealedLetter, viewer: Viewer, letter: Letter) -> Document | None:
    """Return the document of this copy as the list stands today, if the viewer may see it.

    After delivery that is the file that was made, whatever changed around it since: another
    address of the portal or another layout makes no second original.
    """
    documents = Document.objects.visible_to(viewer)
    if letter.state in AT_THE_OFFICE:
        made = documents.of_source(letter.pk).filter(kind=kind.name, language=letter.language)
        return next((document for document in made if document.is_ready), None)
    return documents.same_content(
        kind=kind.name,
        source_id=letter.pk,
        content_hash=kind.content_hash(letter, letter.language),
        language=letter.language,
        level=kind.level(letter),
    ).first()


def _copy(kind: SealedLetter, user: Any, letter: Letter, making: bool) -> Copy:
    document = current_document(kind, user, letter)
    is_public = kind is PUBLIC_COPY
    hint = _("With the names for the Office only.")
    if is_public:
        hint = _("With every name that is public.")
        # Whether there are others is not for everyone: one hidden name may be known by that.
        if making or (user.is_authenticated and user.is_office):
            everyone = all_names_public(letter)
            hint = _("Every name is public.") if everyone else _("Not every name is public.")
    return Copy(
        key=kind.key,
        label=_("Sealed letter (PDF)") if is_public else _("Sealed letter for the Office (PDF)"),
        make_label=_("Make the sealed PDF") if is_public else _("Make the Office's sealed PDF"),
        hint=hint,
        url=reverse("documents:progress", args=[document.pk]) if document else "",
        ready=document is not None,
        made=document is not None and document.is_ready,
        may_make=making and document is None and letter.state != LetterState.OPEN,
    )
