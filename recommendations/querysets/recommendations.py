"""Recommendations: who sees one, who sees its inside, and the lists of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.querysets.parts import NOBODY, folded, is_approver, member_of
from recommendations.enums import OFFER, OPEN, Source
from recommendations.enums import RecommendationState as S
from recommendations.querysets.parts import rows

IN_ROWS = (
    "reference", "title", "language", "level", "state", "position", "answer_by",
    "acknowledge_by", "paused_at", "sender_as_stated", "organization__name", "organization__acronym", "expert__name",
    "expert__title", "addressee__label", "action_asked__key", "owner__name", "owner__email",
)  # fmt: skip


def published() -> Q:
    """Items that everyone may read: answered once, by choice public with or without the name."""
    return Q(published_at__isnull=False, level__lte=Level.UNNAMED) & ~Q(state=S.WITHDRAWN)


def countable() -> Q:
    """Items that public totals may count, never shown below five: what was sent and is public, with
    or without the name; of the Office's own level what its sender let be counted; above it none."""
    agreed = Q(level__lte=Level.UNNAMED) | Q(level=Level.OFFICE, may_be_counted=True)
    return Q(submitted_at__isnull=False) & ~Q(state=S.WITHDRAWN) & agreed


ALSO_SEEN: list[Callable[[Any], Q]] = []


def also_seen_by(question: Callable[[Any], Q]) -> None:
    """Let a room above say to whom else an item is their own ask: `question(user)` gives the items.

    Such a person reads what the submitter reads of the answer, and nothing of the inside; and does
    not work on it for the Office.
    """
    ALSO_SEEN.append(question)


def asked_along(user: Any) -> Q:
    """Items that are the person's own ask by the word of a room above."""
    return reduce(or_, (question(user) for question in ALSO_SEEN), NOBODY)


