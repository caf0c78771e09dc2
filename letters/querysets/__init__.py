"""Reads of this room, chainable. Every read starts with `visible_to(viewer)`."""

from letters.querysets.batches import BatchLineQuerySet, BatchQuerySet
from letters.querysets.delivery import AskQuerySet, DeliveryStepQuerySet, ReplyQuerySet
from letters.querysets.drafts import (
    ApprovalQuerySet,
    CommentQuerySet,
    CorrectionQuerySet,
    LeadQuerySet,
    ReplacementQuerySet,
    RevisionQuerySet,
    TranslationQuerySet,
)
from letters.querysets.inviting import SignOnInvitationQuerySet, SignOnRequestQuerySet
from letters.querysets.letters import LetterQuerySet, RegisterQuerySet, carried
from letters.querysets.names import (
    MODES_OF_COPY,
    InvalidationQuerySet,
    ListVersionQuerySet,
    SignatoryQuerySet,
)
from letters.querysets.parts import (
    ForTheClockQuerySet,
    OfALetterQuerySet,
    SeenWithLetterQuerySet,
    belongs_to_network,
    signed,
)
from letters.querysets.unsealing import WAITS_FOR, UnsealingQuerySet

__all__ = [
    "MODES_OF_COPY",
    "WAITS_FOR",
    "ApprovalQuerySet",
    "AskQuerySet",
    "BatchLineQuerySet",
    "BatchQuerySet",
    "CommentQuerySet",
    "CorrectionQuerySet",
    "DeliveryStepQuerySet",
    "ForTheClockQuerySet",
    "InvalidationQuerySet",
    "LeadQuerySet",
    "LetterQuerySet",
    "ListVersionQuerySet",
    "OfALetterQuerySet",
    "RegisterQuerySet",
    "ReplacementQuerySet",
    "ReplyQuerySet",
    "RevisionQuerySet",
    "SeenWithLetterQuerySet",
    "SignOnInvitationQuerySet",
    "SignOnRequestQuerySet",
    "SignatoryQuerySet",
    "TranslationQuerySet",
    "UnsealingQuerySet",
    "belongs_to_network",
    "carried",
    "signed",
]
