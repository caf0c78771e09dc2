"""Answers, questions and replies, reports, moved days: seen with their item, some only inside."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer
from recommendations.enums import MessageKind, Side
from recommendations.querysets.parts import AboutRecommendationQuerySet, recommendations


class AnswerQuerySet(AboutRecommendationQuerySet):
    """Answers."""

    def restrict(self, viewer: Viewer) -> Self:
        """Published answers are seen with their item; drafts by the officers who work on it."""
        if isinstance(viewer, SystemActor):
            return self.all()
        out = Q(published_at__isnull=False) & self._of_visible(viewer)
        return self.filter(out | self._of_office(viewer))

    def standing(self) -> Self:
        """Keep the answers that went out, newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at")

    def in_work(self) -> Self:
        """Keep the answers that did not go out yet: one an item at most."""
        return self.filter(published_at__isnull=True)


class MessageQuerySet(AboutRecommendationQuerySet):
    """Questions, replies and notes."""

    def restrict(self, viewer: Viewer) -> Self:
        """Questions and replies are seen by both sides; notes by the Office; none by the public."""
        if isinstance(viewer, SystemActor):
            return self.all()
        both = super().restrict(viewer)
        return both.filter(~Q(kind=MessageKind.NOTE) | self._of_office(viewer))

    def in_order(self) -> Self:
        """Order as they were written."""
        return self.order_by("written_at", "pk")


class ProgressReportQuerySet(AboutRecommendationQuerySet):
    """Reports on progress."""

    def restrict(self, viewer: Viewer) -> Self:
        """Reports of the Office are seen with their item; the submitter's own by both sides."""
        if isinstance(viewer, SystemActor):
            return self.all()
        inside = recommendations().seen_inside_by(viewer)
        seen = Q(side=Side.OFFICE) & self._of_visible(viewer)
        seen |= Q(Exists(inside.filter(pk=OuterRef("recommendation_id"))))
        return self.filter(seen)

    def newest_first(self) -> Self:
        """Order by the moment of writing."""
        return self.order_by("-reported_at", "pk")


class DayChangeQuerySet(AboutRecommendationQuerySet):
    """Moves of the day of an answer: seen by who sees the item's inside, never by the public."""

    def newest_first(self) -> Self:
        """Order by the moment of the change."""
        return self.order_by("-changed_at", "pk")
