"""The desk of the Office: the triage list, one item in full, owner, question, named officers."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from foundation.audit.recording import record_read
from foundation.confidentiality import Level
from foundation.web.forms import ReadersForm, TextForm
from foundation.web.pages import form_page, get_or_post, views_of
from foundation.web.pagination import paginate_long
from foundation.web.policies import policy
from foundation.web.shortcuts import page, posted
from organizations.querysets.parts import is_approver
from recommendations import actions
from recommendations.actions.linking import can_be_linked
from recommendations.enums import LINKED
from recommendations.enums import RecommendationState as S
from recommendations.forms import AssignForm, TriageFilter
from recommendations.models import (
    Answer,
    DayChange,
    Message,
    NamedReader,
    ProgressReport,
    Recommendation,
    SenderLink,
)
from recommendations.presenters import sender_line
from recommendations.rules import APPROVER, OFFICE
from recommendations.transitions import LINK
from recommendations.views.clock import way
from recommendations.views.parts import desk_item
from recommendations.views.showing import (
    chips,
    desk_rows,
    facts,
    possible,
    timeline,
)

LINKED_TO = ("organization", "expert", "proposed_by", "confirmed_by", "recommendation")
CHOSEN = "the same statement keeps those that the person works on"
VIEWS = {
    "unowned": gettext_lazy("Without an owner"),
    "mine": gettext_lazy("Mine"),
    "clear": gettext_lazy("To clear"),
    "open": gettext_lazy("All open"),
    "all": gettext_lazy("All"),
}


def desk(request: HttpRequest) -> HttpResponse:
    """The list: a view, filters, rows, the most urgent first. Called by `list_recommendations`."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "open"
    seen = Recommendation.objects.at_the_desk_of(request.user)
    counts = seen.counted(request.user)
    found = TriageFilter(request.GET or None, queryset=_of_view(seen, view, request.user))
    narrowed = found.is_valid() and any(found.form.cleaned_data.values())
    items = found.qs if narrowed else found.queryset
    total = counts.get(view) if not narrowed else None
    shown = Recommendation.objects.unguarded(CHOSEN).for_rows().most_urgent_first()
    rows = paginate_long(request, items.most_urgent_first(), shown, total=total)
    context = {
        "views": views_of(reverse("recommendations:list"), VIEWS, counts, view),
        "view": view,
        "filter": found,
        "page": rows,
        "rows": desk_rows(rows),
        "columns": [
            _("Recommendation"), _("To"), _("State"), _("Position"), _("Owner"), _("Answer"),
        ],
        "count": rows.paginator.count,
    }  # fmt: skip
    return page(request, "recommendations/desk.html", context)


def _of_view(seen: QuerySet, view: str, user: Any) -> QuerySet:
    if view == "unowned":
        return seen.in_state(S.SUBMITTED)
    if view == "mine":
        return seen.open().filter(owner=user)
    if view == "clear":
        return seen.in_state(S.TO_CLEAR)
    return seen if view == "all" else seen.open()


@policy(OFFICE)
@require_safe
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One item in full, with the steps that are possible now. Opening it is recorded."""
    found = desk_item(request, pk)
    record_read("recommendations.read", found, by=request.user)
    return page(request, "recommendations/item.html", _context(request.user, found))


def _context(user: Any, found: Recommendation) -> dict[str, Any]:
    answers = Answer.objects.visible_to(user).about(found)
    people = ("drafted_by", "cleared_by", "reason", "referred_to")
    standing = list(answers.standing().select_related(*people))
    reports = list(ProgressReport.objects.visible_to(user).about(found).newest_first())
    told = list(
        Message.objects.visible_to(user).about(found).in_order().select_related("written_by")
    )
    changes = DayChange.objects.visible_to(user).about(found).newest_first()
    return {
        "item": found,
        "sender": sender_line(found, inside=True),
        "level": found.get_level_display(),
        "way": way(found),
        "facts": facts(found),
        "chips": chips(found),
        "answers": standing,
        "draft": answers.in_work().select_related(*people).first(),
        "told": told,
        "events": timeline(found, standing, reports, told, changes),
        "available": possible(found, user),
        **_beside(user, found),
        "may_name_officers": is_approver(user) and found.level == Level.NAMED_OFFICERS,
        "may_report": found.published_at is not None and found.state != S.WITHDRAWN,
    }


def _beside(user: Any, found: Recommendation) -> dict[str, Any]:
    """Return what stands beside an item: the asks answered together with it, and its sender."""
    desk = Recommendation.objects.visible_to(user).for_the_desk(user)
    link = SenderLink.objects.visible_to(user).about(found).select_related(*LINKED_TO)
    last = link.order_by("-proposed_at").first() if found.is_entered else None
    return {
        "main": desk.filter(pk=found.duplicate_of_id).first() if found.duplicate_of_id else None,
        "joined": list(desk.joined_to(found).most_urgent_first()),
        "link": last,
        "link_steps": LINK.available(last, user) if last else [],
        "may_link": can_be_linked(found) and not (last and last.state in LINKED),
    }


@policy(OFFICE)
@get_or_post
def assign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the item an owner and a day."""
    found = desk_item(request, pk)
    form = AssignForm(
        posted(request), item=found, people=User.objects.of_the_office(), by=request.user
    )

    def do() -> str:
        names = ("owner", "answer_by", "reason", "text")
        values = {name: form.cleaned_data[name] for name in names}
        actions.assign(recommendation=found, **values, by=request.user)
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "title": _("Owner and day of the answer"), "button": _("Assign")}
    return form_page(request, form, do, "recommendations/form.html", context)


@policy(OFFICE)
@get_or_post
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the submitter a question."""
    found = desk_item(request, pk)
    hint = _("Only those who submitted it read this. The clock stands still until they answer.")
    form = TextForm(posted(request), label=_("Your question"), hint=hint)

    def do() -> str:
        actions.ask(recommendation=found, text=form.cleaned_data["text"], by=request.user)
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "title": _("Ask for clarification"), "button": _("Ask")}
    return form_page(request, form, do, "recommendations/form.html", context)


@policy(APPROVER)
@get_or_post
def officers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name the officers who may see an item of the highest level."""
    found = desk_item(request, pk)
    named = NamedReader.objects.visible_to(request.user).about(found)
    form = ReadersForm(
        posted(request),
        officers=User.objects.of_the_office(),
        initial={"officers": list(named.values_list("user_id", flat=True))},
    )

    def do() -> str:
        chosen = form.cleaned_data["officers"]
        actions.name_readers(recommendation=found, officers=chosen, by=request.user)
        return reverse("recommendations:item", args=[pk])

    context = {"item": found, "title": _("Officers who may see it"), "button": _("Save")}
    return form_page(request, form, do, "recommendations/form.html", context)