class RecommendationQuerySet(GuardedQuerySet):
    """Recommendations."""

    def mine(self, user: Any) -> Q:
        """Items of the person's own organization, of the expert, or entered as a draft."""
        own = rows("Expert", "organizations").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        entered = Q(created_by_id=user.pk, submitted_at__isnull=True) & ~Q(source=Source.PORTAL)
        return Q(member_of(user, "organization_id")) | Q(Exists(own)) | entered

    def inside(self, viewer: Viewer) -> Q:
        """Items of which `viewer` may see the inside: the sender, the questions, the owner.

        The submitters; the Office once it was sent, up to the level chosen; above that only the
        officers named for it and the approvers, who name them.
        """
        user = person(viewer)
        if user is None:
            return NOBODY
        found = self.mine(user)
        if user.is_office:
            found |= self.reached_by(user)
        return found

    def reached_by(self, user: Any) -> Q:
        """Items that were sent and that this member of staff may see for the Office."""
        sent = Q(submitted_at__isnull=False) & ~asked_along(user)
        if is_approver(user):
            return sent
        named = rows("NamedReader").filter(recommendation=OuterRef("pk"), user_id=user.pk)
        return sent & (Q(level__lte=Level.OFFICE) | Q(Exists(named)))

    def worked_on_by(self, viewer: Viewer) -> Q:
        """Items on which `viewer` works for the Office: never those of their own.

        Their own are few and the others are counted: a list that is read once, no question a row.
        """
        user = person(viewer)
        if user is None or not user.is_office:
            return NOBODY
        members = rows("Membership", "organizations").filter(user_id=user.pk, ended_at=None)
        experts = rows("Expert", "organizations").filter(user_id=user.pk)
        own = Q(organization_id__in=members.values("organization_id"))
        return self.reached_by(user) & ~own & ~Q(expert_id__in=experts.values("pk"))

    def restrict(self, viewer: Viewer) -> Self:
        """Everyone: what was answered and is public, without the name where so chosen.
        Submitters their own, who signed or coordinates a letter its asks; the Office what was
        sent, named officers what names them."""
        if isinstance(viewer, SystemActor):
            return self.all()
        if isinstance(viewer, Audience) and viewer.level >= Level.OFFICE:
            sent = Q(submitted_at__isnull=False, level__lte=viewer.level)
            return self.filter(sent).exclude(state=S.WITHDRAWN)
        seen = published() | self.inside(viewer)
        user = person(viewer)
        if user is not None:
            seen |= asked_along(user)
        return self.filter(seen)

    def asked_along_by(self, user: Any) -> Self:
        """Keep the items that are the person's own ask by the word of a room above."""
        return self.filter(asked_along(user))

    def seen_inside_by(self, viewer: Viewer) -> Self:
        """Return items whose inside `viewer` may see, open for reading."""
        return self.visible_to(viewer).filter(self.inside(viewer))

    def owned_by(self, user: Any) -> Self:
        """Return the submitter's own items, open for reading."""
        return self.visible_to(user).filter(self.mine(user))

    def published(self) -> Self:
        """Keep what everyone may read, whoever asks: the public list is the same for all."""
        return self.filter(published())

    def countable(self) -> Self:
        """Keep what public totals may count; to be read as the system, and shown from five on."""
        return self.filter(countable())

    def for_the_desk(self, user: Any) -> Self:
        """Keep what a member of staff works on: sent, seen inside, and not the person's own."""
        return self.filter(self.worked_on_by(user))

    def at_the_desk_of(self, user: Any) -> Self:
        """Return `visible_to(user).for_the_desk(user)`, open for reading, and asked once: whoever
        works on an item sees it, so that the longer question has the same answer."""
        found = self.for_the_desk(user)
        found._opened = f"visible_to:{type(user).__name__}"
        return found

    def in_state(self, *states: str) -> Self:
        """Keep the items in one of these states."""
        return self.filter(state__in=states)

    def open(self) -> Self:
        """Keep the items that the Office has still to answer."""
        return self.filter(state__in=OPEN)

    def due_within(self, day: Any) -> Self:
        """Keep the open items whose answer is due by `day` and whose clock runs; offers have none."""
        late = self.open().filter(answer_by__lte=day, paused_at__isnull=True)
        return late.exclude(action_asked__key=OFFER)

    def with_reference(self, text: str) -> Self:
        """Keep the item with this reference, in small or capital letters."""
        return self.filter(reference__iexact=text.strip())

    def joined_to(self, main: Any) -> Self:
        """Keep the items that are answered together with `main`, which says the same."""
        return self.filter(duplicate_of=main)

    def for_rows(self) -> Self:
        """Read what a row of the desk shows, and not the long texts."""
        joined = ("organization", "expert", "addressee", "action_asked", "owner")
        return self.select_related(*joined).only(*IN_ROWS)

    def to_take_up_within(self, day: Any) -> Self:
        """Keep the items without an owner that a person must have taken up by `day`."""
        return self.in_state(S.SUBMITTED).filter(acknowledge_by__lte=day)

    def most_urgent_first(self) -> Self:
        """Order by the day on which the answer is due."""
        return self.order_by("answer_by", "pk")

    def newest_first(self) -> Self:
        """Order by the day of publication, else of the draft."""
        return self.order_by("-published_at", "-created_at", "pk")

    def matching(self, text: str, *, senders: bool = False) -> Self:
        """Keep items with every word of `text` (any script, accents or not) in title or text, or
        with that reference; with `senders`, for staff only, also in the sender's name."""
        found = self
        for word in folded(text).split()[:8]:
            hit = Q(search_text__contains=word) | Q(reference=word.upper())
            if senders:
                hit |= Q(sender_text__contains=word)
            found = found.filter(hit)
        return found

    def counted(self, user: Any) -> dict[str, int]:
        """Return how many items each view of the desk that asks for work holds, in one query."""
        return (
            self.open()
            .order_by()
            .aggregate(
                unowned=Count("pk", filter=Q(state=S.SUBMITTED)),
                mine=Count("pk", filter=Q(owner_id=user.pk)),
                clear=Count("pk", filter=Q(state=S.TO_CLEAR)),
                open=Count("pk"),
            )
        )
