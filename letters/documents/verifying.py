"""What whoever holds a sealed letter may learn on its page of verification.

The secret stands in the sealed file and in nothing else, so it proves that its bearer holds a copy;
a copy shows the text and its names. The page therefore tells what is needed to compare a file, and
never more than a public copy tells: no name but one that was taken back and is public; nothing that
depends on a name that is not public while fewer than five of them stand. It is there for a letter
that was delivered, or closed and sealed; for anything else there is no page at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef

from foundation.confidentiality import Audience, Level
from foundation.documents.models import Document
from foundation.workflow import State
from letters.documents.copies import COPIES, OFFICE_COPY, PUBLIC_COPY
from letters.documents.names import names_for
from letters.documents.printing import list_of
from letters.enums import SMALLEST_COUNT, LetterState
from letters.models import FrozenText, Letter, ListVersion, Signatory
from letters.text import fingerprint
from letters.transitions import LETTER

WHY = "whoever has the secret has a sealed copy, and sees no more than a public copy shows"


@dataclass(frozen=True)
class Withdrawal:
    """One name that was taken back after delivery; `line` only where everyone may read it."""

    at: datetime
    line: str


@dataclass(frozen=True)
class Record:
    """All that the page of one letter shows."""

    letter: Letter
    state: State
    is_open: bool  # everyone may read the letter: its page, its text and its list
    texts: list[FrozenText]
    copies: list[Document]
    office_copies: list[Document]
    versions: list[ListVersion]
    withdrawals: list[Withdrawal]


def letter_of(secret: str) -> Letter | None:
    """Return the letter whose sealed copies carry `secret`, None where there is no page for it.

    One question to the database whatever the answer, so that the time tells nothing.
    """
    sealed = _sealed().filter(source_id=OuterRef("pk"))
    letters = Letter.objects.unguarded(WHY).to_verify(secret.upper(), sealed)
    return letters.select_related("frozen", "network").first()


def record_of(letter: Letter) -> Record:
    """Return what the page of `letter` shows."""
    is_open = is_public(letter)
    versions = list(ListVersion.objects.unguarded(WHY).of(letter))
    files = list(_sealed().of_source(letter.pk))
    told = bool(versions) and versions[0].withheld >= SMALLEST_COUNT
    return Record(
        letter=letter,
        state=_state(letter),
        is_open=is_open,
        texts=list(letter.texts.order_by("pk")),
        copies=[file for file in files if file.kind == PUBLIC_COPY.name],
        # That there is a copy for the Office tells of names that are not public.
        office_copies=[file for file in files if file.kind == OFFICE_COPY.name] if told else [],
        versions=versions,
        withdrawals=withdrawals_of(letter, named=is_open),
    )


def is_in_force(letter: Letter, text: FrozenText) -> bool:
    """Tell whether this is the text that was delivered, or a translation of it."""
    return letter.frozen_id in (text.pk, text.translates_id)


def is_public(letter: Letter) -> bool:
    """Tell whether everyone may read the letter."""
    letters = Letter.objects.visible_to(Audience(Level.PUBLIC))
    return letters.filter(pk=letter.pk).exists()


def withdrawals_of(letter: Letter, *, named: bool) -> list[Withdrawal]:
    """Return the public names that were taken back after delivery; without `named`, when only."""
    names = Signatory.objects.visible_to(Audience(Level.PUBLIC)).of(letter)
    return [
        Withdrawal(name.withdrawn_at, name.display_line() if named else "")
        for name in names.select_related("letter").taken_back_after_delivery()
    ]


def canonical_public_list(letter: Letter) -> str:
    """Return the canonical form of the public list as it stands."""
    return list_of(names_for(letter, Level.PUBLIC))


def list_hash(letter: Letter) -> str:
    """Return the fingerprint of the public list as it stands."""
    return fingerprint(canonical_public_list(letter))


def _sealed() -> Any:
    """Return the sealed copies that are finished."""
    kinds = [kind.name for kind in COPIES.values()]
    return Document.objects.unguarded(WHY).filter(kind__in=kinds).exclude(certificate="")


def _state(letter: Letter) -> State:
    """Return where the letter stands; of one that only the Office reads, not how far it is there."""
    if letter.is_at_the_office and letter.level != Level.PUBLIC:
        return LETTER.states[LetterState.DELIVERED]
    return LETTER.state_of(letter)
