"""Rows of this room as the components of pages want them."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.web.templatetags.portal_tags import is_past, un_date
from organizations.countries import COUNTRIES, country_name
from recommendations.enums import LEVELS, MessageKind, Position, Side
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, DayChange, Message, ProgressReport, Recommendation
from recommendations.presenters import sender_line
from recommendations.transitions import RECOMMENDATION
from recommendations.views.clock import moved


def possible(item: Recommendation, user: Any) -> SimpleNamespace:
    """Return the steps that `user` may take now, by name.

    No dict: a template that asks a dict for "clear" calls its method of that name.
    """
    steps = RECOMMENDATION.available(item, user)
    return SimpleNamespace(**{step.name: step for step in steps})


def facts(item: Recommendation) -> list[dict[str, Any]]:
    """Return position and progress: two facts, never one."""
    return [
        {"label": _("Position of the Office"), "value": item.get_position_display()},
        {"label": _("Progress on the ground"), "value": item.get_progress_display()},
    ]


def chips(item: Recommendation) -> list[dict[str, Any]]:
    """Return what an item is about, as marks."""
    language = get_language() or "en"
    words = [_("Pillar %(numeral)s") % {"numeral": one.numeral} for one in item.pillars.all()]
    words += [one.translated() for one in item.topics.all()]
    if item.action_asked:
        words.append(item.action_asked.translated())
    if item.addressee:
        words.append(_("To: %(addressee)s") % {"addressee": item.addressee.translated()})
    words += [country_name(code, language) for code in item.countries if code in COUNTRIES]
    if item.place_as_stated:
        words.append(item.place_as_stated)
    return [{"label": word} for word in words]


def timeline(
    item: Recommendation,
    answers: Iterable[Answer],
    reports: Iterable[ProgressReport],
    messages: Iterable[Message] = (),
    changes: Iterable[DayChange] = (),
) -> list[dict[str, Any]]:
    """Return what happened, newest first, from what the reader may see. Names nobody."""
    events = [_event(item.submitted_at, _("Received."), S.SUBMITTED)] if item.submitted_at else []
    if item.assigned_at:
        events.append(_event(item.assigned_at, _("Taken up by the Office."), S.ASSIGNED))
    for one in answers:
        said = _("The Office answered: %(position)s.")
        events.append(_event(one.published_at, said % {"position": one.get_position_display()}))
    for report in reports:
        said = (
            _("Progress, as the Office sees it: %(progress)s. %(text)s")
            if report.side == Side.OFFICE
            else _("Progress, as the submitter sees it: %(progress)s. %(text)s")
        )
        shown = {"progress": report.get_progress_display(), "text": report.text}
        events.append(_event(report.reported_at, said % shown))
    asked = {
        MessageKind.QUESTION: _("The Office asked a question."),
        MessageKind.REPLY: _("The question was answered."),
        MessageKind.NOTE: _("The answer was given back inside the Office."),
    }
    events += [_event(one.written_at, asked[MessageKind(one.kind)]) for one in messages]
    events += [_event(at, sentence) for at, sentence in moved(changes)]
    return sorted(events, key=lambda event: event["at"], reverse=True)


def _event(at: Any, sentence: str, state: str = "") -> dict[str, Any]:
    event: dict[str, Any] = {"at": at, "sentence": sentence}
    if state:
        event["state"] = RECOMMENDATION.states[state]
    return event


def own_rows(items: Iterable[Recommendation]) -> list[dict[str, Any]]:
    """Return one's own items as rows of components/rows.html. No query."""
    return [
        {
            "url": item.get_absolute_url(),
            "sentence": item.headline(),
            "lang": item.language if item.title else "",
            "about": " · ".join(filter(None, [item.reference, item.sender_name()])),
            "due": item.moves_by,
            "state": item.state_label,
        }
        for item in items
    ]


def public_rows(items: Iterable[Recommendation]) -> list[dict[str, Any]]:
    """Return published items as rows of components/rows.html: names only where so chosen."""
    return [
        {
            "url": item.get_absolute_url(),
            "sentence": item.headline(),
            "lang": item.language,
            "about": " · ".join(
                filter(
                    None,
                    [
                        item.reference,
                        sender_line(item, inside=False),
                        item.get_position_display(),
                        item.get_progress_display(),
                    ],
                )
            ),
        }
        for item in items
    ]


def desk_rows(items: Iterable[Recommendation]) -> list[dict[str, Any]]:
    """Return items as rows of components/desk.html. No query: all is joined (`for_rows`)."""
    columns = [_("To"), _("State"), _("Position"), _("Owner"), _("Answer")]
    levels = {level.value: str(level.label) for level in LEVELS}
    positions = {value: str(label) for value, label in Position.choices}
    return [
        {
            "url": reverse("recommendations:item", args=[item.pk]),
            "title": item.headline(),
            "lang": item.language,
            "about": " · ".join(
                filter(None, [item.reference, item.sender_name(), levels[item.level]])
            ),
            "cells": [
                {"label": label, **cell}
                for label, cell in zip(columns, _cells(item, positions), strict=True)
            ],
        }
        for item in items
    ]


def _cells(item: Recommendation, positions: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"text": item.addressee and item.addressee.translated()},
        {"state": item.state_label},
        {"text": positions[item.position]},
        {"text": item.owner.display_name() if item.owner else "–"},
        _clock(item),
    ]


def _clock(item: Recommendation) -> dict[str, Any]:
    if item.is_offer:
        return {"text": _("an offer: none needed")}
    if item.paused_at is not None:
        return {"text": _("stands still")}
    if item.state == S.SUBMITTED and item.acknowledge_by:
        day = {"day": un_date(item.acknowledge_by)}
        return {"text": _("owner by %(day)s") % day, "late": is_past(item.acknowledge_by)}
    return {"due": item.moves_by}
