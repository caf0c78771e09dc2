"""The line while it is being read."""

import re
from dataclasses import dataclass, field

from letters.signatories.places import Place
from letters.signatories.remarks import (
    CONTESTED,
    NO_COUNTRY,
    UNCLEAR_PLACE,
    Doubts,
)
from letters.signatories.result import Capacity, Kind, ParsedSignatory
from letters.signatories.text import is_chinese


@dataclass
class Draft:
    """Fields found so far, and the doubts about them."""

    kind: Kind = "organization"
    person: str = ""
    honorific: str = ""
    role: str = ""
    organization: str = ""
    acronym: str = ""
    place: Place | None = None
    capacity: Capacity = ""
    affiliation_only: bool = False
    doubts: Doubts = field(default_factory=Doubts)
    # Names behind which an acronym stood in parentheses: such a name has come to its end.
    closed: set[str] = field(default_factory=set)

    def add_role(self, text: str) -> None:
        """Set the role, or add to it after a comma."""
        self.role = f"{self.role}, {text}" if self.role else text

    def add_honorific(self, text: str) -> None:
        """Set the honorific, or add to it after a comma."""
        self.honorific = ", ".join(part for part in (self.honorific, text) if part)

    def add_place(self, place: Place) -> None:
        """Set the place, or put a nearer one before it ("Garissa" before "Kenya")."""
        if self.place is None:
            self.place = place
            return
        codes = self.place.countries or place.countries
        words = f"{place.words}, {self.place.words}"
        rank = place.rank if place.rank != "country" else self.place.rank
        self.place = Place(tuple(dict.fromkeys(codes)), words, rank)

    def finished(self, raw: str) -> ParsedSignatory:
        """Return the signatory."""
        return ParsedSignatory(
            raw=raw,
            kind=self.kind,
            person=_tidy(self.person),
            honorific=_tidy(self.honorific),
            role=_tidy(self.role),
            organization=_wide(_tidy(self.organization), raw),
            acronym=_tidy(self.acronym),
            countries=self.place.countries if self.place else (),
            place_as_stated=_tidy(self.place.stated) if self.place else "",
            confidence=round(self.doubts.ceiling, 2),
            notes=tuple(self.doubts.remarks),
            capacity=self.capacity,
            affiliation_only=self.affiliation_only,
        )

    def judge_place(self) -> None:
        """Note what the place leaves in doubt."""
        if self.place is None:
            self.doubts.note(NO_COUNTRY, 0.75)
        elif self.place.rank == "contested":
            self.doubts.note(CONTESTED, 0.65)
        elif re.fullmatch(r"[A-Z]{2}", self.place.words) and self.place.words not in ("UK", "US"):
            self.doubts.note(UNCLEAR_PLACE, 0.65)


def _wide(text: str, raw: str) -> str:
    """Return Chinese words with the wide parentheses that were printed."""
    if "（" not in raw or not is_chinese(text):
        return text
    return re.sub(r"\s*\(", "（", text).replace(")", "）")


def _tidy(text: str) -> str:
    spaced = re.sub(r"(?<=[a-zà-ÿ])\s*&\s*(?=[^\W\d_])", " & ", text)
    spaced = re.sub(r"(?<=[^\W\d_])&\s+|\s+&(?=[^\W\d_])", " & ", spaced)
    spaced = " ".join(spaced.split())
    spaced = spaced.strip(" ,;:|–—")
    spaced = re.sub(r"^-\s+|\s+-$", "", spaced)
    return spaced[:-1] if spaced.endswith(")") and "(" not in spaced else spaced
