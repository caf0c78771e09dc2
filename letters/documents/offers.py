"""What a reader is offered of a letter: which copies, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.confidentiality import Level, Viewer
from foundation.documents.models import Document
from letters.documents.copies import OFFICE_COPY, PUBLIC_COPY, SealedLetter
from letters.documents.names import all_names_public, names_for
from letters.enums import AT_THE_OFFICE, FROZEN, LetterState
from letters.models import Letter
from letters.rules import coordinates


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
