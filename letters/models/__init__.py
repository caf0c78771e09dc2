"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked, steps that the Office took,
versions of the list."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.counts import LetterCount
from letters.models.holds import LegalHold
from letters.models.letters import Letter
from letters.models.lines import NamedLine, StillSealed, parts_of_expert, parts_of_organization
from letters.models.signatories import Signatory
from letters.models.steps import DeliveryStep
from letters.models.texts import TEXT_FIELDS, DraftedText, FrozenText, Revision
from letters.models.versions import ListVersion

__all__ = [
    "TEXT_FIELDS",
    "Ask",
    "BatchLine",
    "DeliveryStep",
    "DraftedText",
    "FrozenText",
    "LegalHold",
    "Letter",
    "LetterCount",
    "ListVersion",
    "NamedLine",
    "Revision",
    "Signatory",
    "SignatoryBatch",
    "StillSealed",
    "parts_of_expert",
    "parts_of_organization",
]
