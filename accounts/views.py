"""Pages about oneself, and the administrators' page about staff."""

from __future__ import annotations

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.enums import StaffRole
from accounts.forms import GiveRoleForm, PreferencesForm, ReasonForm
from accounts.models import RoleDecision, User
from accounts.roles import ROLES
from accounts.sessions import handle
from foundation.web.forms import EditConflict, once
from foundation.web.pagination import paginate
from foundation.web.policies import policy, signed_in, staff
from foundation.web.shortcuts import get_visible_or_404, page

ADMINISTRATOR = staff(StaffRole.ADMINISTRATOR)


@policy(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and save name, language, time zone and whether mail is wanted."""
    form = PreferencesForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_preferences(user=request.user, by=request.user, **form.wanted())
        except EditConflict:
            request.user.refresh_from_db()
            form.add_conflict(request.user)
        else:
            messages.success(request, _("Your preferences are saved."))
            return redirect("accounts:preferences")
    held = [role for role in ROLES if role.word in request.user.staff_roles]
    status = 409 if form.is_bound and form.has_error("__all__") else 200
    return page(request, "accounts/preferences.html", {"form": form, "held": held}, status=status)


@policy(signed_in)
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List where this account is signed in."""
    mine = request.session.session_key
    rows = [
        {"session": row, "handle": handle(row.session_key), "mine": row.session_key == mine}
        for row in request.user.sessions.still_open()
    ]
    return page(request, "accounts/sessions.html", {"rows": rows})


@policy(signed_in)
@require_POST
def end_sessions(request: HttpRequest, handle: str = "") -> HttpResponse:
    """Sign out one other device, or all others."""
    count = actions.end_sessions(
        user=request.user, by=request.user, only=handle, keep=request.session.session_key or ""
    )
    words = ngettext("%(n)s device was signed out.", "%(n)s devices were signed out.", count)
    messages.success(request, words % {"n": count})
    return redirect("accounts:sessions")


@policy(ADMINISTRATOR)
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """List staff with their roles, and what was decided on roles."""
    decisions = paginate(request, RoleDecision.objects.with_people())
    context = {"people": User.objects.staff(), "decisions": decisions, "roles": ROLES}
    return page(request, "accounts/staff.html", context)


@policy(ADMINISTRATOR)
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest) -> HttpResponse:
    """Give a staff role, with a reason."""
    form = GiveRoleForm(request.POST or None)

    def do() -> str:
        user, role = form.cleaned_data["email"], form.cleaned_data["role"]
        actions.give_role(user=user, role=role, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The role was given; the person was told."))
        return reverse("accounts:staff")

    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form, request.user, do))
        except actions.RoleRefused as refused:
            form.add_error(None, str(refused))
    return page(request, "accounts/give_role.html", {"form": form, "roles": ROLES})


@policy(ADMINISTRATOR)
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_role(request: HttpRequest, pk: uuid.UUID, role: str) -> HttpResponse:
    """Ask for the reason, then take a staff role."""
    if role not in StaffRole.values:
        raise Http404
    user = get_visible_or_404(User.objects.all(), pk=pk, grants__role=role)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.take_role(user=user, role=StaffRole(role), reason=reason, by=request.user)
        messages.success(request, _("The role was taken; the person was told."))
        return reverse("accounts:staff")

    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form, request.user, do))
        except actions.RoleRefused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "person": user, "role": StaffRole(role)}
    return page(request, "accounts/take_role.html", context)
