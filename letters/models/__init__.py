"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked, steps that the Office took,
versions of the list."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.comments import Comment
from letters.models.corrections import Correction, Translation
from letters.models.counts import LetterCount
from letters.models.holds import LegalHold
from letters.models.invalidations import Invalidation
from letters.models.invitations import NoReminder, Reminder, SignOnInvitation
from letters.models.leads import Approval, LeadReplacement, LetterLead
from letters.models.letters import Letter
from letters.models.lines import NamedLine, StillSealed, parts_of_expert, parts_of_organization
from letters.models.replies import Reply
from letters.models.requests import SignOnRequest
from letters.models.signatories import Signatory
from letters.models.steps import DeliveryStep
from letters.models.texts import TEXT_FIELDS, DraftedText, FrozenText, Revision
from letters.models.unsealing import Unsealing
from letters.models.versions import ListVersion

__all__ = [
    "TEXT_FIELDS",
    "Approval",
    "Ask",
    "BatchLine",
    "Comment",
    "Correction",
    "DeliveryStep",
    "DraftedText",
    "FrozenText",
    "Invalidation",
    "LeadReplacement",
    "LegalHold",
    "Letter",
    "LetterCount",
    "LetterLead",
    "ListVersion",
    "NamedLine",
    "NoReminder",
    "Reminder",
    "Reply",
    "Revision",
    "SignOnInvitation",
    "SignOnRequest",
    "Signatory",
    "SignatoryBatch",
    "StillSealed",
    "Translation",
    "Unsealing",
    "parts_of_expert",
    "parts_of_organization",
]
