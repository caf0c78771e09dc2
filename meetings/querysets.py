"""Reads of this room, chainable. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from meetings.enums import OPEN, TO_ANSWER, MessageKind, SlotKind
from meetings.enums import MeetingState as S
from organizations.querysets.parts import NOBODY, coordinates, folded, is_approver, member_of

WEEK = timedelta(days=7)


def _rows(model: str, room: str = "meetings") -> Any:
    """Return the unread queryset of a model, for use inside EXISTS."""
    return apps.get_model(room, model)._base_manager.all()


def _in_a_week() -> Q:
    """Meetings that take place, or whose ask must be answered, in the seven days from now."""
    now = timezone.now()
    meets = Q(state=S.CONFIRMED, ends_at__gte=now, starts_at__lt=now + WEEK)
    return meets | Q(state__in=TO_ANSWER, answer_by__lte=now.date() + WEEK)


class MeetingQuerySet(GuardedQuerySet):
    """Meetings."""

    def mine(self, user: Any) -> Q:
        """Meetings asked for by the person's organization, by the expert, or in the name of a
        network that the person coordinates."""
        own = _rows("Expert", "organizations").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        return (
            Q(member_of(user, "organization_id"))
            | Q(Exists(own))
            | Q(coordinates(user, "network_id"))
        )

    def stake(self, user: Any) -> Q:
        """Meetings in which the person has a stake: their own, and those of a network of which
        their organization is a member."""
        joined = _rows("NetworkMembership", "organizations").filter(
            Q(member_of(user, "organization_id")),
            network=OuterRef("network_id"),
            ended_at__isnull=True,
        )
        return self.mine(user) | Q(Exists(joined))

    def of_the_office(self, user: Any) -> Q:
        """Meetings that `user` may work on: sent, within reach of the level, and no stake."""
        if not user.is_office:
            return NOBODY
        reach = Level.NAMED_OFFICERS if is_approver(user) else Level.OFFICE
        reached = Q(level__lte=reach)
        if reach < Level.NAMED_OFFICERS:
            named = _rows("NamedReader").filter(meeting=OuterRef("pk"), user_id=user.pk)
            reached |= Q(Exists(named))
        return Q(requested_at__isnull=False) & reached & ~self.stake(user)

    def inside(self, viewer: Viewer) -> Q:
        """Whoever asked: the organization's people, the expert, the network's coordinators. The
        Office once it was sent, up to the level chosen; above that only the officers named for it
        and the approvers, who name them; nobody who has a stake in it."""
        user = person(viewer)
        if user is None:
            return NOBODY
        return self.mine(user) | self.of_the_office(user)

    def restrict(self, viewer: Viewer) -> Self:
        """Nothing is public."""
        if isinstance(viewer, SystemActor):
            return self.all()
        if isinstance(viewer, Audience):
            sent = Q(requested_at__isnull=False, level__lte=viewer.level)
            return self.filter(sent).exclude(state=S.WITHDRAWN)
        return self.filter(self.inside(viewer))

    def owned_by(self, user: Any) -> Self:
        """Return the requester's own meetings, open for reading."""
        return self.visible_to(user).filter(self.mine(user))

    def for_the_desk(self, user: Any) -> Self:
        """Keep what a member of staff works on: sent, within reach, and no stake in it."""
        return self.filter(self.of_the_office(user))

    def in_state(self, *states: str) -> Self:
        """Keep the meetings in one of these states."""
        return self.filter(state__in=states)

    def open(self) -> Self:
        """Keep what is not over: asked, proposed, or to take place."""
        return self.filter(state__in=OPEN)

    def in_a_week(self) -> Self:
        """Keep what takes place or must be answered within seven days."""
        return self.filter(_in_a_week())

    def due_within(self, day: Any) -> Self:
        """Keep the asks that the Office must answer by `day`."""
        return self.filter(state__in=TO_ANSWER, answer_by__lte=day)

    def countable(self) -> Self:
        """Keep what public totals may count, never shown below five: what took place and is of the
        Office's own level, where who asked for it agreed. Nothing that named officers only see."""
        return self.filter(level=Level.OFFICE, may_be_counted=True, held_at__isnull=False)

    def most_urgent_first(self) -> Self:
        """Order by the day on which an answer is due, then by when people meet."""
        return self.order_by("answer_by", "starts_at", "pk")

    def soonest_first(self) -> Self:
        """Order by the moment of meeting; those without one last."""
        return self.order_by("starts_at", "answer_by", "pk")

    def newest_first(self) -> Self:
        """Order by the day of the draft."""
        return self.order_by("-created_at", "pk")

    def matching(self, text: str, *, senders: bool = False) -> Self:
        """Keep meetings with every word of `text` (any script, accents or not) in purpose or text,
        or with that reference; with `senders`, for staff only, also in the name of who asked."""
        found = self
        for word in folded(text).split()[:8]:
            hit = Q(search_text__contains=word) | Q(reference__iexact=word)
            if senders:
                hit |= Q(sender_text__contains=word)
            found = found.filter(hit)
        return found

    def counted(self, user: Any) -> dict[str, int]:
        """Return how many meetings each view of the desk holds, in one query."""
        return self.order_by().aggregate(
            unowned=Count("pk", filter=Q(state=S.REQUESTED)),
            mine=Count("pk", filter=Q(state__in=(*OPEN, S.HELD), owner_id=user.pk)),
            week=Count("pk", filter=_in_a_week()),
            open=Count("pk", filter=Q(state__in=OPEN)),
            all=Count("pk"),
        )


