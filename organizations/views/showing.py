"""Rows of this room as the components of pages want them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organizations.countries import COUNTRIES, country_name
from organizations.enums import RegistrationState as S
from organizations.forms.fields import LEVEL_CHOICES
from organizations.models import Expert, Organization, Registration

STEPS = ("visibility", "names", "work", "papers", "review")


def step_labels() -> dict[str, str]:
    """Return the short names of the steps of a registration."""
    return {
        "visibility": _("Who may see it"),
        "names": _("Who you are"),
        "work": _("Where you work"),
        "papers": _("Papers"),
        "review": _("Look through and send"),
    }


def steps(entry: Registration | None, here: str) -> list[dict[str, Any]]:
    """Return the way through the pages of a registration, `here` being the present one."""
    labels = step_labels()
    at = STEPS.index(here)
    return [
        {"label": labels[name], "place": "done" if index < at else "here" if index == at else ""}
        for index, name in enumerate(STEPS)
    ]


def way(entry: Registration) -> list[dict[str, Any]]:
    """Return where an entry stands, with its clock: sent, looked at, decided."""
    decided = {"label": _("Decision"), "place": "", "due": entry.decide_by}
    looked = {"label": _("Looked at by an officer"), "place": "here"}
    if entry.state == S.DRAFT:
        looked["place"] = ""
        return [
            {"label": _("Being written"), "place": "here", "note": _("Only you see it")},
            {"label": _("Sent"), "place": ""},
            looked,
            decided,
        ]
    sent = {"label": _("Received"), "place": "done", "at": entry.submitted_at}
    if entry.state == S.MORE_INFORMATION:
        looked |= {"label": _("Waiting for you"), "note": _("The clock of the Office stands still")}
        decided["due"] = None
    elif entry.state == S.APPEALED:
        looked |= {
            "label": _("Appeal looked at"),
            "note": _("by somebody who did not decide before"),
        }
    elif entry.state != S.SUBMITTED:
        looked["place"] = "done"
        decided |= {"label": entry.labels.public, "at": entry.decided_at, "due": None}
        decided["place"] = "stopped" if entry.state in (S.REFUSED, S.ARCHIVED) else "done"
        if entry.state == S.EXPIRED:
            decided["place"] = "here"
        if entry.valid_until and entry.state == S.VETTED:
            ends = {"label": _("Ends"), "place": "", "at": entry.valid_until}
            return [sent, looked, decided, ends]
    return [sent, looked, decided]


def previews(entry: Registration | None = None) -> list[dict[str, Any]]:
    """Return what each audience will see, one entry per level, for components/preview.html."""
    name = (entry and entry.printed_name()) or _("your name")
    country = (entry and entry.printed_country(get_language() or "en")) or _("your country")
    nothing = _("The public and other organizations: nothing.")
    network = _("Coordinators of a network whose membership you confirm: %(name)s.") % {
        "name": name
    }
    shown = {"name": name, "country": country}
    texts = (
        [nothing, network, _("Staff of the Office: all that you write here, and your papers.")],
        [
            _("The public and other organizations: %(name)s, %(country)s – once vetted.") % shown,
            network,
            _("Staff of the Office: all that you write here, and your papers."),
            _("Papers, members and decisions: never public."),
        ],
        [
            nothing,
            network,
            _("Other staff of the Office: nothing."),
            _("The head of section and the officers named: all that you write here."),
        ],
    )
    return [
        {
            "level": level.value,
            "when": f"level={level.value}",
            "choice": str(words).partition("\n")[0],
            "text": " ".join(lines),
        }
        for (level, words), lines in zip(LEVEL_CHOICES, texts, strict=True)
    ]


def answers(entry: Registration) -> list[dict[str, Any]]:
    """Return everything an entry says, for components/answers.html. Six queries at most."""
    rows = [
        _answer(_("Who may see it"), entry.get_level_display()),
        _answer(_("Name"), entry.name, entry.name_language),
        *(_answer(_("Also"), other["name"], other["language"]) for other in entry.other_names),
    ]
    rows += _of_organization(entry) if isinstance(entry, Organization) else _of_expert(entry)
    rows += [
        _answer(_("Place in your own words"), entry.place_as_stated),
        _answer(_("Languages"), _labels(entry, "languages")),
        _answer(_("Pillars"), ", ".join(pillar.numeral for pillar in entry.pillars.all())),
        _answer(_("Web site"), entry.website),
        _answer(_("What you do"), entry.about),
    ]
    return rows


def _of_organization(entry: Organization) -> list[dict[str, Any]]:
    registered = _countries([entry.country_of_registration])
    if entry.without_papers:
        registered = ", ".join(filter(None, [registered, _("no papers can be shown")]))
    return [
        _answer(_("Acronym"), entry.acronym),
        _answer(_("Kind"), ", ".join(kind.translated() for kind in entry.kinds.all())),
        _answer(_("Country of registration"), registered),
        _answer(_("Countries of work"), _countries(entry.countries_of_work)),
        _answer(_("Scope"), entry.get_scope_display()),
        _answer(_("ECOSOC status"), entry.get_ecosoc_status_display()),
    ]


def _of_expert(entry: Registration) -> list[dict[str, Any]]:
    return [
        _answer(_("Title or work"), getattr(entry, "title", "")),
        _answer(_("Country"), entry.printed_country(get_language() or "en")),
    ]


def _answer(label: str, value: Any, lang: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "lang": lang}


def _labels(entry: Registration, name: str) -> str:
    choices = dict(entry._meta.get_field(name).base_field.choices)  # type: ignore[union-attr]
    return ", ".join(str(choices.get(value, value)) for value in getattr(entry, name))


def _countries(codes: Iterable[str]) -> str:
    language = get_language() or "en"
    return ", ".join(country_name(code, language) for code in codes if code in COUNTRIES)


def desk_rows(entries: Iterable[Registration]) -> list[dict[str, Any]]:
    """Return entries as rows of components/desk.html. No query."""
    return [
        {
            "url": reverse("organizations:item", args=[entry.pk]),
            "title": entry.printed_name(),
            "lang": entry.name_language,
            "about": " · ".join(filter(None, [entry.reference, entry.get_level_display()])),
            "cells": [
                {"label": _("Country"), "text": entry.printed_country(get_language() or "en")},
                {"label": _("State"), "state": entry.labels},
                {"label": _("Decide by"), "due": entry.decide_by},
                {"label": _("Vetted until"), "text": _until(entry)},
            ],
        }
        for entry in entries
    ]


def _until(entry: Registration) -> str:
    from django.utils.formats import date_format

    return date_format(entry.valid_until, "j M Y") if entry.valid_until else ""


def own_rows(entries: Iterable[Registration]) -> list[dict[str, Any]]:
    """Return one's own entries as rows of components/rows.html. No query."""
    return [
        {
            "url": entry.get_absolute_url(),
            "sentence": entry.printed_name() or _("Registration without a name yet"),
            "lang": entry.name_language,
            "about": entry.reference
            + (" · " + _("independent expert") if isinstance(entry, Expert) else ""),
            "due": entry.decide_by if entry.state in (S.SUBMITTED, S.APPEALED) else None,
            "state": entry.labels,
        }
        for entry in entries
    ]
