"""What the parser hands out."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["organization", "individual"]
Capacity = Literal["", "institutional", "personal"]
# What `as_dict` leaves out: its keys are agreed with those who read them elsewhere.
_NOT_AGREED = frozenset({"capacity", "affiliation_only"})


@dataclass(frozen=True)
class ParsedSignatory:
    """One signatory line, as printed (`raw`) and as understood.

    `kind` says what the line begins with. `countries` are ISO alpha-2 codes of Member and observer
    States; `place_as_stated` holds the printed words of a place that is more or less than one.
    `confidence` is 0 to 1: below 0.7 a person should look. `notes` are sentences of `remarks.py`.
    `capacity` is what the line or the heading above it says, "" when neither says anything;
    `affiliation_only`: the organization is printed for identification, it does not sign.
    """

    raw: str
    kind: Kind
    person: str = ""
    honorific: str = ""
    role: str = ""
    organization: str = ""
    acronym: str = ""
    countries: tuple[str, ...] = ()
    place_as_stated: str = ""
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    capacity: Capacity = ""
    affiliation_only: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the agreed fields as JSON knows them: lists for tuples."""
        fields = {k: v for k, v in asdict(self).items() if k not in _NOT_AGREED}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}


@dataclass(frozen=True)
class LeftOut:
    """A line of a list that is no signatory, and why."""

    line: str
    reason: str


@dataclass(frozen=True)
class Explanation:
    """Everything that a list holds: its signatories and the lines left out of it."""

    signatories: tuple[ParsedSignatory, ...]
    left_out: tuple[LeftOut, ...]
