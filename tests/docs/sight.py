"""Asks the database who sees what, over states, levels and a fixed cast, and writes it as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.documents.models import Document
from letters.actions import sign, undo_ask
from letters.actions.exporting import request_copy
from letters.documents import all_names_public
from letters.enums import LetterState, Mode
from letters.models import Ask, Letter, Signatory
from organizations.enums import MemberRole, RegistrationState
from organizations.models import NamedReader, Organization
from tests.docs.sight_of_meetings import meetings, of_a_network
from tests.factories import (
    make_approver,
    make_membership,
    make_network,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import answer_ask, make_ask, make_letter, make_name, make_signer

HEAD = """# Who sees what, asked of the database

Made by a test (`tests/docs/test_sight.py`) that makes one row for each state and level and asks for each
person of a fixed cast whether `visible_to` shows it; it fails when this page says something else.
`UPDATE_DOCS=1 make test ARGS="tests/docs/test_sight.py"` writes the page anew. The rules in words are in
[permissions.md](permissions.md). *Stranger* is somebody who is signed in and has nothing to do with it.
"""
Row = tuple[str, ...]
LEVELS = (Level.PUBLIC, Level.OFFICE, Level.NAMED_OFFICERS)
REVIEWED = LetterState.UNDER_REVIEW
FIXED = (LetterState.OPEN, LetterState.CLOSED, LetterState.DELIVERED)


def write() -> str:
    """Return the whole page."""
    parts = [
        HEAD,
        "## The entry of an organization\n\n*all*: with its papers, decisions and members; *entry*: what"
        " a reader of the public entry sees; –: it does not exist.\n\n" + entries(),
        "## A letter\n\n" + letters(),
        "## A name that was signed under a letter\n\n" + names(),
        "## An ask that was marked in a letter\n\nIts recommendation has the level of the letter, and is"
        " seen by the same people.\n\n" + asks(),
        "## The sealed copies of a letter with a name that is not public\n\nMade when the sign-on is"
        " closed. (Where every name is public there is only the public copy.)\n\n" + copies(),
        "## A meeting\n\n*own*: as whoever asks for it; *desk*: with the note to the file, the notes inside"
        " the Office and the brief. Nothing of a meeting is public.\n\n" + meetings(staff, _table),
        "## A meeting in the name of a network, once it was sent\n\n" + of_a_network(staff, _table),
    ]
    return "\n".join(parts)


def staff() -> dict[str, Any]:
    """Return the cast that no row belongs to."""
    return {
        "anyone": AnonymousUser(),
        "stranger": make_user(),
        "engagement officer": make_officer(),
        "approver": make_approver(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
    }


def entries() -> str:
    """Return the table of organizations."""
    lines = []
    for level in LEVELS:
        for state in RegistrationState:
            organization = make_organization(state=state, level=level)
            cast = _cast_of(organization)
            cells = [_depth(organization, viewer) for viewer in cast.values()]
            lines.append(([level.label, state.label], cells))
    return _table(("level", "state"), cast, lines)


def _cast_of(organization: Organization) -> dict[str, Any]:
    named, member, coordinator = make_officer(), make_user(), make_user()
    NamedReader(organization=organization, user=named, named_by=named).save()
    make_membership(member, organization, role=MemberRole.CONTRIBUTOR)
    make_network(coordinators=(coordinator,), members=(organization,))
    own = {
        "member": member,
        "coordinator of its network": coordinator,
        "officer named for it": named,
    }
    return {**own, **staff()}


def _depth(organization: Organization, viewer: Any) -> str:
    found = Organization.objects
    if found.seen_inside_by(viewer).filter(pk=organization.pk).exists():
        return "all"
    return "entry" if found.visible_to(viewer).filter(pk=organization.pk).exists() else "–"


def letters() -> str:
    """Return the table of letters."""
    lines = []
    for level in LEVELS[:2]:
        for state in LetterState:
            letter = make_letter(state=state, level=level)
            cast = {
                "coordinator": letter.created_by,
                "vetted participant": make_signer()[0],
                **staff(),
            }
            cells = [_yes(Letter, letter, viewer) for viewer in cast.values()]
            lines.append(([level.label, state.label], cells))
    return _table(("level of the letter", "state"), cast, lines)


def names() -> str:
    """Return the table of names, each signed by a representative while the letter was open."""
    lines = []
    for mode in Mode:
        for level in LEVELS[:2]:
            for state in FIXED:
                name, cast = _signed(state, level, mode)
                cells = [_yes(Signatory, name, viewer) for viewer in cast.values()]
                lines.append(([mode.label, level.label, state.label], cells))
    return _table(("who knows of the name", "level of the letter", "state"), cast, lines)


def _signed(state: str, level: Level, mode: str) -> tuple[Signatory, dict[str, Any]]:
    letter = make_letter(state=LetterState.OPEN, level=level)
    signer, organization = make_signer()
    name = sign(
        letter=letter,
        mode=mode,
        by=signer,
        organization_id=organization.pk,
    )
    now = timezone.now()
    moments = {
        "closed_at": None if state == LetterState.OPEN else now,
        "delivered_at": now if state == LetterState.DELIVERED else None,
    }
    rows = Letter.objects.unguarded("a state for the table").filter(pk=letter.pk)
    rows.update(state=state, **moments)
    colleague = make_user()
    make_membership(colleague, organization, role=MemberRole.CONTRIBUTOR)
    own = {"who signed": signer, "member of the same": colleague, "coordinator": letter.created_by}
    return name, {**own, "vetted participant": make_signer()[0], **staff()}


def asks() -> str:
    """Return the table of asks: open, answered, taken back."""
    lines = []
    for level in LEVELS[:2]:
        for state in ("marked", "answered", "taken back"):
            letter, signer, gone = (
                make_letter(state=REVIEWED, level=level),
                make_user(),
                make_user(),
            )
            make_name(letter, signed_by=signer)
            name = make_name(letter, signed_by=gone)
            Signatory.objects.unguarded("a table").filter(pk=name.pk).update(
                withdrawn_at=timezone.now()
            )
            ask = make_ask(letter)
            if state == "answered":
                answer_ask(ask)
            if state == "taken back":
                undo_ask(ask=ask, reason="by mistake", by=make_officer())
            own = {"who signed": signer, "who took the name back": gone}
            cast = {**own, "coordinator": letter.created_by, **staff()}
            cells = [_yes(Ask, ask, viewer) for viewer in cast.values()]
            lines.append(([level.label, state], cells))
    return _table(("level of the letter", "ask"), cast, lines)


def copies() -> str:
    """Return the table of sealed copies."""
    lines = []
    for level in LEVELS[:2]:
        for state in (LetterState.CLOSED, LetterState.DELIVERED):
            name, cast = _signed(state, level, Mode.OFFICE)
            letter = Letter.objects.unguarded("a table").get(pk=name.letter_id)
            assert not all_names_public(letter)
            for copy in ("public", "office"):
                document = request_copy(letter=letter, copy=copy, by=letter.created_by)
                cells = [_yes(Document, document, viewer) for viewer in cast.values()]
                lines.append(([copy, level.label, state.label], cells))
    return _table(
        ("copy", "level of the letter", "state"), cast, sorted(lines, key=lambda x: x[0][0])
    )


def _yes(model: Any, row: Any, viewer: Any) -> str:
    return "sees" if model.objects.visible_to(viewer).filter(pk=row.pk).exists() else "–"


def _table(heads: Row, cast: Iterable[str], lines: list[tuple[list[str], list[str]]]) -> str:
    """Return a Markdown table; states that follow each other with the same answers share a row."""
    merged: list[tuple[list[str], list[str]]] = []
    for keys, cells in lines:
        before = merged[-1] if merged else None
        if before and before[0][:-1] == keys[:-1] and before[1] == cells:
            before[0][-1] += f", {keys[-1].lower()}"
        else:
            merged.append((list(map(str, keys)), cells))
    all_lines = [[*heads, *cast], ["---"] * (len(heads) + len(list(cast)))]
    all_lines += [[*keys, *cells] for keys, cells in merged]
    return "".join(f"| {' | '.join(line)} |\n" for line in all_lines)
