"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.letters import FrozenText, Letter
from letters.models.lines import NamedLine, StillSealed, parts_of_expert, parts_of_organization
from letters.models.signatories import Signatory

__all__ = [
    "Ask",
    "BatchLine",
    "FrozenText",
    "Letter",
    "NamedLine",
    "Signatory",
    "SignatoryBatch",
    "StillSealed",
    "parts_of_expert",
    "parts_of_organization",
]
