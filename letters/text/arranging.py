"""How the names under a letter are ordered and grouped in print. No database."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from letters.enums import Arrangement, Kind
from organizations.countries import country_name


@dataclass(frozen=True)
class Group:
    """A heading (may be empty) and the names under it, in printed order."""

    title: str
    names: Sequence[Any]
    kind: str = ""  # Kind.ORGANIZATION, Kind.INDIVIDUAL, "" where both stand together


def arrange(
    names: Iterable[Any], arrangement: str, grouped: bool = True, language: str = "en"
) -> list[Group]:
    """Return the names in groups; each name has `kind`, `principal`, `countries`, `display_line`
    and stands in entered order.

    `arrangement` is an Arrangement; with `grouped` they stand under headings: organizations and
    individuals, or by country where that is the order. Equal ones stay as they were entered.
    """
    ordered = _ordered(list(names), arrangement, language[:2])
    if not ordered:
        return []
    if not grouped:
        return [Group("", ordered)]
    if arrangement == Arrangement.COUNTRY:
        return _by_country(ordered, language[:2])
    organizations = [name for name in ordered if name.kind == Kind.ORGANIZATION]
    people = [name for name in ordered if name.kind == Kind.INDIVIDUAL]
    groups = [
        Group(
            _("Organizations (%(n)s)") % {"n": len(organizations)}, organizations, Kind.ORGANIZATION
        ),
        Group(_("Individuals (%(n)s)") % {"n": len(people)}, people, Kind.INDIVIDUAL),
    ]
    return [group for group in groups if group.names]


def _ordered(names: list[Any], arrangement: str, language: str) -> list[Any]:
    keys: dict[str, Callable[[Any], Any]] = {
        Arrangement.NAME: lambda name: _letters_of(name.principal),
        Arrangement.FIRST_WORD: lambda name: _letters_of(name.display_line()),
        Arrangement.KIND: lambda name: (
            name.kind != Kind.ORGANIZATION,
            _letters_of(name.principal),
        ),
        Arrangement.COUNTRY: lambda name: (
            not _country(name, language),
            _letters_of(_country(name, language)),
            _letters_of(name.principal),
        ),
    }
    return sorted(names, key=keys[arrangement]) if arrangement in keys else names


def _by_country(ordered: list[Any], language: str) -> list[Group]:
    """Return a group a country, named in the letter's language; those without one come last."""
    return [
        Group(country or "–", list(names))
        for country, names in groupby(ordered, key=lambda name: _country(name, language))
    ]


def _country(name: Any, language: str) -> str:
    return country_name(name.countries[0], language) if name.countries else ""


def _letters_of(text: str) -> tuple[str, str]:
    """Return what a text is sorted by: its letters without accents, quotes and case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in plain if c.isalnum() or c == " ")
    return kept.strip(), text
