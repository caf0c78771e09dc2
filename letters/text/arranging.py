"""How the names under a letter are ordered and grouped in print. No database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from letters.enums import Arrangement, Kind


@dataclass(frozen=True)
class Group:
    """A heading (may be empty) and the names under it, in printed order."""

    title: str
    names: Sequence[Any]
    kind: str = ""  # Kind.ORGANIZATION, Kind.INDIVIDUAL, "" where both stand together


def arrange(names: Iterable[Any], arrangement: str) -> list[Group]:
    """Return the names in groups; each name has `kind`, `principal` and stands in entered order.

    Grouped: organizations, then individuals, each by the first printed word of its name. As
    printed: one group in the order given.
    """
    names = list(names)
    if arrangement == Arrangement.AS_PRINTED:
        return [Group("", names)] if names else []
    organizations = sorted((n for n in names if n.kind == Kind.ORGANIZATION), key=_by_name)
    people = sorted((n for n in names if n.kind == Kind.INDIVIDUAL), key=_by_name)
    groups = [
        Group(
            _("Organizations (%(n)s)") % {"n": len(organizations)}, organizations, Kind.ORGANIZATION
        ),
        Group(_("Individuals (%(n)s)") % {"n": len(people)}, people, Kind.INDIVIDUAL),
    ]
    return [group for group in groups if group.names]


def _by_name(name: Any) -> tuple[str, str]:
    """Return what a name is sorted by: its letters without accents, quotes and case."""
    plain = unicodedata.normalize("NFKD", name.principal).casefold()
    kept = "".join(c for c in plain if c.isalnum() or c == " ")
    return kept.strip(), name.principal
