"""The Office's reply: drafted, cleared by a second person, filed; told once to all who signed."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import vault
from foundation.notifications.outbox import notify
from foundation.web.forms import EditConflict, claim_version
from foundation.workflow import NotYours, Refused, WrongState
from letters import signals
from letters.actions.answering import settle
from letters.actions.delivering import note_review
from letters.actions.parts import lock
from letters.enums import LetterState, ReplyState
from letters.models import Letter, Reply
from letters.notifications import tell_those_who_ask
from letters.rules import office_for, roles_of
from letters.transitions import LETTER, REPLY
from organizations.enums import FileKind
from organizations.uploads import Cleaned, NotTaken, clean, kind_of

WHY = "an action locks what its caller has seen"
TAKES_A_REPLY = (LetterState.ACKNOWLEDGED, LetterState.UNDER_REVIEW, LetterState.ANSWERED)
SIGNATURE = b"/ByteRange"  # of an electronic signature (ISO 32000-2, 12.8.1)


def draft_reply(
    *,
    letter: Letter,
    language: str,
    text: str,
    version: int,
    by: Any,
    pdf: bytes | None = None,
    keep_file: bool = True,
) -> Reply:
    """Write the reply in work (`version` 0 for a new one) and return it.

    `pdf`: the bytes of an upload, at most settings.UPLOAD_LIMIT; it is cleaned of scripts,
    attachments and metadata. None leaves the file as it is, or with `keep_file` False takes it
    away. Raises NotYours, WrongState, Refused (what the file lacks, or nothing to say), EditConflict.
    """
    cleaned = _cleaned(pdf) if pdf else None  # before any lock: it takes a moment
    with transaction.atomic():
        letter = lock(letter.pk)
        if "officer" not in roles_of(by, letter):
            raise NotYours(_("You may not do this."))
        if letter.state not in TAKES_A_REPLY:
            raise WrongState(_("Acknowledge the letter, or take it up again, before you reply."))
        reply = _reply_in_work(letter, version, by)
        reply.language, reply.text = language, text
        _put_file(reply, cleaned, keep_file)
        if not text.strip() and not reply.has_file:
            raise Refused(_("A reply has a text, or a PDF, or both."))
        reply.drafted_by, reply.note = by, ""
        reply.save()
        reply.writers.add(by)
        record("letters.reply_drafted", letter, by=by, number=reply.number)
        if letter.state == LetterState.ACKNOWLEDGED:
            LETTER.move(letter, "review", by=by)
            note_review(letter, by)
        return reply


def _put_file(reply: Reply, cleaned: Cleaned | None, keep: bool) -> None:
    """Encrypt a new file into the row, or without one and without `keep` take the old one out."""
    if cleaned is not None:
        reply.pdf = vault.encrypt(cleaned.data, **place_of(reply))
        reply.pdf_hash, reply.pdf_size = cleaned.sha256, len(cleaned.data)
    elif not keep:
        reply.pdf, reply.pdf_hash, reply.pdf_size = None, "", 0


def _reply_in_work(letter: Letter, version: int, by: Any) -> Reply:
    replies = Reply.objects.unguarded(WHY).of(letter)
    reply = replies.in_work().first()
    if reply is None:
        if version:
            raise EditConflict  # filed meanwhile
        last = replies.aggregate(Max("number"))["number__max"] or 0
        return Reply(letter=letter, number=last + 1, version=1)
    if reply.state != ReplyState.DRAFT:
        raise WrongState(_("The reply is with the person who clears it. Have it given back first."))
    claim_version(reply, version)
    return reply


def _cleaned(data: bytes) -> Cleaned:
    """Return a PDF without what it hides; Refused with the reason for anything else."""
    if len(data) > settings.UPLOAD_LIMIT:
        raise Refused(_("The file is larger than 10 MB. Nothing was kept."))
    try:
        if kind_of(data) != FileKind.PDF:
            raise Refused(_("A reply is filed as a PDF."))
        if SIGNATURE in data:
            raise Refused(
                _(
                    "This PDF carries an electronic signature, which would break: the file is "
                    "cleaned before it is kept. Print it to a new PDF and send that."
                )
            )
        return clean(data)
    except NotTaken as error:
        raise Refused(str(error)) from error


def place_of(reply: Reply) -> dict[str, Any]:
    """Return where the PDF of `reply` is bound to: its table, column and row."""
    return {"table": Reply._meta.db_table, "column": "pdf", "row": reply.pk}


def file_of(reply: Reply) -> bytes:
    """Return the plain PDF of a reply that its reader may see. LookupError where it has none."""
    if reply.pdf is None:
        raise LookupError("This reply has no file.")
    return vault.decrypt(reply.pdf, **place_of(reply))


@transaction.atomic
def propose_reply(*, reply: Reply, by: Any) -> Reply:
    """Send the reply for clearance; it cannot change until it comes back."""
    reply = _step(reply, "propose", by)
    reply.save(update_fields=["state"])
    record("letters.reply_proposed", reply.letter, by=by, number=reply.number)
    for one in office_for(reply.letter, StaffRole.APPROVER):
        if "clearer" in REPLY.roles_of(one, reply):
            key = f"{reply.pk}:{one.pk}:{timezone.now().isoformat()}"
            notify("letters.reply_to_clear", to=one, about=reply.letter, dedupe=key)
    return reply


@transaction.atomic
def give_reply_back(*, reply: Reply, note: str, by: Any) -> Reply:
    """Give the reply back with a note on what to change, read inside the Office only."""
    reply = _step(reply, "give_back", by)
    reply.note = note
    reply.save(update_fields=["state", "note"])
    record("letters.reply_given_back", reply.letter, by=by, number=reply.number)
    _tell_writer(reply, "letters.reply_given_back", by)
    return reply


@transaction.atomic
def clear_reply(*, reply: Reply, by: Any) -> Reply:
    """Clear the reply as it stands. Nobody clears what they wrote: NotYours."""
    reply = _step(reply, "clear", by)
    reply.cleared_by, reply.cleared_at = by, timezone.now()
    reply.save(update_fields=["state", "cleared_by", "cleared_at"])
    record("letters.reply_cleared", reply.letter, by=by, number=reply.number)
    _tell_writer(reply, "letters.reply_cleared", by)
    return reply


@transaction.atomic
def recall_reply(*, reply: Reply, by: Any) -> Reply:
    """Take a cleared reply back to change it; it must be cleared again."""
    reply = _step(reply, "recall", by)
    reply.cleared_by = reply.cleared_at = None
    reply.save(update_fields=["state", "cleared_by", "cleared_at"])
    record("letters.reply_recalled", reply.letter, by=by, number=reply.number)
    return reply


@transaction.atomic
def file_reply(*, reply: Reply, by: Any) -> Reply:
    """File the cleared reply: who may see the letter reads it, and all who signed are told, once.

    A letter in which no ask is marked is answered by that; where asks are marked each of them
    still gets its own answer.
    """
    reply = _step(reply, "file", by)
    reply.filed_by, reply.filed_at = by, timezone.now()
    reply.save(update_fields=["state", "filed_by", "filed_at"])
    letter = reply.letter
    record("letters.reply_filed", letter, by=by, number=reply.number)
    settle(letter, by)
    tell_those_who_ask(letter, "letters.replied", dedupe=f"reply:{reply.pk}")
    signals.letter_replied.send(Letter, letter=letter, reply=reply, by=by)
    return reply


def _step(reply: Reply, name: str, by: Any) -> Reply:
    """Return the reply, locked after its letter and moved on; its state is not saved yet."""
    letter = lock(reply.letter_id)
    reply = Reply.objects.unguarded(WHY).without_file().get(pk=_locked(reply.pk))
    reply.letter = letter
    REPLY.move(reply, name, by=by)
    return reply


def _locked(pk: uuid.UUID) -> uuid.UUID:
    """Lock the row without fetching its file; who changes a reply holds its letter besides."""
    rows = Reply.objects.unguarded(WHY).select_for_update(no_key=True)
    return rows.values_list("pk", flat=True).get(pk=pk)


def _tell_writer(reply: Reply, kind: str, by: Any) -> None:
    if reply.drafted_by_id != by.pk:
        key = f"{kind}:{reply.pk}:{reply.version}:{timezone.now().isoformat()}"
        notify(kind, to=reply.drafted_by, about=reply.letter, dedupe=key)
