"""The desk of the Office: who has registered, what to decide, one entry in full."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import StaffRole
from accounts.models import User
from foundation.audit.recording import record_read
from foundation.confidentiality import Level
from foundation.web.forms import ReadersForm
from foundation.web.pages import form_page, get_or_post, views_of
from foundation.web.pagination import paginate
from foundation.web.policies import policy
from foundation.web.shortcuts import page, posted
from organizations import actions
from organizations.actions.vetting import ACTIONS
from organizations.enums import Criterion
from organizations.forms import DecisionForm, ExpertFilter, OrganizationFilter
from organizations.models import (
    EvidenceFile,
    Expert,
    Membership,
    NamedReader,
    NetworkMembership,
    Organization,
    Registration,
    VettingDecision,
    Vouch,
)
from organizations.querysets.parts import is_approver
from organizations.rules import APPROVER, OFFICE, is_member
from organizations.transitions import REGISTRATION
from organizations.views.parts import inside_entry
from organizations.views.showing import answers, desk_rows, way

VIEWS = {
    "organizations-open": gettext_lazy("Organizations to decide"),
    "experts-open": gettext_lazy("Experts to decide"),
    "organizations-all": gettext_lazy("All organizations"),
    "experts-all": gettext_lazy("All experts"),
}
LISTS: dict[str, tuple[type[Registration], Any]] = {
    "organizations": (Organization, OrganizationFilter),
    "experts": (Expert, ExpertFilter),
}


def desk(request: HttpRequest) -> HttpResponse:
    """The list: a view (what to decide, or all), filters, rows. Called by `list_organizations`."""
    asked = request.GET.get("view", "")
    kind, _sep, which = (asked if asked in VIEWS else "organizations-open").partition("-")
    model, filter_class = LISTS[kind]
    seen = model.objects.visible_to(request.user).for_the_desk(request.user)
    if which == "open":
        seen = seen.to_decide()
    found = filter_class(request.GET or None, queryset=seen)
    rows = paginate(request, found.qs if found.is_valid() else seen, 25)
    counts = _counts(request.user)
    context = {
        "views": views_of(reverse("organizations:list"), VIEWS, counts, f"{kind}-{which}"),
        "filter": found,
        "page": rows,
        "rows": desk_rows(rows),
        "columns": [_("Name"), _("Country"), _("State"), _("Decide by"), _("Vetted until")],
        "view": asked,
        "count": rows.paginator.count,
    }
    return page(request, "organizations/desk.html", context)


def _counts(user: Any) -> dict[str, int]:
    counts = {}
    for kind, (model, _filter) in LISTS.items():
        seen = model.objects.visible_to(user).for_the_desk(user)
        counts[f"{kind}-open"], counts[f"{kind}-all"] = seen.counted()
    return counts


@policy(OFFICE)
@get_or_post
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One entry in full, with the decisions that are possible now. Opening it is recorded."""
    entry = inside_entry(request, pk)
    if is_member(request.user, entry):
        raise Http404
    steps = [s for s in REGISTRATION.available(entry, request.user) if s.name in ACTIONS]
    form = DecisionForm(posted(request), steps=steps)

    def do() -> str:
        actions.decide(registration=entry, by=request.user, **_decision(form))
        return reverse("organizations:item", args=[pk])

    if request.method != "POST":
        record_read("organizations.read", entry, by=request.user)
    context = {**_context(request, entry), "may_decide": bool(steps)}
    return form_page(request, form, do, "organizations/item.html", context)


def _decision(form: DecisionForm) -> dict[str, Any]:
    wanted = ("step", "reason", "unmet", "valid_until")
    return {name: form.cleaned_data[name] for name in wanted if form.cleaned_data.get(name)}


def _context(request: HttpRequest, entry: Registration) -> dict[str, Any]:
    user = request.user
    decisions = VettingDecision.objects.visible_to(user).about(entry).select_related("reviewer")
    context: dict[str, Any] = {
        "entry": entry,
        "way": way(entry),
        "answers": answers(entry),
        "level": entry.get_level_display(),
        "papers": EvidenceFile.objects.visible_to(user).about(entry).present(),
        "decisions": decisions,
        "criteria": dict(Criterion.choices),
        "may_name_officers": is_approver(user) and entry.level == Level.NAMED_OFFICERS,
    }
    if isinstance(entry, Organization):
        context |= _about_organization(user, entry)
    return context


def _about_organization(user: Any, entry: Organization) -> dict[str, Any]:
    members = Membership.objects.visible_to(user).present().filter(organization=entry)
    vouches = Vouch.objects.visible_to(user).filter(organization=entry).standing()
    networks = NetworkMembership.objects.visible_to(user).present().filter(organization=entry)
    return {
        "members": members.select_related("user"),
        "vouches": vouches.select_related("by_organization"),
        "networks": networks.select_related("network"),
        "same_names": Organization.objects.seen_inside_by(user).named_like(entry)[:5],
    }


@policy(APPROVER)
@get_or_post
def officers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name the officers who may see an entry of the highest level."""
    entry = inside_entry(request, pk)
    named = NamedReader.objects.visible_to(request.user).about(entry)
    form = ReadersForm(
        posted(request),
        officers=User.objects.with_role(StaffRole.ENGAGEMENT_OFFICER),
        initial={"officers": list(named.values_list("user_id", flat=True))},
    )

    def do() -> str:
        chosen = form.cleaned_data["officers"]
        actions.name_readers(registration=entry, officers=chosen, by=request.user)
        return reverse("organizations:item", args=[pk])

    context = {
        "title": _("Officers who may see it"),
        "about": entry.reference,
        "button": _("Save"),
        "back": reverse("organizations:item", args=[pk]),
    }
    return form_page(request, form, do, "organizations/form.html", context)
