"""Names under letters: signed here, entered by the coordinators, imported with the letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.organizations import CODES, Sender
from foundation.confidentiality import Level, Pseudonym
from letters.actions.sign_on import AFTER_ENTERED
from letters.enums import BatchState, Kind, Method, Mode
from letters.models import (
    BatchLine,
    FrozenText,
    Letter,
    Signatory,
    SignatoryBatch,
    parts_of_expert,
    parts_of_organization,
)
from letters.models.lines import assemble
from letters.text.declarations import DECLARATION_VERSION, declaration_for
from organizations.models import Organization

MOST_SIGNED, MOST_PASTED = 45, 60


class Names:
    """Puts names under letters; `present` are those that may sign today."""

    def __init__(self, draw: Draw, copier: Copier, log: Log, present: list[Sender]) -> None:
        self._draw, self._copier, self._log, self._present = draw, copier, log, present
        self._declarations: dict[tuple[bool, str], str] = {}

    def next_text(self) -> int:
        """Return a fresh number for a frozen text: its names need it before it is written."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [FrozenText._meta.db_table]
            )
            number: int = cursor.fetchone()[0]
        return number

    def sign(
        self,
        letter: Letter,
        text: FrozenText,
        members: list[Sender],
        opened: datetime,
        until: datetime,
    ) -> None:
        """Let members of the network and others sign between two moments, at least one."""
        able = {one.entry.pk: one for one in [*members, *self._others()] if one.since < opened}
        count = 1 + int(self._draw.chance.random() * MOST_SIGNED)
        for sender in list(able.values())[:count] or self._present[:1]:
            at = opened + (until - opened) * self._draw.chance.random()
            self._sign(letter, text, sender, at, until)

    def _others(self) -> list[Sender]:
        return self._draw.some(self._present, MOST_SIGNED) if self._present else []

    def _sign(
        self, letter: Letter, text: FrozenText, sender: Sender, at: datetime, until: datetime
    ) -> None:
        draw, entry = self._draw, sender.entry
        own = not isinstance(entry, Organization)
        mode = Mode.PUBLIC if entry.level == Level.PUBLIC or draw.happens(20) else Mode.OFFICE
        name = Signatory(
            **(parts_of_expert(entry) if own else parts_of_organization(entry)),
            id=draw.id(),
            letter=letter,
            text=text,
            method=Method.SIGNED,
            mode=mode,
            position=AFTER_ENTERED,
            organization=None if own else entry,
            signed_by=sender.user,
            declaration=self._declaration(own, letter.language),
            declaration_version=DECLARATION_VERSION,
            created_at=at,
        )
        actor: Any = Pseudonym(draw.id()) if name.is_hidden else sender.user
        self._log.record(at, "letters.signed", letter, actor, signatory=name.pk, mode=mode)
        name.claim()
        if name.is_hidden:
            name.hide()
        if draw.happens(2):
            name.withdrawn_at = at + (until - at) / 2
            name.withdrawn_by = None if name.is_hidden else sender.user
            name.person_key = name.organization_key = ""
            self._log.record(
                name.withdrawn_at, "letters.withdrawn", letter, actor, signatory=name.pk
            )
        self._copier.add(name)

    def _declaration(self, own: bool, language: str) -> str:
        key = (own, language)
        if key not in self._declarations:
            self._declarations[key] = declaration_for(None if own else object(), language)
        return self._declarations[key]

    def paste(self, letter: Letter, by: Any, at: datetime, *, imported: bool) -> None:
        """Put a batch of lines under the letter, as the coordinators enter or import them."""
        draw = self._draw
        mode = Mode.PUBLIC if draw.happens(50) else Mode.OFFICE
        method = Method.IMPORTED if imported else Method.ENTERED
        lines = [self._parts() for _ in range(5 + int(draw.chance.random() * MOST_PASTED))]
        batch = SignatoryBatch(
            id=draw.id(),
            letter=letter,
            method=method,
            mode=mode,
            state=BatchState.COMMITTED,
            created_by=by,
            created_at=at,
        )
        batch.close(source="\n".join(line["raw"] for line in lines))
        self._copier.add(batch)
        for position, line in enumerate(lines, start=1):
            kept = BatchLine(**line, id=draw.id(), batch=batch, position=position, confidence=1.0)
            kept.close()
            name = Signatory(
                **line, id=draw.id(), letter=letter, method=method, mode=mode,
                position=position, batch=batch, created_at=at,
            )  # fmt: skip
            if name.is_hidden:
                name.hide()
            self._copier.add(kept, name)
        facts = {"batch": batch.pk}
        self._log.record(at, "letters.names_pasted", letter, by, **facts, lines=len(lines))
        self._log.record(at, "letters.names_added", letter, by, **facts, names=len(lines))

    def _parts(self) -> dict[str, Any]:
        """Return the parts of a pasted line and the line itself."""
        draw, words = self._draw, self._draw.words()
        parts: dict[str, Any] = {"countries": [draw.one(CODES)], "kind": Kind.ORGANIZATION}
        if draw.happens(25):
            parts |= {"kind": Kind.INDIVIDUAL, "person": draw.person(words), "role": words.title}
        else:
            parts["organization_name"] = draw.said(draw.one(words.bodies), draw.place(words))
        return {**parts, "raw": assemble(Signatory(**parts))}
