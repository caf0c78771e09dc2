"""Lists and the page of one item: for the public, for the submitter, for the Office."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.web.pagination import paginate
from foundation.web.policies import public
from foundation.web.shortcuts import page
from recommendations.enums import RecommendationState as S
from recommendations.forms import PublicFilter
from recommendations.models import Answer, DayChange, Message, ProgressReport, Recommendation
from recommendations.presenters import sender_line
from recommendations.rules import answers_for_others, hats_of, is_member, may_look_into, missing
from recommendations.views.clock import way, where_it_stands
from recommendations.views.desk import desk
from recommendations.views.parts import visible_item
from recommendations.views.showing import (
    chips,
    facts,
    own_rows,
    possible,
    public_rows,
    timeline,
)


@public("strangers are shown what is published; people their own; the Office its desk")
@require_safe
def list_recommendations(request: HttpRequest) -> HttpResponse:
    """The desk for the Office's staff, one's own for people, the public page for everyone else."""
    if not request.user.is_authenticated:
        return _published(request)
    if request.user.is_office:
        return desk(request)
    mine = Recommendation.objects.owned_by(request.user)
    shown = paginate(request, mine.select_related("organization", "expert").newest_first())
    context = {"page": shown, "rows": own_rows(shown), "may_begin": bool(hats_of(request.user))}
    return page(request, "recommendations/mine.html", context)


@public("answered items that are public by choice are for everyone")
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """What was asked and what was answered, as everyone may read it."""
    return _published(request)


def _published(request: HttpRequest) -> HttpResponse:
    seen = Recommendation.objects.visible_to(request.user).published()
    found = PublicFilter(request.GET or None, queryset=seen)
    items = found.qs if found.is_valid() else seen
    shown = paginate(request, items.select_related("organization", "expert").newest_first())
    context = {
        "filter": found,
        "narrowed": any(value for name, value in request.GET.items() if name not in ("q", "page")),
        "page": shown,
        "rows": public_rows(shown),
        "count": shown.paginator.count,
    }
    return page(request, "recommendations/published.html", context)


@public("answered items that are public by choice are for everyone; others get 404")
@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One item: the submitter's own page; the Office is sent to its desk; else the public page."""
    item = visible_item(request, pk)
    if request.user.is_authenticated and may_look_into(request.user, item):
        if is_member(request.user, item) or item.submitted_at is None:
            return _own_page(request, item)
        return HttpResponseRedirect(reverse("recommendations:item", args=[pk]))
    return page(request, "recommendations/public.html", _public_context(request, item))


def _public_context(request: HttpRequest, item: Recommendation) -> dict[str, Any]:
    answers = Answer.objects.visible_to(request.user).about(item).standing()
    answers = list(answers.select_related("reason", "referred_to"))
    reports = list(ProgressReport.objects.visible_to(request.user).about(item).newest_first())
    return {
        "item": item,
        "sender": sender_line(item, inside=False),
        "facts": facts(item),
        "chips": chips(item),
        "answers": answers,
        "reports": reports,
        "events": timeline(item, answers, reports),
    }


def _own_page(request: HttpRequest, item: Recommendation) -> HttpResponse:
    context = _public_context(request, item)
    told = list(Message.objects.visible_to(request.user).about(item).in_order())
    changes = DayChange.objects.visible_to(request.user).about(item).newest_first()
    context |= {
        "sender": sender_line(item, inside=True),
        "events": timeline(item, context["answers"], context["reports"], told, changes),
        "way": way(item),
        "stands_so": where_it_stands(item),
        "speaks_for_others": answers_for_others(item),
        "level": item.get_level_display(),
        "told": told,
        "missing": missing(item) if item.state == S.DRAFT else [],
        "available": possible(item, request.user),
        "may_report": item.published_at is not None and item.state != S.WITHDRAWN,
    }
    return page(request, "recommendations/own.html", context)
