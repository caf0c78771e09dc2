"""Who is told how of a time that was fixed, moved or cancelled. Callers hold the meeting's lock.

Each participant with an account is told in the way they chose. A calendar file is a CalendarStep:
its sequence rises by one for each file of this person, and what it says is frozen with it. Nobody is
told who cannot see the meeting (any more): who left the organization learns nothing of what comes.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation.notifications.outbox import notify
from meetings.enums import WITH_FILE, CalendarMethod, InvitationStyle
from meetings.models import CalendarStep, Meeting, Participant
from meetings.notifications import tell
from meetings.rules import may_see, requesters_of

WHY = "every participant is told, whoever acts"
KINDS = {"meetings.moved": "meetings.invitation_changed"}  # of a REQUEST; else an invitation


def announce(meeting: Meeting, kind: str, *, by: Any) -> None:
    """Tell all participants of a time that stands: `kind` is meetings.confirmed or meetings.moved.

    Who did not choose yet is asked how they want to be invited and gets no file. The others who act
    for a side are told by a neutral notice.
    """
    told = set()
    for one in _reachable(meeting):
        told.add(one.user_id)
        if one.style in WITH_FILE:
            send_step(one, CalendarMethod.REQUEST, KINDS.get(kind, "meetings.invitation"))
        elif one.style == InvitationStyle.NOT_ASKED and kind == "meetings.confirmed":
            tell("meetings.choose_how", [one.user], meeting)
        else:
            tell(kind, [one.user], meeting)
    _tell_the_others(meeting, kind, told, by)


def call_off(meeting: Meeting, *, by: Any) -> None:
    """Tell all participants that the meeting is cancelled; whose calendar holds it gets a file that
    takes it out again."""
    told = set()
    for one in _reachable(meeting):
        told.add(one.user_id)
        uninvite(one, "meetings.cancelled")
    _tell_the_others(meeting, "meetings.cancelled", told, by)


def uninvite(participant: Participant, kind: str) -> None:
    """Tell one participant `kind`: by a file that cancels where their calendar holds the meeting."""
    if participant.style != InvitationStyle.NO_MAIL and holds_entry(participant):
        send_step(participant, CalendarMethod.CANCEL, "meetings.invitation_cancelled")
    else:
        tell(kind, [participant.user], participant.meeting)


def welcome(participant: Participant) -> None:
    """Ask somebody who was put on the list of a meeting that stands how they want to be invited."""
    if participant.user is not None and may_see(participant.user, participant.meeting):
        tell("meetings.choose_how", [participant.user], participant.meeting)


def restyle(participant: Participant, before: str) -> None:
    """Send what a new choice asks for: a file where one is wanted; where none is wanted any more, a
    last one that takes the entry out, but no mail to who wants none."""
    if participant.style in WITH_FILE:
        if participant.style != before or not holds_entry(participant):
            send_step(participant, CalendarMethod.REQUEST, "meetings.invitation")
    elif participant.style == InvitationStyle.NO_FILE and holds_entry(participant):
        send_step(participant, CalendarMethod.CANCEL, "meetings.invitation_cancelled")


def send_step(participant: Participant, method: CalendarMethod, kind: str) -> CalendarStep:
    """Write down what the next file of this person says, and put its mail into the outbox."""
    meeting: Any = participant.meeting  # confirmed: it has its times
    last = participant.calendar_sequence
    participant.calendar_sequence = 0 if last is None else last + 1
    participant.save(update_fields=["calendar_sequence"])
    step = CalendarStep.objects.create(
        participant=participant,
        sequence=participant.calendar_sequence,
        method=method,
        style=participant.style,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place if participant.style == InvitationStyle.FULLER else "",
    )
    notify(kind, to=participant.user, about=step, dedupe=str(step.pk))
    return step


def holds_entry(participant: Participant) -> bool:
    """Tell whether the person's calendar holds the meeting: the last file did not take it out."""
    if participant.calendar_sequence is None:
        return False
    last = CalendarStep.objects.unguarded(WHY).filter(
        participant=participant, sequence=participant.calendar_sequence
    )
    return last.filter(method=CalendarMethod.REQUEST).exists()


def is_ahead(meeting: Meeting) -> bool:
    """Tell whether the meeting's time stands and is not over: only then calendars change."""
    return meeting.ends_at is not None and meeting.ends_at > timezone.now()


def _reachable(meeting: Meeting) -> list[Participant]:
    """Return the participants with an account who can see the meeting today."""
    people = Participant.objects.unguarded(WHY).about(meeting).present().with_account().in_order()
    found = []
    for one in people.select_related("user"):
        one.meeting = meeting  # as it stands under the lock
        if may_see(one.user, meeting):
            found.append(one)
    return found


def _tell_the_others(meeting: Meeting, kind: str, told: set[Any], by: Any) -> None:
    people = [*requesters_of(meeting), meeting.owner]
    tell(kind, [one for one in people if one and one.pk not in told], meeting, but=by)
