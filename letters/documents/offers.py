"""What a reader is offered of a letter: which copies, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.confidentiality import Level, Viewer
from foundation.documents.models import Document
from letters.documents.copies import COPIES, OFFICE_COPY, PUBLIC_COPY, SealedLetter
from letters.documents.names import all_names_public, has_names
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


def copies_for(user: Any, letter: Letter, language: str = "") -> list[Copy]:
    """Return the copies that `user` can download or ask for, the one with every name first; in the
    letter's own language, or in that of a translation which was fixed."""
    if letter.state not in FROZEN:
        return []
    making = user.is_authenticated and coordinates(user, letter)
    language = language or letter.language
    if main_copy(letter) is PUBLIC_COPY:
        offered = [PUBLIC_COPY]
    else:
        offered = [OFFICE_COPY, PUBLIC_COPY] if has_names(letter, Level.PUBLIC) else [OFFICE_COPY]
    found = [_copy(kind, user, letter, making, language) for kind in offered]
    return [copy for copy in found if copy.ready or copy.may_make]


def languages_of(letter: Letter) -> list[str]:
    """Return the languages in which the text in force was fixed, the authentic one first."""
    if letter.frozen is None:
        return []
    others = letter.texts.filter(translates=letter.frozen).values_list("language", flat=True)
    return [letter.frozen.language, *sorted(set(others))]


def may_take(user: Any, letter: Letter, copy: str) -> bool:
    """Tell whether `user`, who may see the letter, may have the names of this copy in another form:
    coordinators both copies, once the text is fixed; the Office both, once it has the letter;
    everyone else the public one, from then on."""
    if letter.state not in FROZEN:
        return False
    if user.is_authenticated and coordinates(user, letter):
        return True
    if not letter.is_at_the_office:
        return False
    return COPIES[copy] is PUBLIC_COPY or bool(user.is_authenticated and user.is_office)


def takeable(user: Any, letter: Letter) -> list[str]:
    """Return the copies whose names `user` may have, without one that adds nothing."""
    keys = ["public"] if main_copy(letter) is PUBLIC_COPY else ["public", "office"]
    return [key for key in keys if may_take(user, letter, key)]


def current_document(
    kind: SealedLetter, viewer: Viewer, letter: Letter, language: str = ""
) -> Document | None:
    """Return the document of this copy as the list stands today, if the viewer may see it.

    After delivery that is the file that was made, whatever changed around it since: another
    address of the portal or another layout makes no second original.
    """
    documents = Document.objects.visible_to(viewer)
    language = language or letter.language
    if letter.state in AT_THE_OFFICE:
        made = documents.of_source(letter.pk).filter(kind=kind.name, language=language)
        return next((document for document in made if document.is_ready), None)
    return documents.same_content(
        kind=kind.name,
        source_id=letter.pk,
        content_hash=kind.content_hash(letter, language),
        language=language,
        level=kind.level(letter),
    ).first()


def _copy(kind: SealedLetter, user: Any, letter: Letter, making: bool, language: str) -> Copy:
    document = current_document(kind, user, letter, language)
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