def _meetings() -> Any:
    return apps.get_model("meetings", "Meeting").objects.all()


class AboutMeetingQuerySet(GuardedQuerySet):
    """What hangs on a meeting."""

    def restrict(self, viewer: Viewer) -> Self:
        """Rows about a meeting that the viewer may see."""
        if isinstance(viewer, SystemActor):
            return self.all()
        return self.filter(self._seen(viewer))

    def about(self, meeting: Any) -> Self:
        """Keep the rows about this meeting."""
        return self.filter(meeting=meeting)

    def _seen(self, viewer: Viewer) -> Q:
        return Q(Exists(_meetings().visible_to(viewer).filter(pk=OuterRef("meeting_id"))))

    def _of_office(self, viewer: Viewer) -> Q:
        """Rows about a meeting on which the viewer works for the Office."""
        user = person(viewer)
        if user is None or not user.is_office:
            return NOBODY
        seen = _meetings().visible_to(user).for_the_desk(user)
        return Q(Exists(seen.filter(pk=OuterRef("meeting_id"))))


class SlotQuerySet(AboutMeetingQuerySet):
    """Windows that were asked for, and times that were proposed."""

    def asked(self) -> Self:
        """Keep what the requester asked for, the latest round first, then by time."""
        return self.filter(kind=SlotKind.ASKED).order_by("-round", "starts_at", "pk")

    def proposed(self) -> Self:
        """Keep what the Office proposed, the latest round first, then by time."""
        return self.filter(kind=SlotKind.PROPOSED).order_by("-round", "starts_at", "pk")

    def offered(self, meeting: Any) -> Self:
        """Keep the times from which the requester may choose now: the present round of a meeting
        whose times are proposed. Those that have begun are among them; choosing one is refused."""
        if meeting.state != S.PROPOSED:
            return self.none()
        return self.about(meeting).proposed().filter(round=meeting.round)


class ParticipantQuerySet(AboutMeetingQuerySet):
    """Who takes part."""

    def present(self) -> Self:
        """Keep those who were not taken off the list."""
        return self.filter(removed_at__isnull=True)

    def with_account(self) -> Self:
        """Keep those who have an account, and so may get mails."""
        return self.filter(user__isnull=False)

    def of(self, user: Any) -> Self:
        """Keep the person's own places at tables."""
        return self.filter(user_id=user.pk)

    def in_order(self) -> Self:
        """Order as they were put on the list."""
        return self.order_by("side", "added_at", "pk")


class CalendarStepQuerySet(GuardedQuerySet):
    """What each mail with a calendar file says."""

    def restrict(self, viewer: Viewer) -> Self:
        """The participant whom it is about, as long as the person may see the meeting."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        seen = _meetings().visible_to(user)
        own = _rows("Participant").filter(
            Exists(seen.filter(pk=OuterRef("meeting_id"))),
            pk=OuterRef("participant_id"),
            user_id=user.pk,
        )
        return self.filter(Exists(own))

    def in_order(self) -> Self:
        """Order as they were made."""
        return self.order_by("sequence")


class InsideOfficeQuerySet(AboutMeetingQuerySet):
    """Notes to the file and named readers."""

    def restrict(self, viewer: Viewer) -> Self:
        """The staff of the Office who work on the meeting. Never who asked for it."""
        if isinstance(viewer, SystemActor):
            return self.all()
        return self.filter(self._of_office(viewer))


class MessageQuerySet(AboutMeetingQuerySet):
    """Messages."""

    def restrict(self, viewer: Viewer) -> Self:
        """Both sides; notes inside the Office by the staff who work on the meeting."""
        if isinstance(viewer, SystemActor):
            return self.all()
        both = super().restrict(viewer)
        return both.filter(~Q(kind=MessageKind.NOTE) | self._of_office(viewer))

    def in_order(self) -> Self:
        """Order as they were written."""
        return self.order_by("written_at", "pk")


class CommitmentQuerySet(AboutMeetingQuerySet):
    """What the Office undertook: both sides see it."""

    def for_the_desk(self, user: Any) -> Self:
        """Keep those of meetings on which a member of staff works."""
        return self.filter(self._of_office(user))

    def to_do(self) -> Self:
        """Keep what is not done."""
        return self.filter(done_at__isnull=True)

    def due_within(self, day: Any) -> Self:
        """Keep what must be done by `day`."""
        return self.to_do().filter(due__lte=day)

    def most_urgent_first(self) -> Self:
        """Order: what is to do first, by its day."""
        return self.order_by(F("done_at").desc(nulls_first=True), "due", "pk")
