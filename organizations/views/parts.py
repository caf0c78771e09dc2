"""What several pages do: find the entry, accept a form once, give back what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.web.forms import EditConflict, TokenForm, VersionedForm, once
from foundation.web.shortcuts import page
from foundation.workflow import Refused
from organizations.models import Expert, Organization, Registration
from organizations.rules import is_member
from organizations.views.showing import answers

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
KINDS: tuple[type[Registration], ...] = (Organization, Expert)


def or_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask strangers to sign in where a page is missing or not for them: mails lead to such pages.

    Both give the same answer, so that it tells nothing.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return asking


def visible_entry(request: HttpRequest, pk: uuid.UUID) -> Registration:
    """Return the organization or expert with this id that the reader may see; else Http404."""
    return _first(model.objects.visible_to(request.user).filter(pk=pk) for model in KINDS)


def inside_of_entry(request: HttpRequest, pk: uuid.UUID) -> Registration:
    """Return the entry if the reader may see its inside; else Http404."""
    return _first(model.objects.seen_inside_by(request.user).filter(pk=pk) for model in KINDS)


def own_entry(request: HttpRequest, pk: uuid.UUID) -> Registration:
    """Return the entry if the reader belongs to it; else Http404."""
    entry = inside_of_entry(request, pk)
    if not is_member(request.user, entry):
        raise Http404
    return entry


def own_organization(request: HttpRequest, pk: uuid.UUID) -> Organization:
    """Return the organization if the reader is a member; else Http404."""
    entry = own_entry(request, pk)
    if not isinstance(entry, Organization):
        raise Http404
    return entry


def _first(querysets: Any) -> Registration:
    for queryset in querysets:
        for entry in queryset:
            return entry
    raise Http404


def form_page(
    request: HttpRequest,
    form: TokenForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; when it is posted and right, run `do` once and go to the path it gives.

    A refusal or another person's edit is said above the form, and every word stays in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except EditConflict:
            context = {**context, **_conflict(form, context.get("entry"))}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(
        request, template, {**context, "form": form, "new_token": uuid.uuid4}, status=status
    )


def _conflict(form: TokenForm, row: Any) -> dict[str, Any]:
    """Say that somebody was faster; let the form be saved again over what stands now."""
    if not isinstance(form, VersionedForm) or row is None:
        return {}
    form.add_conflict()
    row.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = row.version
    return {"stands": answers(row) if isinstance(row, Registration) else None}


def act(
    request: HttpRequest, do: Callable[[], str], *, fallback: str, done: str = ""
) -> HttpResponse:
    """Run `do` for a form that has only a button, then go where it says; a refusal is told."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The page was too old. Please try again."))
        return HttpResponseRedirect(fallback)
    try:
        target = once(form, request.user, do)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(fallback)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(target)
