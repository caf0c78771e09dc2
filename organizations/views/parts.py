"""What several pages do: find the entry, run what has only a button."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from foundation.web.forms import TokenForm, once
from foundation.workflow import Refused
from organizations.models import Expert, Organization, Registration
from organizations.rules import is_member

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


def inside_entry(request: HttpRequest, pk: uuid.UUID) -> Registration:
    """Return the entry if the reader may see its inside; else Http404."""
    return _first(model.objects.seen_inside_by(request.user).filter(pk=pk) for model in KINDS)


def own_entry(request: HttpRequest, pk: uuid.UUID) -> Registration:
    """Return the entry if the reader belongs to it; else Http404."""
    entry = inside_entry(request, pk)
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
