"""The tables of this room: letters and their frozen texts, names under them, pasted batches,
asks that were marked, steps that the Office took."""

from letters.models.asks import Ask
from letters.models.batches import BatchLine, SignatoryBatch
from letters.models.letters import FrozenText, Letter
from letters.models.signatories import (
    NamedLine,
    Signatory,
    parts_of_expert,
    parts_of_organization,
)
from letters.models.steps import DeliveryStep

__all__ = [
    "Ask",
    "BatchLine",
    "DeliveryStep",
    "FrozenText",
    "Letter",
    "NamedLine",
    "Signatory",
    "SignatoryBatch",
    "parts_of_expert",
    "parts_of_organization",
]
