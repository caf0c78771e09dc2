"""Opening, filing, closing, setting aside: the coordinators' steps of the transition table, one
function each. What follows on delivery stands in delivering.py."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from letters import signals
from letters.actions.approving import must_be_approved
from letters.actions.parts import (
    NotReady,
    bind_entered_names,
    lock,
    must_be_complete,
    must_not_be_paused,
)
from letters.actions.texts import freeze
from letters.actions.translating import fix_approved_translations
from letters.actions.versions import note_list_version
from letters.enums import ApprovedStep, Arrangement, ListReason
from letters.models import Letter, Signatory
from letters.notifications import tell_coordinators, tell_members
from letters.transitions import LETTER


@transaction.atomic
def open_for_sign_on(*, letter: Letter, by: Any) -> Letter:
    """Fix the text and collect signatures. Raises Refused (NotYours, WrongState, NotReady)."""
    letter = lock(letter.pk)
    LETTER.move(letter, "open", by=by)
    must_be_complete(letter, letter, notes=True)
    must_be_approved(letter, ApprovedStep.OPEN, by)
    letter.frozen = freeze(letter, letter.drafted_text(), by=by)
    letter.opened_at = timezone.now()
    letter.save(update_fields=["state", "frozen", "opened_at", "changed_at"])
    bind_entered_names(letter)
    record("letters.opened", letter, by=by, sha256=letter.frozen.sha256)
    fix_approved_translations(letter, by=by)
    tell_members(letter, "letters.open_for_sign_on")
    signals.letter_opened.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def file_as_sent(*, letter: Letter, by: Any) -> Letter:
    """File a letter that was sent before it came here: closed, marked "imported"."""
    letter = lock(letter.pk)
    LETTER.move(letter, "file_as_sent", by=by)
    must_not_be_paused(letter)
    must_be_complete(letter, letter, notes=False)
    letter.imported = True
    letter.arrangement, letter.grouped = Arrangement.AS_PRINTED, False
    letter.frozen = freeze(letter, letter.drafted_text(), by=by)
    letter.closed_at = timezone.now()
    fields = ["state", "frozen", "imported", "arrangement", "grouped", "closed_at", "changed_at"]
    letter.save(update_fields=fields)
    bind_entered_names(letter)
    note_list_version(letter, ListReason.FILED)
    record("letters.filed_as_sent", letter, by=by, sha256=letter.frozen.sha256)
    return letter


@transaction.atomic
def close(*, letter: Letter, by: Any) -> Letter:
    """End the sign-on. Waits for everyone who is signing at this moment."""
    letter = lock(letter.pk)
    LETTER.move(letter, "close", by=by)
    must_not_be_paused(letter)
    if not Signatory.objects.unguarded("is there any name?").of(letter).standing().exists():
        raise NotReady(
            _("Nobody has signed yet. A letter is closed when there is a name under it.")
        )
    letter.closed_at = timezone.now()
    letter.save(update_fields=["state", "closed_at", "changed_at"])
    note_list_version(letter, ListReason.CLOSED)
    record("letters.closed", letter, by=by)
    tell_coordinators(letter, "letters.closed", but=by)
    signals.letter_closed.send(Letter, letter=letter, by=by)
    return letter


@transaction.atomic
def set_aside(*, letter: Letter, by: Any) -> Letter:
    """Put a draft away. Nothing is deleted."""
    return _plain_step(letter, "set_aside", by)


@transaction.atomic
def take_up(*, letter: Letter, by: Any) -> Letter:
    """Take a draft up again."""
    return _plain_step(letter, "take_up", by)


def _plain_step(letter: Letter, step: str, by: Any) -> Letter:
    letter = lock(letter.pk)
    LETTER.move(letter, step, by=by)
    must_not_be_paused(letter)
    letter.comments_open = False
    letter.save(update_fields=["state", "comments_open", "changed_at"])
    record(f"letters.{step}", letter, by=by)
    return letter
