"""Reads of this room, chainable. Every read starts with `visible_to(viewer)`."""

from recommendations.querysets.answers import (
    AnswerQuerySet,
    DayChangeQuerySet,
    MessageQuerySet,
    ProgressReportQuerySet,
)
from recommendations.querysets.links import (
    SenderLinkQuerySet,
)
from recommendations.querysets.parts import (
    AboutRecommendationQuerySet,
)
from recommendations.querysets.recommendations import (
    ALSO_SEEN,
    RecommendationQuerySet,
    also_seen_by,
    countable,
    published,
)

__all__ = [
    "ALSO_SEEN",
    "AboutRecommendationQuerySet",
    "AnswerQuerySet",
    "DayChangeQuerySet",
    "MessageQuerySet",
    "ProgressReportQuerySet",
    "RecommendationQuerySet",
    "SenderLinkQuerySet",
    "also_seen_by",
    "countable",
    "published",
]
