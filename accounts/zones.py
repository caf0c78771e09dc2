"""Time zones to choose from, by region: the places of the IANA table `zone.tab`, no aliases."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

REGIONS = {
    "Africa": _("Africa"),
    "America": _("Americas"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}


@cache
def places() -> dict[str, list[str]]:
    """Return the zone names by region ("Africa" → ["Africa/Abidjan", …]), sorted."""
    table = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8")
    names = sorted(line.split("\t")[2] for line in table.splitlines() if line[:1] not in ("", "#"))
    return {region: [name for name in names if name.startswith(f"{region}/")] for region in REGIONS}


def zone_choices(present: str = "UTC") -> list[tuple[Any, Any]]:
    """Return the choices of a select, in groups; `present` is among them even if it is an alias."""
    groups: list[tuple[Any, Any]] = [("UTC", _("UTC (coordinated universal time)"))]
    known = {"UTC"}
    for region, names in places().items():
        groups.append((REGIONS[region], [(name, place(name)) for name in names]))
        known.update(names)
    if present not in known:
        groups.insert(1, (present, place(present)))
    return groups


def place(name: str) -> str:
    """Return "Argentina, Buenos Aires" for "America/Argentina/Buenos_Aires"."""
    return ", ".join(name.replace("_", " ").split("/")[1:]) or name
