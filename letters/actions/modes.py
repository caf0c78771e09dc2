"""Changing who learns that one signed: the signatory's own right, and nobody else's."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.workflow import NotYours
from letters import secrecy
from letters.actions.parts import hold_open, lock_name, take_off
from letters.enums import Mode
from letters.models import Signatory
from letters.rules import may_withdraw

# What a new row takes over from the one whose place it takes.
CARRIED = (
    "letter",
    "text_id",
    "method",
    "position",
    "organization",
    "signed_by",
    "declaration",
    "declaration_version",
)


@transaction.atomic
def change_mode(*, signatory: Signatory, mode: str, by: Any) -> Signatory:
    """Let the person who signed make the name more visible, or less.

    More: the same row says more. Less: a new row, and the old one is emptied; who saw the name
    before, has seen it, and a delivered copy stays as it was. Raises NotYours, WrongState.
    """
    hold_open(signatory.letter_id)
    signatory = lock_name(signatory.pk)
    if not may_withdraw(by, signatory):
        raise NotYours(_("You can no longer change who sees this name."))
    if signatory.mode == mode:
        return signatory
    was, facts = signatory.mode, signatory.open()
    if signatory.is_hidden:
        changed = _show_differently(signatory, mode, facts, by)
    else:
        changed = _hide_again(signatory, mode, by)
    secrecy.note_hidden_sign_on()
    actor = by if changed.mode == Mode.PUBLIC else Pseudonym(uuid.uuid4())
    record("letters.mode_changed", signatory.letter, by=actor, signatory=changed.pk, was=was,
           mode=mode)  # fmt: skip
    return changed


def _show_differently(signatory: Signatory, mode: str, facts: dict[str, Any], by: Any) -> Signatory:
    """Change the mode of a hidden row; made public, its parts stand in their columns again."""
    signatory.mode = mode
    more = {name: value for name, value in facts.items() if name not in signatory.parts()}
    if mode == Mode.PUBLIC:
        signatory.signed_by = by
        signatory.organization_id = facts.get("organization")
        kept = {name: more[name] for name in ("address", "language") if more.get(name)}
        signatory.sealed = secrecy.seal(signatory, kept) if kept else None
    else:
        signatory.close(**more)
    signatory.save()
    return signatory


def _hide_again(signatory: Signatory, mode: str, by: Any) -> Signatory:
    """Put a hidden row in the place of a public one, and empty that."""
    fields = {name: getattr(signatory, name) for name in CARRIED}
    hidden = Signatory(mode=mode, **fields, **signatory.parts())
    take_off(signatory, "", by)
    signatory.forget()
    signatory.save()
    hidden.created_at = timezone.now()
    hidden.hide()
    hidden.save(force_insert=True)
    return hidden
