"""The auditor's pages. Every look at the log is an event of the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.audit import presenting
from foundation.audit.forms import FilterForm
from foundation.audit.models import AuditEvent
from foundation.audit.querysets import matching, newest_id, seal_of
from foundation.audit.recording import record_read
from foundation.web.pagination import paginate
from foundation.web.policies import policy, staff
from foundation.web.shortcuts import get_visible_or_404, page

AUDITOR = policy(staff("auditor"))
PER_PAGE = 50


@dataclass(frozen=True)
class Shown:
    """An event with its words."""

    event: AuditEvent
    sentence: str
    actor: str


def shown(events: list[AuditEvent]) -> list[Shown]:
    """Return `events` in words, the actors named in one go."""
    names = presenting.actor_names(events)
    return [
        Shown(event, presenting.sentence(event), presenting.actor(event, names)) for event in events
    ]


@AUDITOR
@require_safe
def list_events(request: HttpRequest) -> HttpResponse:
    """Show events, filtered. The first page fixes the newest id, so that pages do not slide."""
    form = FilterForm(request.GET)
    valid = form.is_valid()
    asked = form.asked() if valid else {}
    up_to = _number(request.GET.get("up_to")) or newest_id()
    events = paginate(request, matching(asked, up_to) if valid else [], PER_PAGE)
    if "up_to" not in request.GET:
        events.query = f"{events.query}&up_to={up_to}".lstrip("&")  # type: ignore[attr-defined]
    record_read("audit.listed", AuditEvent, by=request.user, page=events.number, **asked)
    context: dict[str, Any] = {"form": form, "events": events, "asked": asked}
    context["rows"] = shown(list(events.object_list))
    return page(request, "audit/list.html", context)


@AUDITOR
@require_safe
def show_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one event with its facts and its seal."""
    event = get_visible_or_404(AuditEvent.objects.all(), pk=pk)
    record_read("audit.opened", event, by=request.user)
    (row,) = shown([event])
    crumbs = [{"label": _("Audit log"), "url": reverse("audit:list")}]
    crumbs.append({"label": _("Event %(id)s") % {"id": pk}, "url": ""})
    context = {"row": row, "event": event, "seal": seal_of(event), "crumbs": crumbs}
    return page(request, "audit/detail.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
