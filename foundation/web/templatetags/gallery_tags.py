"""Invented examples for the gallery of components (`templates/components/gallery.html`)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.workflow import State

register = template.Library()

WAIT = State(_("In triage"), _("Received"), "wait")
WORK = State(_("Under consideration"), _("At work"), "work")
YES = State(_("Answered"), _("Answered"), "yes")
NO = State(_("Not accepted"), _("Not accepted"), "no")
STATES = (WAIT, WORK, YES, NO)
LEVELS = (
    ("10", _("Everyone\nOn this page and in the letter")),
    (
        "30",
        _("The Office, not the public\nIn the Office's copy; the public copy does not name you"),
    ),
    ("40", _("Named officers only\nEach time somebody looks, it is recorded")),
)
KINDS = [(str(n), word) for n, word in enumerate(("Community-based", "National", "Network", "Youth-led", "Women-led", "Faith-based", "Academic", "Media"))]  # fmt: skip


class ExampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Name of the organization"), help_text=_("As it signs letters."))
    email = forms.EmailField(label=_("E-mail address"))
    country = forms.ChoiceField(
        label=_("Country of registration"), choices=[("", "—"), ("KE", "Kenya"), ("ML", "Mali")]
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds (several may apply)"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(
        label=_("What you do"), max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )
    paper = forms.FileField(
        label=_("A paper"),
        required=False,
        help_text=_("PDF, ODT, DOCX, PNG or JPEG; at most 10 MB."),
    )
    mandate = forms.BooleanField(label=_("I have the mandate to act for the organization."))


class WhoForm(forms.Form):
    """The question that is asked first."""

    level = forms.ChoiceField(
        label=_("Who may see that you signed?"), choices=LEVELS, widget=forms.RadioSelect
    )


@register.simple_tag
def gallery_examples() -> dict[str, Any]:
    """Return the context of all components of the gallery; every name in it is invented."""
    now, today = timezone.now(), timezone.localdate()
    pages = Paginator(range(240), 20).page(5)
    pages.query = "country=KE"  # type: ignore[attr-defined]
    return {
        "states": STATES,
        "form": ExampleForm(),
        "bad_form": ExampleForm(
            {"name": "", "email": "nobody", "text": "Legal aid in three towns."}
        ),
        "who": WhoForm(initial={"level": "10"})["level"],
        "steps": _steps(now, today),
        "facts": [
            {"label": _("Position of the Office"), "value": _("Pending")},
            {"label": _("Progress on the ground"), "value": _("Not started")},
            {"label": _("Your own assessment"), "value": _("Say what you see"), "url": "#"},
        ],
        "answers": [
            {"label": _("Name"), "value": "جمعية بيت السلام", "lang": "ar"},
            {"label": _("Acronym"), "value": ""},
            {"label": _("Countries of work"), "value": "Mali, Niger"},
        ],
        "columns": [_("Ask and sender"), _("Country"), _("State"), _("Answer")],
        "rows": _rows(today),
        "views": [
            {"label": _("Mine and open"), "url": "#", "count": 14, "current": False},
            {"label": _("Not assigned"), "url": "#", "count": 61, "current": True},
            {"label": _("Due this week"), "url": "#", "count": 9, "current": False},
            {"label": _("All"), "url": "#", "count": None, "current": False},
        ],
        "chips": [
            {"label": _("Pillar: IV"), "url": "#", "on": True, "remove": _("Remove: Pillar IV")},
            {"label": _("Language: any"), "url": "#"},
            {"label": "Kenya"},
        ],
        "previews": [
            {
                "text": "Centre for Open Valleys (COV), Kenya",
                "when": "level=10",
                "choice": _("Everyone"),
            },
            {
                "text": _("One organization, not named in public"),
                "when": "level=30",
                "choice": _("The Office"),
            },
            {"text": _("Not printed"), "when": "level=40", "choice": _("Named officers")},
        ],
        "people": [
            {"text": "Centre for Open Valleys (COV), Kenya", "lang": "en"},
            {"text": "Réseau des femmes du fleuve, Mali", "lang": "fr"},
            {"text": "جمعية بيت السلام، تونس", "lang": "ar"},
            {
                "text": "Dr. Ilse Brandner, Senior Lecturer, University of Aldern, Germany",
                "lang": "en",
            },
        ],
        "waiting": [
            {
                "sentence": _("Decide about Réseau des femmes du fleuve"),
                "url": "#",
                "state": WAIT,
                "due": today + dt.timedelta(days=3),
                "about": _("Registered on paper, two evidence files"),
            },
            {
                "sentence": _("Review 4 doubtful lines of a letter"),
                "url": "#",
                "state": WORK,
                "due": today - dt.timedelta(days=2),
            },
        ],
        "events": [
            {
                "at": now - dt.timedelta(days=1),
                "sentence": _("Taken up by the country unit."),
                "state": WORK,
            },
            {
                "at": now - dt.timedelta(days=4),
                "sentence": _("Received. A receipt went to you."),
                "state": WAIT,
            },
        ],
        "page": pages,
        "soon": now + dt.timedelta(days=4, hours=2),
        "fixed_at": now - dt.timedelta(days=9),
        "crumbs": [{"label": _("Letters"), "url": "#"}, {"label": "LTR-2026-7K3QXP"}],
        "lines": [_("38 people and organizations have signed it."), _("Each of them is told.")],
    }


def _steps(now: dt.datetime, today: dt.date) -> list[dict[str, Any]]:
    return [
        {"label": _("Received"), "place": "done", "at": now - dt.timedelta(days=4)},
        {"label": _("In triage"), "place": "done", "at": now - dt.timedelta(days=1)},
        {"label": _("Under consideration"), "place": "here", "note": _("with the country unit")},
        {"label": _("Answer"), "place": "next", "due": today + dt.timedelta(days=17)},
        {"label": _("Follow-up"), "place": "next"},
    ]


def _rows(today: dt.date) -> list[dict[str, Any]]:
    asks = (
        ("Fund small community groups directly, without matching funds", "", "Mali", WAIT, -3),
        ("Meet independent organizations, in private, on every country visit", "", "All", WORK, 17),
        ("إشراك منظمات الضحايا في مراجعة التشريعات", "ar", "Tunisia", WAIT, 19),
        ("Publish the calendar of country visits six months ahead", "", "All", NO, 0),
    )
    return [
        {
            "title": title, "url": "#", "lang": lang, "value": number, "selected": number == 1,
            "about": f"REC-2026-7K3QX{number}",
            "cells": [
                {"text": country, "label": _("Country")},
                {"state": state},
                {"due": today + dt.timedelta(days=days)} if days else {"text": _("answered")},
            ],
        }
        for number, (title, lang, country, state, days) in enumerate(asks)
    ]  # fmt: skip
