"""The way of one recommendation, step by step, as the actions would have led it in the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from demo.filling.audit import Log
from demo.filling.copying import Copier
from demo.filling.draw import Draw
from demo.filling.people import Staff
from demo.filling.words import Words
from foundation.confidentiality import Level
from recommendations.enums import (
    LATER,
    REFUSING,
    ClockReason,
    MessageKind,
    Position,
    Progress,
    Side,
)
from recommendations.enums import RecommendationState as S
from recommendations.models import (
    Addressee,
    Answer,
    DayChange,
    Message,
    NamedReader,
    ProgressReport,
    Recommendation,
    RefusalReason,
)

WITHOUT_WORDS = tuple(reason for reason in LATER if reason != ClockReason.OTHER)
POSITIONS = {Position.ACCEPTED: 38, Position.PARTIAL: 20, Position.ALREADY: 13,
             Position.NOT_ACCEPTED: 19, Position.REFERRED: 10}  # fmt: skip
PROGRESS = {Progress.UNDER_WAY: 45, Progress.DONE: 30, Progress.NOT_STARTED: 10,
            Progress.CANNOT_TELL: 8, Progress.NO_LONGER: 7}  # fmt: skip


def usual_day(at: datetime) -> date:
    """Return the day by which the Office answers what comes at `at`."""
    return (at + timedelta(days=settings.RECOMMENDATION_DAYS)).date()


@dataclass
class World:
    """What every story draws upon."""

    draw: Draw
    copier: Copier
    log: Log
    staff: Staff
    reasons: list[RefusalReason]
    addressees: list[Addressee]


class Story:
    """Takes steps on a draft; each sets what its action sets, adds its rows and its event."""

    def __init__(
        self, world: World, item: Recommendation, by: Any, words: Words, place: str
    ) -> None:
        self.world, self.item, self.by = world, item, by
        self.words, self.place = words, place
        self.answer: Answer | None = None
        self.noted = False
        self.main: Recommendation | None = None  # with which it is answered

    def take(self, steps: list[str], moments: list[datetime]) -> None:
        """Take the steps (names of methods), each at its moment."""
        for step, at in zip(steps, moments, strict=True):
            getattr(self, step)(at)

    def said(self, template: str) -> str:
        """Return a sentence about the place of this story."""
        return self.world.draw.said(template, self.place)

    def _record(self, at: datetime, name: str, by: Any, **facts: Any) -> None:
        self.world.log.record(at, f"recommendations.{name}", self.item, by, **facts)

    def begin(self, at: datetime) -> None:
        """A draft is begun here, or entered by an officer, and written."""
        item, counted = self.item, self.item.may_be_counted
        if item.is_entered:
            self._record(at, "entered", self.by, source=item.source, counted=counted)
        else:
            self._record(at, "begun", self.by, level=item.level, counted=counted)
        self._record(at, "edited", self.by, version=1)

    def enter(self, at: datetime) -> None:
        """An ask of a letter, as an officer enters it: with the Office at once."""
        item = self.item
        self._record(at, "entered", self.by, source=item.source)
        item.state, item.submitted_at, item.answer_by = S.SUBMITTED, at, usual_day(at)
        self._record(at, "submitted", self.by, answer_by=item.answer_by)

    # The steps ---------------------------------------------------------------------------------
    def submit(self, at: datetime) -> None:
        """Sent to the Office."""
        item = self.item
        item.state, item.submitted_at = S.SUBMITTED, at
        taken_up = timedelta(days=settings.RECOMMENDATION_ACKNOWLEDGE_DAYS)
        item.acknowledge_by, item.answer_by = (at + taken_up).date(), usual_day(at)
        days = {"acknowledge_by": item.acknowledge_by, "answer_by": item.answer_by}
        self._record(at, "submitted", self.by, **days)

    def assign(self, at: datetime) -> None:
        """Given an owner; above the officers' level by an approver, who names the owner."""
        item, draw = self.item, self.world.draw
        named = item.level == Level.NAMED_OFFICERS
        item.state, item.assigned_at = S.ASSIGNED, at
        item.owner = draw.one(self.world.staff.officers)
        by = draw.one(self.world.staff.approvers) if named else item.owner
        if named:
            reader = NamedReader(
                id=draw.id(), recommendation=item, user=item.owner, named_by=by, named_at=at
            )
            self.world.copier.add(reader)
            self._record(at, "readers_named", by, count=1)
        if draw.happens(10):
            day = item.answer_by + timedelta(days=30)
            self._move_day(at, day, draw.one(WITHOUT_WORDS), by)
        self._record(at, "assigned", by, owner=item.owner_id, answer_by=item.answer_by)

    def ask(self, at: datetime) -> None:
        """Asked a question: the clock stands still."""
        self.item.state, self.item.paused_at = S.CLARIFICATION, at
        self._write(at, MessageKind.QUESTION, self.words.question, self.item.owner)
        self._record(at, "asked", self.item.owner)

    def clarify(self, at: datetime) -> None:
        """Answered: the clock runs on."""
        item = self.item
        day = item.answer_by + (at.date() - item.paused_at.date())
        self._move_day(at, day, ClockReason.QUESTION, self.by)
        item.state, item.paused_at = S.ASSIGNED, None
        self._write(at, MessageKind.REPLY, self.words.reply, self.by)
        self._record(at, "clarified", self.by, answer_by=item.answer_by)

    def draft(self, at: datetime) -> None:
        """An answer is written."""
        draw, item = self.world.draw, self.item
        position = Position.NOTED if self.noted else draw.weighed(POSITIONS)
        self.answer = Answer(
            id=draw.id(),
            recommendation=item,
            position=position,
            reason=draw.one(self.world.reasons) if position in REFUSING else None,
            referred_to=draw.one(self.world.addressees) if position == "referred" else None,
            language=self.words.code,
            text=self.said(self.words.answers[position]),
            evidence=self.said(self.words.evidence) if position == Position.ALREADY else "",
            drafted_by=item.owner,
            drafted_at=at,
            version=1,
        )
        self.world.copier.link(Answer.writers.through, self.answer, [item.owner])
        self._record(at, "answer_drafted", item.owner, position=position)

    def propose(self, at: datetime) -> None:
        """Sent for clearance."""
        self.item.state = S.TO_CLEAR
        self._record(at, "proposed", self.item.owner)

    def give_back(self, at: datetime) -> None:
        """Given back with a note."""
        approver = self.world.draw.one(self.world.staff.approvers)
        self.item.state = S.ASSIGNED
        self._write(at, MessageKind.NOTE, self.words.note, approver)
        self._record(at, "given_back", approver)

    def clear(self, at: datetime) -> None:
        """Cleared by somebody who wrote no word of it."""
        answer = self._standing()
        answer.cleared_by = self.world.draw.one(self.world.staff.approvers)
        answer.cleared_at, self.item.state = at, S.CLEARED
        self._record(at, "cleared", answer.cleared_by)

    def publish(self, at: datetime) -> None:
        """The answer goes out; "noted" keeps the item open and starts its clock again."""
        item, answer = self.item, self._standing()
        answer.published_by, answer.published_at = item.owner, at
        item.position = answer.position
        item.published_at = item.published_at or at
        item.state = S.ASSIGNED if self.noted else S.ANSWERED
        if self.noted:
            self._move_day(at, usual_day(at), ClockReason.AGAIN, item.owner)
        self._record(at, "published", item.owner, answer=answer.pk, position=answer.position)
        self._keep_answer()

    def reopen(self, at: datetime) -> None:
        """Opened for another answer."""
        self.item.state = S.ASSIGNED
        self._move_day(at, usual_day(at), ClockReason.AGAIN, self.item.owner)
        self._record(at, "reopened", self.item.owner, answer_by=self.item.answer_by)

    def report(self, at: datetime) -> None:
        """The Office says what has happened: the item's progress."""
        progress = self.world.draw.weighed(PROGRESS)
        self.item.progress = progress
        text = self.said(self.world.draw.one(self.words.report))
        self._report(at, Side.OFFICE, progress, text, self.item.owner)

    def look(self, at: datetime) -> None:
        """The submitter says what has happened, beside it."""
        text = self.said(self.world.draw.one(self.words.view))
        self._report(at, Side.SUBMITTER, self.world.draw.weighed(PROGRESS), text, self.by)

    def join(self, at: datetime) -> None:
        """Answered together with another ask that says the same."""
        item, main, by = self.item, self.main, self.world.draw.one(self.world.staff.officers)
        assert main is not None, "a joined ask has another"  # noqa: S101
        item.state, item.duplicate_of, item.owner = S.JOINED, main, None
        item.assigned_at = main.assigned_at
        self._move_day(at, main.answer_by, ClockReason.JOINED, by)
        self._record(at, "joined", by, main=main.pk)

    def withdraw(self, at: datetime) -> None:
        """Taken back."""
        self.item.state = S.WITHDRAWN
        self._record(at, "withdrawn", self.by)

    def end(self) -> None:
        """Hand the rows over."""
        self._keep_answer()
        self.item.fold_words()
        self.world.copier.add(self.item)

    # Parts -------------------------------------------------------------------------------------
    def _standing(self) -> Answer:
        assert self.answer is not None, "a step needs the answer in work"  # noqa: S101
        return self.answer

    def _keep_answer(self) -> None:
        if self.answer is not None:
            self.world.copier.add(self.answer)
            self.answer = None

    def _move_day(self, at: datetime, day: date, reason: ClockReason, by: Any) -> None:
        item, before = self.item, self.item.answer_by
        if day == before:
            return
        change = DayChange(
            id=self.world.draw.id(),
            recommendation=item,
            reason=reason,
            before=before,
            after=day,
            changed_by=by,
            changed_at=at,
        )
        item.answer_by = day
        self.world.copier.add(change)
        self._record(at, "day_moved", by, reason=reason, before=before, answer_by=day)

    def _write(self, at: datetime, kind: MessageKind, template: str, by: Any) -> None:
        message = Message(
            id=self.world.draw.id(),
            recommendation=self.item,
            kind=kind,
            text=self.said(template),
            written_by=by,
            written_at=at,
        )
        self.world.copier.add(message)

    def _report(self, at: datetime, side: Side, progress: Progress, text: str, by: Any) -> None:
        report = ProgressReport(
            id=self.world.draw.id(),
            recommendation=self.item,
            side=side,
            progress=progress,
            text=text,
            reported_by=by,
            reported_at=at,
        )
        self.world.copier.add(report)
        self._record(at, "progress_reported", by, side=side, progress=progress)
