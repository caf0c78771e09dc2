"""Meetings in every state, with their times, people, calendar files, notes and commitments."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from demo.filling.letters import Circle
from demo.filling.meeting_parts import Table
from demo.filling.organizations import Sender
from demo.filling.people import ZONES
from demo.filling.stories import World
from demo.filling.words import SUBJECTS, Words
from foundation.confidentiality import Level
from meetings.enums import Format, Side, SlotKind
from meetings.enums import MeetingState as S
from meetings.models import Meeting, Slot
from meetings.models import NamedReader as Reader
from organizations.models import Expert
from recommendations.models import Recommendation

STATES = {S.FILED: 40, S.CONFIRMED: 12, S.HELD: 6, S.REQUESTED: 8, S.ASSIGNED: 8, S.PROPOSED: 6,
          S.DRAFT: 6, S.DECLINED: 5, S.CANCELLED: 5, S.WITHDRAWN: 4}  # fmt: skip
LEVELS = {Level.OFFICE: 90, Level.NAMED_OFFICERS: 10}
STEPS = ["request", "assign", "propose", "choose"]
WAYS = {
    S.DRAFT: 0, S.REQUESTED: 1, S.WITHDRAWN: 1, S.ASSIGNED: 2, S.DECLINED: 2, S.PROPOSED: 3,
    S.CONFIRMED: 4, S.CANCELLED: 4, S.HELD: 4, S.FILED: 4,
}  # fmt: skip
HOURS, LASTS = (9, 10, 11, 14, 15), timedelta(minutes=90)


class Meetings:
    """Makes meetings in the names of organizations, experts and networks."""

    def __init__(
        self, world: World, present: list[Sender], circles: list[Circle],
        by_sender: dict[Any, list[Recommendation]],
    ) -> None:  # fmt: skip
        self._world, self._present, self._circles = world, present, circles
        self._by_sender = by_sender
        self._kinds = cycle(("own", "own", "own", "network"))
        self._table = Table(world)

    def make(self, count: int) -> None:
        """Make `count`, every state among them where there is room."""
        if self._present:
            for state in self._world.draw.shared(STATES, count):
                self._make(state)

    def _make(self, state: S) -> None:
        draw = self._world.draw
        sender = draw.one(self._present)
        circle = draw.one(self._circles) if next(self._kinds) == "network" else None
        words, by = (circle.words, circle.coordinator) if circle else (sender.words, sender.user)
        name = "network" if circle else _column(sender.entry)
        over = state in (S.HELD, S.FILED, S.CANCELLED)
        begun = draw.days_ago(60, 900) if over else draw.days_ago(12, 40)
        level = draw.weighed(LEVELS)
        meeting = Meeting(
            **{name: circle.network if circle else sender.entry},
            id=draw.id(),
            reference=draw.reference("MTG", begun.date()),
            level=level,
            state=S.DRAFT,
            created_by=by,
            created_at=begun,
            may_be_counted=draw.happens(50),
            format=draw.one(Format.values),
            version=1,
            **self._what(words),
        )
        self._record(begun, "begun", meeting, by, level=level)
        self._record(begun, "edited", meeting, by, version=1)
        mine = [] if circle else self._by_sender.get(sender.entry.pk, [])
        self._world.copier.link(Meeting.recommendations.through, meeting, mine)
        self._ask_for_windows(meeting, words, by)
        self._walk(meeting, state, words, by, over)
        meeting.fold_words()
        self._world.copier.add(meeting)

    def _what(self, words: Words) -> dict[str, Any]:
        draw = self._world.draw
        place, ask = draw.place(words), words.asks[int(draw.chance.random() * len(SUBJECTS))]
        return {
            "language": words.code,
            "purpose": draw.said(ask[0], place)[:200],
            "text": draw.said(words.gap.join([ask[1], *draw.some(words.details, 2)]), place),
            "languages": sorted({words.code, "en"}),
            "place_wished": place,
        }

    def _walk(self, meeting: Meeting, state: S, words: Words, by: Any, over: bool) -> None:
        """Lead the meeting to its state."""
        draw = self._world.draw
        steps = STEPS[: WAYS[state]]
        moments = draw.moments(meeting.created_at, len(steps) + 1, longest=10)
        for step, at in zip(steps, moments, strict=False):
            getattr(self, f"_{step}")(meeting, at, words, by, over)
        if state == S.WITHDRAWN:
            self._record(moments[-1], "withdrawn", meeting, by)
        elif state == S.DECLINED:
            meeting.closed_reason = draw.said(words.put_off, draw.place(words))
            self._record(moments[-1], "declined", meeting, meeting.owner)
        elif state == S.CANCELLED:
            self._cancel(meeting, moments[-1], words, by)
        meeting.state = state
        self._table.sit_down(meeting, words, by)
        if state in (S.HELD, S.FILED):
            self._table.hold(meeting, words)

    # Steps -------------------------------------------------------------------------------------
    def _request(self, meeting: Meeting, at: datetime, words: Words, by: Any, over: bool) -> None:
        days = timedelta(days=getattr(settings, "MEETING_DAYS", 30))
        meeting.requested_at, meeting.answer_by = at, (at + days).date()
        self._record(at, "requested", meeting, by, answer_by=meeting.answer_by)

    def _assign(self, meeting: Meeting, at: datetime, words: Words, by: Any, over: bool) -> None:
        draw, staff = self._world.draw, self._world.staff
        owner = meeting.owner = draw.one(staff.officers)
        meeting.assigned_at, giver = at, owner
        if meeting.level == Level.NAMED_OFFICERS:
            giver = draw.one(staff.approvers)
            reader = Reader(id=draw.id(), meeting=meeting, user=owner, named_by=giver, named_at=at)
            self._world.copier.add(reader)
            self._record(at, "readers_named", meeting, giver, count=1)
        facts = {"owner": owner.pk, "answer_by": meeting.answer_by}
        self._record(at, "assigned", meeting, giver, **facts)

    def _propose(self, meeting: Meeting, at: datetime, words: Words, by: Any, over: bool) -> None:
        draw = self._world.draw
        meeting.round, meeting.place = 1, draw.place(words)
        first = at if over else draw.end + timedelta(days=2)
        days = sorted(draw.chance.sample(range(3, 30), 3))
        self._slots = [
            self._slot(meeting, words, SlotKind.PROPOSED, first + timedelta(days=day), 1)
            for day in days
        ]
        self._record(at, "proposed", meeting, meeting.owner, round=1, count=len(self._slots))

    def _choose(self, meeting: Meeting, at: datetime, words: Words, by: Any, over: bool) -> None:
        chosen = self._world.draw.one(self._slots)
        meeting.starts_at, meeting.ends_at, meeting.zone = (
            chosen.starts_at, chosen.ends_at, chosen.zone,
        )  # fmt: skip
        meeting.confirmed_at = at
        starts = f"{chosen.starts_at:%Y-%m-%dT%H:%M}Z"
        self._record(at, "confirmed", meeting, by, slot=chosen.pk, starts_at=starts)

    def _cancel(self, meeting: Meeting, at: datetime, words: Words, by: Any) -> None:
        draw = self._world.draw
        side = draw.one(Side.values)
        if meeting.starts_at is not None:  # what has begun is no longer cancelled
            at = min(at, meeting.starts_at - timedelta(hours=2))
        meeting.cancelled_at, meeting.cancelled_by_side = at, side
        meeting.closed_reason = draw.said(words.put_off, draw.place(words))
        actor = by if side == Side.REQUESTER else meeting.owner
        self._record(at, "cancelled", meeting, actor, side=side)

    def _ask_for_windows(self, meeting: Meeting, words: Words, by: Any) -> None:
        at = meeting.created_at
        for day in (7, 14):
            self._slot(meeting, words, SlotKind.ASKED, at + timedelta(days=day), 0)
        self._record(at, "windows_set", meeting, by, count=2)

    def _slot(self, meeting: Meeting, words: Words, kind: str, day: datetime, number: int) -> Slot:
        """Add a time on `day`, in the zone of the place."""
        draw, zone = self._world.draw, ZONES[words.code]
        hour = time(draw.one(HOURS), 0, tzinfo=ZoneInfo(zone))
        starts = datetime.combine(day.date(), hour)
        ends = starts + (timedelta(hours=3) if kind == SlotKind.ASKED else LASTS)
        slot = Slot(
            id=draw.id(), meeting=meeting, kind=kind, round=number, starts_at=starts,
            ends_at=ends, zone=zone,
        )  # fmt: skip
        self._world.copier.add(slot)
        return slot

    def _record(self, at: datetime, name: str, meeting: Meeting, by: Any, **facts: Any) -> None:
        self._world.log.record(at, f"meetings.{name}", meeting, by, **facts)


def _column(entry: Any) -> str:
    return "expert" if isinstance(entry, Expert) else "organization"
