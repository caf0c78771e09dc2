"""Words between the two sides, notes inside the Office, and which officers may see a meeting of the
highest level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.workflow import NotYours, Refused, WrongState
from meetings.actions.parts import lock, must_be, write
from meetings.enums import MeetingState as S
from meetings.enums import MessageKind, Side
from meetings.models import Meeting, Message, NamedReader
from meetings.notifications import tell
from meetings.rules import has_stake, requesters_of, roles_of, side_of, triage_for
from organizations.querysets.parts import is_approver

WHY = "who is named already"


@transaction.atomic
def write_word(*, meeting: Meeting, text: str, by: Any) -> Message:
    """Write a message that both sides read; the other side is told. NotYours for who acts for
    neither, WrongState for a draft and for what was withdrawn."""
    meeting = lock(meeting.pk)
    side = side_of(by, meeting)
    if side is None:
        raise NotYours(_("You may not do this."))
    if meeting.state in (S.DRAFT, S.WITHDRAWN):
        raise WrongState(_("The Office does not work on it; nobody would read this."))
    message = write(meeting, MessageKind.WORD, text, by)
    record("meetings.word_written", meeting, by=by, side=side)
    if side == Side.OFFICE:
        tell("meetings.word", requesters_of(meeting), meeting)
    else:
        office = [meeting.owner] if meeting.owner else triage_for(meeting)
        tell("meetings.word", office, meeting)
    return message


@transaction.atomic
def write_note(*, meeting: Meeting, text: str, by: Any) -> Message:
    """Write a note inside the Office; nobody is told."""
    meeting = lock(meeting.pk)
    must_be("officer", by, meeting)
    message = write(meeting, MessageKind.NOTE, text, by)
    record("meetings.note_written", meeting, by=by)
    return message


@transaction.atomic
def name_readers(*, meeting: Meeting, officers: Iterable[Any], by: Any) -> None:
    """Set who of the staff may see a meeting of the level "named officers only"; approvers do."""
    meeting = lock(meeting.pk)
    if not is_approver(by) or "officer" not in roles_of(by, meeting):
        raise NotYours(_("Only an approver may name officers."))
    chosen = {officer.pk: officer for officer in officers}
    if meeting.owner_id and meeting.owner_id not in chosen and not is_approver(meeting.owner):
        raise Refused(_("The owner must be able to see it. Assign it to somebody else first."))
    for officer in chosen.values():
        if not officer.is_office or has_stake(officer, meeting):
            raise Refused(_("Only staff of the Office without a stake in it can be named."))
    present = NamedReader.objects.unguarded(WHY).about(meeting)
    present.exclude(user_id__in=chosen).delete()
    for pk in chosen.keys() - set(present.values_list("user_id", flat=True)):
        NamedReader.objects.create(meeting=meeting, user_id=pk, named_by=by)
    record("meetings.readers_named", meeting, by=by, count=len(chosen))


def add_reader(meeting: Meeting, officer: Any, by: Any) -> bool:
    """Name one more officer where `by` may; the caller holds the meeting's lock."""
    if not is_approver(by) or "officer" not in roles_of(by, meeting):
        return False
    NamedReader.objects.create(meeting=meeting, user=officer, named_by=by)
    record("meetings.readers_named", meeting, by=by, count=1)
    return True


def keep_owner_reading(meeting: Meeting, by: Any) -> None:
    """Name the owner for a meeting that was closed further: somebody has to go on with it. The
    caller holds the meeting's lock."""
    if meeting.level < Level.NAMED_OFFICERS or meeting.owner is None or is_approver(meeting.owner):
        return
    named = NamedReader.objects.unguarded(WHY).about(meeting).filter(user_id=meeting.owner.pk)
    if not named.exists():
        NamedReader.objects.create(meeting=meeting, user=meeting.owner, named_by=by)
