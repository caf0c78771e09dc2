"""Who sits at the table of a meeting, what their calendars are told, and what is written after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from demo.cast import DOMAIN
from demo.filling.stories import World
from demo.filling.words import Words
from foundation.confidentiality import Level
from meetings.enums import (
    USUAL_CLASSIFICATION,
    WITH_FILE,
    CalendarMethod,
    InvitationStyle,
    MessageKind,
    Side,
)
from meetings.enums import MeetingState as S
from meetings.models import (
    BriefText,
    CalendarStep,
    Commitment,
    Meeting,
    Message,
    Note,
    Participant,
)

HOUR = timedelta(hours=1)


class Table:
    """Adds what hangs on a meeting whose state and times are set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._styles = cycle(InvitationStyle)

    def sit_down(self, meeting: Meeting, words: Words, by: Any) -> None:
        """List the people of both sides, and write the files that their calendars got."""
        draw = self._world.draw
        self._person(meeting, words, by, Side.REQUESTER, by)
        for _ in range(int(draw.chance.random() * 5)):
            self._person(meeting, words, None, Side.REQUESTER, by)
        if meeting.owner is not None:
            self._person(meeting, words, meeting.owner, Side.OFFICE, meeting.owner)
            if draw.happens(30):
                at, text = meeting.assigned_at, draw.said(words.note, draw.place(words))
                self._message(meeting, MessageKind.NOTE, text, meeting.owner, at)
            if meeting.confirmed_at is not None and draw.happens(40):
                self._brief(meeting, words)
        if meeting.requested_at is not None and draw.happens(30):
            text = draw.said(words.question, draw.place(words))
            self._message(meeting, MessageKind.WORD, text, by, meeting.requested_at)

    def _person(self, meeting: Meeting, words: Words, user: Any, side: Side, by: Any) -> None:
        draw, confirmed = self._world.draw, meeting.confirmed_at
        held = meeting.state in (S.HELD, S.FILED)
        at = meeting.assigned_at if side == Side.OFFICE else meeting.created_at
        person = Participant(
            id=draw.id(),
            meeting=meeting,
            side=side,
            name=user.name if user else draw.person(words),
            function=words.title if side == Side.REQUESTER else "",
            user=user,
            may_be_named=draw.happens(70),
            calendar_uid=f"{draw.id()}@{DOMAIN}",
            attended=draw.happens(85) if held else None,
            added_at=at,
        )
        facts = {"participant": person.pk, "side": side}
        self._record(at, "participant_added", meeting, by, **facts)
        if user is not None and confirmed is not None:
            person.style = next(self._styles)
            if person.style != InvitationStyle.NOT_ASKED:
                told = {"participant": person.pk, "style": person.style}
                self._record(confirmed, "style_chosen", meeting, user, **told)
            if person.style in WITH_FILE:
                self._invite(meeting, person, confirmed)
        self._world.copier.add(person)

    def _invite(self, meeting: Meeting, person: Participant, at: datetime) -> None:
        """Write what the calendar got: the invitation, and the end of it where it was cancelled."""
        steps = [(CalendarMethod.REQUEST, at)]
        if meeting.cancelled_at is not None:
            steps.append((CalendarMethod.CANCEL, meeting.cancelled_at))
        for sequence, (method, made) in enumerate(steps):
            step = CalendarStep(
                id=self._world.draw.id(),
                participant=person,
                sequence=sequence,
                method=method,
                style=person.style,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                place=meeting.place,
                made_at=made,
            )
            self._world.copier.add(step)
            person.calendar_sequence = sequence

    def hold(self, meeting: Meeting, words: Words) -> None:
        """Write down who came, then the note; file it with its commitments where it is filed."""
        draw, owner = self._world.draw, meeting.owner
        assert meeting.ends_at is not None  # noqa: S101 - a constraint of the table
        held = meeting.held_at = meeting.ends_at + HOUR
        filed = draw.moments(held, 1, longest=5)[0]
        self._record(held, "held", meeting, owner, attended=1)
        place = draw.place(words)
        note = Note(
            id=draw.id(),
            meeting=meeting,
            points=draw.said("\n".join(draw.some(words.details, 3)), place),
            replies=draw.said(words.answers["accepted"], place),
            written_by=owner,
            written_at=held,
            version=1,
        )
        self._world.copier.add(note)
        self._record(held, "note_drafted", meeting, owner, version=1)
        if meeting.state == S.FILED:
            self._record(filed, "note_filed", meeting, owner)
            for _ in range(1 + int(draw.chance.random() * 3)):
                self._commit(meeting, words, filed)

    def _commit(self, meeting: Meeting, words: Words, at: datetime) -> None:
        draw, owner = self._world.draw, self._world.draw.one(self._world.staff.officers)
        if meeting.level == Level.NAMED_OFFICERS:
            owner = meeting.owner
        place = draw.place(words)
        made = Commitment(
            id=draw.id(),
            meeting=meeting,
            text=draw.said(words.promise, place),
            owner=owner,
            due=(at + timedelta(days=30)).date(),
            made_at=at,
        )
        facts = {"commitment": made.pk, "owner": owner.pk, "due": made.due}
        self._record(at, "committed", meeting, meeting.owner, **facts)
        if draw.happens(60):
            made.done_at, made.done_by = draw.moments(at, 1, longest=40)[0], owner
            made.done_note = draw.said(words.report[0], place)
            self._record(made.done_at, "commitment_done", meeting, owner, commitment=made.pk)
        self._world.copier.add(made)

    def _brief(self, meeting: Meeting, words: Words) -> None:
        draw, at = self._world.draw, meeting.confirmed_at
        text = BriefText(
            id=draw.id(),
            meeting=meeting,
            language=words.language,
            classification=USUAL_CLASSIFICATION[meeting.level],
            purpose=meeting.purpose,
            key_messages=draw.said("\n".join(draw.some(words.details, 2)), meeting.place),
            written_by=meeting.owner,
            written_at=at,
            version=1,
        )
        self._world.copier.add(text)
        self._record(at, "brief_written", meeting, meeting.owner, version=1)

    def _message(self, meeting: Meeting, kind: str, text: str, by: Any, at: Any) -> None:
        message = Message(
            id=self._world.draw.id(), meeting=meeting, kind=kind, text=text, written_by=by,
            written_at=at,
        )  # fmt: skip
        self._world.copier.add(message)
        if kind == MessageKind.WORD:
            self._record(at, "word_written", meeting, by, side=Side.REQUESTER)
        else:
            self._record(at, "note_written", meeting, by)

    def _record(self, at: Any, name: str, meeting: Meeting, by: Any, **facts: Any) -> None:
        self._world.log.record(at, f"meetings.{name}", meeting, by, **facts)
