"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked, versions of the list."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.letters import FrozenText, Letter
from letters.models.signatories import (
    NamedLine,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)
from letters.models.versions import ListVersion

__all__ = [
    "Ask",
    "BatchLine",
    "FrozenText",
    "Letter",
    "ListVersion",
    "NamedLine",
    "Signatory",
    "SignatoryBatch",
    "parts_of_expert",
    "parts_of_organization",
]
