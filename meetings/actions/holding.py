"""After the meeting: who came, the note to the file, what the Office undertook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.web.forms import EditConflict, claim_version
from foundation.workflow import Refused, WrongState
from meetings import signals
from meetings.actions.parts import Incomplete, lock, must_be, must_say
from meetings.enums import MeetingState as S
from meetings.models import Commitment, Meeting, Note, Participant
from meetings.notifications import tell
from meetings.rules import has_begun, note_is_ready, requesters_of, works_on
from meetings.transitions import MEETING

WHY = "what hangs on a meeting that the caller works on"
FIELDS = ("points", "replies", "distribution")


@transaction.atomic
def hold(*, meeting: Meeting, attended: Collection[Participant], by: Any) -> Meeting:
    """Write down that people met and who came; all others on the list did not.

    Raises NotYours, WrongState, Refused before the meeting's start and for somebody who is not on
    its list.
    """
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "hold", by=by)
    if not has_begun(meeting):
        raise Refused(_("It has not begun yet. Afterwards you write down who came."))
    present = Participant.objects.unguarded(WHY).about(meeting).present()
    came = {one.pk for one in attended}
    if present.filter(pk__in=came).count() < len(came):
        raise Refused(_("Somebody among them is not on the list."))
    present.filter(pk__in=came).update(attended=True)
    present.exclude(pk__in=came).update(attended=False)
    meeting.held_at = timezone.now()
    meeting.save()
    record("meetings.held", meeting, by=by, attended=len(came))
    return meeting


@transaction.atomic
def draft_note(*, meeting: Meeting, values: Mapping[str, Any], version: int, by: Any) -> Note:
    """Write the note to the file (`version` 0 for a new one) and return it; it stays inside.

    `values`: points, replies, distribution. Raises NotYours, WrongState unless people met and the
    note is not filed, EditConflict when somebody else saved since `version`.
    """
    meeting = lock(meeting.pk)
    must_be("officer", by, meeting)
    if meeting.state != S.HELD:
        raise WrongState(_("The note is written after the meeting, until it is filed."))
    note = Note.objects.unguarded(WHY).about(meeting).first()
    if note is None:
        if version:
            raise EditConflict
        note = Note(meeting=meeting, version=1)
    else:
        claim_version(note, version)
    for name in FIELDS:
        if name in values:
            setattr(note, name, values[name])
    note.written_by, note.written_at = by, timezone.now()
    note.save()
    record("meetings.note_drafted", meeting, by=by, version=note.version)
    return note


@transaction.atomic
def file_note(*, meeting: Meeting, by: Any) -> Meeting:
    """File the note: it is fixed from then on. Incomplete where it says nothing yet."""
    meeting = lock(meeting.pk)
    MEETING.move(meeting, "file_note", by=by)
    if not note_is_ready(meeting):
        raise Incomplete(_("Write first what was spoken about."))
    meeting.save()
    record("meetings.note_filed", meeting, by=by)
    tell("meetings.note_filed", [meeting.owner], meeting, but=by)
    signals.note_filed.send(Meeting, meeting=meeting, by=by)
    return meeting


@transaction.atomic
def add_commitment(*, meeting: Meeting, text: str, owner: Any, due: date, by: Any) -> Commitment:
    """Write down what the Office undertook, who does it and by when; both sides see it at once.

    Possible once people met. Raises NotYours, WrongState, Incomplete for a day that is over, Refused
    for an owner who does not work on the meeting.
    """
    meeting = lock(meeting.pk)
    must_be("officer", by, meeting)
    if meeting.state not in (S.HELD, S.FILED):
        raise WrongState(_("Commitments are made at a meeting, and written down after it."))
    if due < timezone.now().date():
        raise Incomplete(_("The day by which it is done lies in the past."))
    if not works_on(owner, meeting):
        raise Refused(_("This person may not see the meeting and cannot own what follows from it."))
    commitment = Commitment.objects.create(
        meeting=meeting, text=must_say(text), owner=owner, due=due
    )
    record("meetings.committed", meeting, by=by, commitment=commitment.pk, owner=owner.pk, due=due)
    tell("meetings.committed", requesters_of(meeting), meeting)
    tell("meetings.commitment_assigned", [owner], meeting, but=by)
    return commitment


@transaction.atomic
def finish_commitment(*, commitment: Commitment, note: str, by: Any) -> Commitment:
    """Say that it is done, and what was done: whoever asked reads it. WrongState when it was."""
    meeting = lock(commitment.meeting_id)
    commitment = Commitment.objects.unguarded(WHY).get(pk=commitment.pk)
    must_be("officer", by, meeting)
    if commitment.done_at is not None:
        raise WrongState(_("This is done already."))
    commitment.done_note = must_say(note)
    commitment.done_at, commitment.done_by = timezone.now(), by
    commitment.save()
    record("meetings.commitment_done", meeting, by=by, commitment=commitment.pk)
    tell("meetings.commitment_done", requesters_of(meeting), meeting)
    return commitment
