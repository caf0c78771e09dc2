"""The Member States and observer States of the United Nations under their UN names.

The data lie in ``data/countries.json``; ``data/README.md`` says where each column comes from and
which could not be checked. The names are those of the United Nations, not those of CLDR or ISO:
papers of the Office print "Türkiye", "Viet Nam" and "Bolivia (Plurinational State of)". What a
person wrote in a letter ("USA", "Kosovo", "Latin America") is kept as that person wrote it,
elsewhere; this module does not guess.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The official languages, in the order of the English alphabet's UN lists."""


class RegionalGroup(StrEnum):
    """The groups of the General Assembly, by the name that its Department uses."""

    AFRICAN = "african"
    ASIA_PACIFIC = "asia-pacific"
    EASTERN_EUROPEAN = "eastern-european"
    LATIN_AMERICAN_AND_CARIBBEAN = "latin-american-and-caribbean"
    WESTERN_EUROPEAN_AND_OTHERS = "western-european-and-others"
    NONE = ""

    @property
    def label(self) -> str:
        """The group's name in the language of the reader."""
        return str(_GROUP_LABELS[self])


_GROUP_LABELS = {
    RegionalGroup.AFRICAN: _("African States"),
    RegionalGroup.ASIA_PACIFIC: _("Asia-Pacific States"),
    RegionalGroup.EASTERN_EUROPEAN: _("Eastern European States"),
    RegionalGroup.LATIN_AMERICAN_AND_CARIBBEAN: _("Latin American and Caribbean States"),
    RegionalGroup.WESTERN_EUROPEAN_AND_OTHERS: _("Western European and other States"),
    RegionalGroup.NONE: _("No regional group"),
}

# The data name the M49 regions in English; this is their name for the reader.
M49_NAMES = {
    "Africa": _("Africa"),
    "Americas": _("Americas"),
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "Oceania": _("Oceania"),
    "Australia and New Zealand": _("Australia and New Zealand"),
    "Caribbean": _("Caribbean"),
    "Central America": _("Central America"),
    "Central Asia": _("Central Asia"),
    "Eastern Africa": _("Eastern Africa"),
    "Eastern Asia": _("Eastern Asia"),
    "Eastern Europe": _("Eastern Europe"),
    "Latin America and the Caribbean": _("Latin America and the Caribbean"),
    "Melanesia": _("Melanesia"),
    "Micronesia": _("Micronesia"),
    "Middle Africa": _("Middle Africa"),
    "Northern Africa": _("Northern Africa"),
    "Northern America": _("Northern America"),
    "Northern Europe": _("Northern Europe"),
    "Polynesia": _("Polynesia"),
    "South America": _("South America"),
    "South-eastern Asia": _("South-eastern Asia"),
    "Southern Africa": _("Southern Africa"),
    "Southern Asia": _("Southern Asia"),
    "Southern Europe": _("Southern Europe"),
    "Sub-Saharan Africa": _("Sub-Saharan Africa"),
    "Western Africa": _("Western Africa"),
    "Western Asia": _("Western Asia"),
    "Western Europe": _("Western Europe"),
}


@dataclass(frozen=True, slots=True)
class Country:
    """One Member State or observer State.

    ``alpha2`` and ``alpha3`` are those of ISO 3166-1; ``m49`` has three digits and is text
    ("004"). ``names`` has exactly the six keys of ``LANGUAGES``. ``intermediate`` is the M49
    intermediate region, which only some sub-regions have (else ""). ``group_note`` says in
    English what is special about the membership of a group (else ""). ``ldc``, ``lldc`` and
    ``sids`` are the lists of the least developed countries, the landlocked developing countries
    and the small island developing States.
    """

    alpha2: str
    alpha3: str
    m49: str
    names: Mapping[str, str]
    region: str
    subregion: str
    intermediate: str
    group: RegionalGroup
    group_note: str
    observer: bool
    ldc: bool
    lldc: bool
    sids: bool

    def name(self, language: str = "en") -> str:
        """The UN's short name in ``language`` ("es", also "es-mx"); English for any other one."""
        return self.names.get(language.lower().partition("-")[0], self.names["en"])


def _load() -> Mapping[str, Country]:
    text = (Path(__file__).parent / "data" / "countries.json").read_text(encoding="utf-8")
    return MappingProxyType(
        {alpha2: _country(alpha2, row) for alpha2, row in json.loads(text).items()}
    )


def _country(alpha2: str, row: dict) -> Country:
    names = MappingProxyType({language: row["names"][language] for language in LANGUAGES})
    fields = {**row, "names": names, "group": RegionalGroup(row["group"])}
    return Country(alpha2=alpha2, **fields)


COUNTRIES: Mapping[str, Country] = _load()
"""193 Member States and 2 observer States by ISO alpha-2, in the order of that code."""


def country_name(alpha2: str, language: str = "en") -> str:
    """The UN's short name of the country ``alpha2`` ("BO") in ``language``.

    Raises KeyError for a code that is no Member State and no observer State.
    """
    return COUNTRIES[alpha2].name(language)


@lru_cache(maxsize=16)
@lru_cache
def country_choices(language: str = "en") -> tuple[tuple[str, str], ...]:
    """Pairs (alpha-2, name) for a form field, sorted by name as a reader of ``language`` expects.

    Accents and case do not count. Chinese names come in the order of their characters' code
    points, since neither pinyin nor strokes can be told without a further library.
    """
    named = ((country.alpha2, country.name(language)) for country in COUNTRIES.values())
    return tuple(sorted(named, key=lambda pair: _sort_key(pair[1])))


def _sort_key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
