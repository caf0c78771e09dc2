"""The tables of this room."""

from recommendations.models.answers import (
    Answer,
    DayChange,
    Message,
    NamedReader,
    ProgressReport,
)
from recommendations.models.links import SenderLink
from recommendations.models.recommendations import Recommendation, recommendation_reference
from recommendations.models.taxonomies import ActionAsked, Addressee, RefusalReason, Topic

__all__ = [
    "ActionAsked",
    "Addressee",
    "Answer",
    "DayChange",
    "Message",
    "NamedReader",
    "ProgressReport",
    "Recommendation",
    "RefusalReason",
    "SenderLink",
    "Topic",
    "recommendation_reference",
]
