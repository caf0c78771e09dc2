"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.counts import LetterCount
from letters.models.holds import LegalHold
from letters.models.letters import FrozenText, Letter
from letters.models.signatories import (
    NamedLine,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)

__all__ = [
    "Ask",
    "BatchLine",
    "FrozenText",
    "LegalHold",
    "Letter",
    "LetterCount",
    "NamedLine",
    "Signatory",
    "SignatoryBatch",
    "parts_of_expert",
    "parts_of_organization",
]
